"""The shared text of a Yjs document, counted as JavaScript counts: in UTF-16 code units.

pycrdt counts UTF-8 bytes, and puts what falls inside a character at its end.
"""

import random
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any, NamedTuple

from pycrdt import Doc, Text

NAME = "text"
DIFFED_LINES_LIMIT = 2_000  # difflib takes quadratic time

Op = dict[str, Any]


class Edit(NamedTuple):
    """`removed` UTF-16 units at `at` (of the text so far) make way for `inserted`."""

    at: int
    removed: int
    inserted: str


def new_doc() -> "Doc[Any]":
    """With a client id as Yjs makes them: 32 bits take less room than pycrdt's 53."""
    doc: Doc[Any] = Doc(client_id=random.getrandbits(32))
    doc.get(NAME, type=Text)
    return doc


def text_of(doc: "Doc[Any]") -> "Text":
    return doc.get(NAME, type=Text)


def update_of(text: str) -> bytes:
    """The update that makes this text of nothing."""
    doc = new_doc()
    text_of(doc).insert(0, text)
    return doc.get_update()


def units(text: str) -> int:
    """Its length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def prefix(text: str, length: int) -> str:
    """The first `length` units. ValueError beyond the end or inside a character."""
    data = text.encode("utf-16-le")
    if not 0 <= 2 * length <= len(data):
        raise ValueError("beyond the end of the text")
    return data[: 2 * length].decode("utf-16-le")  # a half character is a ValueError too


def piece(text: str, index: int, length: int) -> str:
    """ValueError as in `prefix`."""
    return prefix(text, index + length)[len(prefix(text, index)) :]


def edits_of(ops: Iterable[Op]) -> list[Edit]:
    """A Quill delta as edits, each on the text that the ones before have left."""
    edits, index = [], 0
    for op in ops:
        if "retain" in op:
            index += op["retain"]
        elif "insert" in op:
            edits.append(Edit(index, 0, op["insert"]))
            index += units(op["insert"])
        else:
            edits.append(Edit(index, op["delete"], ""))
    return edits


def ops_between(old: str, new: str) -> list[Op]:
    """The delta that makes `new` of `old`: one piece, from the first difference to the last."""
    start = _common(old, new)
    longest = min(len(old), len(new)) - start
    end = _common(old[::-1][:longest], new[::-1][:longest])
    removed, inserted = old[start : len(old) - end], new[start : len(new) - end]
    ops: list[Op] = [{"retain": units(old[:start])}] if start else []
    ops += [{"insert": inserted}] if inserted else []
    return ops + ([{"delete": units(removed)}] if removed else [])


def ops_by_lines(old: str, new: str) -> list[Op]:
    """As ops_between, but lines in the midst that stay are left alone, and with them what is
    anchored there."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if max(len(before), len(after)) > DIFFED_LINES_LIMIT:
        return ops_between(old, new)
    ops: list[Op] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        removed, inserted = "".join(before[a:b]), "".join(after[c:d])
        steps = [] if kind == "equal" else ops_between(removed, inserted)
        rest = units(removed) - sum(op.get("retain", 0) + op.get("delete", 0) for op in steps)
        ops += [*steps, {"retain": rest}] if rest else steps
    return ops


def _common(one: str, other: str) -> int:
    """The length of what both begin with: by halves first, for slices are compared in C."""
    low, high = 0, min(len(one), len(other))
    while high - low > 64:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    pairs = zip(one[low:high], other[low:high], strict=True)
    same = takewhile(lambda pair: pair[0] == pair[1], pairs)
    return low + sum(1 for _ in same)


def edit(doc: "Doc[Any]", edits: Iterable[Edit]) -> None:
    """ValueError where an edit is beyond the text or inside a character; then nothing is done."""
    shared = text_of(doc)
    checked = _in_bytes(str(shared), edits)
    with doc.transaction():
        for start, end, inserted in checked:
            if end > start:
                del shared[start:end]
            if inserted:
                shared.insert(start, inserted)


def _in_bytes(text: str, edits: Iterable[Edit]) -> list[tuple[int, int, str]]:
    found = []
    for at, removed, inserted in edits:
        head = prefix(text, at)
        gone = piece(text, at, removed)
        start = len(head.encode())
        found.append((start, start + len(gone.encode()), inserted))
        text = head + inserted + text[len(head) + len(gone) :]
    return found
