"""The process that applies what strangers send, so that no worker has to: `python -m
documents.yjs.keeper`.

An update of a few bytes can ask for a gigabyte, run for minutes, or make the library panic. Here
memory and time of each call are limited by the kernel; what goes over them ends this process and
nothing else, and press.py starts another. All that it holds is in the database.

It reads calls from its input and writes answers to its output, msgpack after a length of four
bytes, and ends with its worker.
"""

import resource
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgpack
from pycrdt import Doc

from documents.yjs import anchors
from documents.yjs import text as texts
from documents.yjs.updates import (
    NOTHING,
    Item,
    Ranges,
    StateVector,
    deletions,
    only_new,
    read_state_vector,
    summarise,
)

MEMORY_LIMIT_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 4.0  # per call; the largest document takes a tenth of it
QUOTE_MAX_LENGTH = 500
FEW = 64  # updates at once

STORED, KNOWN, BAD = range(3)
Verdict = tuple[int, bytes]  # and what of the update is to be stored


@dataclass
class Kept:
    """A document. `pending`: what waits for an update that has not come yet."""

    doc: "Doc[Any]" = field(default_factory=texts.new_doc)
    pending: list[bytes] = field(default_factory=list)

    @property
    def state(self) -> StateVector:
        return read_state_vector(self.doc.get_state())

    def apply(self, update: bytes) -> None:
        self.doc.apply_update(update)
        waits = summarise(update).is_beyond(self.state)
        if waits or self.pending:
            state = self.state
            self.pending = [u for u in self.pending if summarise(u).is_beyond(state)]
        if waits:
            self.pending.append(update)

    def deleted(self) -> Ranges:
        return deletions(self.doc.get_update(self.doc.get_state()))


class Keeper:
    """Every method is a call of press.py, but those with an underscore."""

    def __init__(self) -> None:
        self.kept: dict[int, Kept] = {}

    def forget(self, document: int) -> None:
        self.kept.pop(document, None)

    def feed(self, document: int, updates: Sequence[bytes]) -> None:
        """What is in the database, and was accepted before."""
        kept = self.kept.setdefault(document, Kept())
        with kept.doc.transaction():
            for update in updates:
                kept.doc.apply_update(update)
        if len(updates) <= FEW:
            state = kept.state
            summaries = {update: summarise(update) for update in (*kept.pending, *updates)}
            kept.pending = [u for u, summary in summaries.items() if summary.is_beyond(state)]
        else:
            kept.pending = _waiting(kept, [*kept.pending, *updates])

    def bring(self, document: int, brought: Sequence[tuple[bytes, bool]]) -> list[Verdict]:
        """A verdict on each update of clients. `new`: it was made just now; otherwise what is known
        already is left out."""
        kept = self.kept[document]
        return [_bring(kept, update, new) for update, new in brought]

    def knows(self, document: int, update: bytes) -> bool:
        """Whether there is nothing new in it."""
        kept, summary = self.kept[document], summarise(update)
        rest = only_new(update, kept.deleted())
        return rest.endswith(b"\x00") and not _is_beyond(summary.ends, kept.state)

    def lacking(self, document: int, state: bytes) -> tuple[bytes, bytes, list[bytes]]:
        """What a client of this state lacks, our own state, and what waits here. Malformed."""
        kept = self.kept[document]
        read_state_vector(state)
        return kept.doc.get_update(state), kept.doc.get_state(), kept.pending

    def text(self, document: int) -> str:
        return str(texts.text_of(self.kept[document].doc))

    def change(self, document: int, ops: Sequence[texts.Op]) -> bytes:
        """The update that carries out a delta; b"" if it changes nothing. ValueError beyond the
        text."""
        kept = self.kept[document]
        state, deleted = kept.doc.get_state(), kept.deleted()
        texts.edit(kept.doc, texts.edits_of(ops))
        update = only_new(kept.doc.get_update(state), deleted)
        return b"" if update == NOTHING else update

    def anchor(self, document: int, index: int, length: int) -> tuple[bytes, bytes, str]:
        """Relative positions of a place, and the text there. ValueError beyond the text."""
        doc = self.kept[document].doc
        quote = texts.piece(str(texts.text_of(doc)), index, length)
        start, end = anchors.begin_at(doc, index), anchors.end_at(doc, index + length)
        return start, end, quote[:QUOTE_MAX_LENGTH]

    def places(
        self, document: int, kept: Sequence[tuple[bytes, bytes]]
    ) -> list[tuple[int, int] | None]:
        """Where these are now: index and length; None for what is nowhere any more."""
        return anchors.places_of(self.kept[document].doc, kept)

    def point(self, document: int, index: int, length: int) -> list[Item | None]:
        """The characters where a piece of the text begins and ends. ValueError beyond the text."""
        doc = self.kept[document].doc
        return [anchors.item_at(doc, index), anchors.item_at(doc, index + length)]

    def points(self, document: int, points: Sequence[tuple[Item | None, bool]]) -> list[int | None]:
        """Where these are now: see anchors.py."""
        return anchors.points_of(self.kept[document].doc, points)

    def compact(self, updates: Sequence[bytes]) -> tuple[bytes, list[int]]:
        """All of them as one, and the places of those that still wait for others. In one
        transaction: 20,000 in 74 ms, where merging them took 4.3 s and four times the room."""
        kept = Kept()
        with kept.doc.transaction():
            for update in updates:
                kept.doc.apply_update(update)
        waiting = set(_waiting(kept, updates))
        return kept.doc.get_update(), [n for n, u in enumerate(updates) if u in waiting]


def _bring(kept: Kept, update: bytes, new: bool) -> Verdict:
    try:
        summary = summarise(update)
        if not new:
            update = only_new(update, kept.deleted())
            if update.endswith(b"\x00") and not _is_beyond(summary.ends, kept.state):
                return KNOWN, b""
        if update == NOTHING:
            return KNOWN, b""
        kept.apply(update)
    except ValueError:
        return BAD, b""
    return STORED, update


def _waiting(kept: Kept, updates: Sequence[bytes]) -> list[bytes]:
    """Most do not wait, and what a document has is not longer than its state says."""
    state = kept.state
    return [update for update in updates if summarise(update).is_beyond(state)]


def _is_beyond(ends: StateVector, state: StateVector) -> bool:
    return any(end > state.get(client, 0) for client, end in ends.items())


def serve() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the worker's business
    keeper, source, sink = Keeper(), sys.stdin.buffer, sys.stdout.buffer
    while header := source.read(4):
        name, arguments = msgpack.unpackb(source.read(int.from_bytes(header, "big")))
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)  # its signal ends the process
        answer = msgpack.packb(_answer(keeper, name, arguments))
        signal.setitimer(signal.ITIMER_PROF, 0)
        sink.write(len(answer).to_bytes(4, "big") + answer)
        sink.flush()


def _answer(keeper: Keeper, name: str, arguments: Sequence[Any]) -> tuple[str, Any]:
    try:
        return "", getattr(keeper, name)(*arguments)
    except ValueError as error:
        return "value", str(error)
    except BaseException as error:
        # A panic of the library is no Exception; what it leaves behind cannot be trusted.
        if arguments and type(arguments[0]) is int:
            keeper.forget(arguments[0])
        return "panic", f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    serve()
