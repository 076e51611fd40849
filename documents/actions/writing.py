"""Writing in documents: what sockets bring is judged by the keeper, stored together, then told.

Updates that wait while the last commit is in flight are the next batch: one transaction, whatever
the number of documents, people and updates.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction

from accounts.models import User
from documents.actions.log import Change, append_updates, lock_documents
from documents.models import Document, DocumentUpdate
from documents.queries.desks import Desk, Editor, read_desks
from documents.queries.held import bring_up, held, is_nothing_new
from documents.queries.visibility import check_editable, document_for
from documents.yjs.keeper import BAD, KNOWN, Verdict
from documents.yjs.press import Fell, press
from documents.yjs.text import Op, ops_by_lines
from realtime.errors import Conflict, DomainError, Forbidden, InvalidData, TooLarge
from realtime.retry import may_have_happened

DOCUMENT_LIMIT_BYTES = 16 * 1024 * 1024


class BadUpdate(InvalidData):
    """These bytes are no update of Yjs, or one that the keeper could not bear."""

    default_message = "That is no update."


class TextConflict(Conflict):
    """The text has moved on; it tells what it is now."""

    default_message = "Somebody was faster: start from this text."

    def __init__(self, text: str, version: int) -> None:
        super().__init__()
        self.text, self.version = text, version

    def body(self) -> dict[str, Any]:
        return {**super().body(), "text": self.text, "version": self.version}


@dataclass(frozen=True, slots=True, eq=False)  # the same bytes twice are two writes
class Write:
    """`new`: somebody has just made the update; else it is what the document seemed to lack."""

    author: User
    document_id: int
    update: bytes
    new: bool


Result = int | DomainError  # the document's version then


class Tried(NamedTuple):
    """What a try was about to commit."""

    document_id: int
    version: int
    update: bytes
    text: str


# In the request's own context (realtime/database.py), in which every try of it runs.
_tried: ContextVar[Tried | None] = ContextVar("tried", default=None)


def write_updates(writes: Sequence[Write]) -> list[Result]:
    """For each, in order, when all are stored: the version of the document that has it; Forbidden,
    BadUpdate, TooLarge. An update of which nothing is new is welcome from everybody."""
    by_document: dict[int, list[Write]] = defaultdict(list)
    for write in writes:
        by_document[write.document_id].append(write)
    with press.lock:
        try:
            results = _write(by_document)
        except BaseException:
            for document_id in by_document:
                press.forget(document_id)
            raise
    return [results[write] for write in writes]


def _write(by_document: dict[int, list[Write]]) -> dict[Write, Result]:
    authors = {write.author.pk for writes in by_document.values() for write in writes}
    desks, editors = read_desks(by_document, authors)
    results: dict[Write, Result] = {}
    accepted: dict[int, list[tuple[Write, bytes]]] = {}
    for document_id, writes in by_document.items():
        desk = desks.get(document_id)
        allowed = [w for w in writes if desk and _may_write(desk, w, editors)]
        for write in writes:
            if desk is None or write not in allowed:
                results[write] = _unless_known(desk, write)
        if desk is not None and allowed:
            accepted[document_id] = _judge(desk, allowed, results)
    _store(accepted, results)
    return results


def _may_write(desk: Desk, write: Write, editors: set[Editor]) -> bool:
    return desk.is_open and (desk.channel_id, write.author.pk) in editors


def _unless_known(desk: Desk | None, write: Write) -> Result:
    """Who only reads answers the question what we lack all the same."""
    refusal = Forbidden("You may only read this document.")
    if desk is None:
        return refusal
    try:
        return desk.version if is_nothing_new(desk.pk, [write.update]) else refusal
    except (ValueError, Fell):
        return BadUpdate()


def _judge(
    desk: Desk, writes: Sequence[Write], results: dict[Write, Result]
) -> list[tuple[Write, bytes]]:
    """What is to be stored of each that is; the others have their results."""
    accepted: list[tuple[Write, bytes]] = []
    size = desk.size
    for write, (verdict, update) in zip(writes, _verdicts(desk, writes), strict=True):
        size += len(update)
        if verdict == KNOWN:
            results[write] = desk.version
        elif verdict == BAD:
            results[write] = BadUpdate()
        elif size > DOCUMENT_LIMIT_BYTES:
            results[write] = TooLarge("The document is full.")
            press.forget(desk.pk)  # it has what will not be stored
        else:
            accepted.append((write, update))
    return accepted


def _size(document: Document) -> int:
    return document.snapshot_size + document.updates_size


def _verdicts(desk: Desk, writes: Sequence[Write]) -> list[Verdict]:
    """All in one call; one by one where they overwhelm the keeper together, to find the one that
    does. What went well before is brought again then."""
    document_id, known = desk.pk, press.keep(desk.pk)
    try:
        if known is None or known.contiguous < desk.version:
            bring_up(document_id)
        return list(press.ask("bring", document_id, [(w.update, w.new) for w in writes]))
    except Fell:
        verdicts: list[Verdict] = []
        for write in writes:
            verdicts.append(_verdict(document_id, verdicts, write))
        return verdicts


def _verdict(document_id: int, before: Sequence[Verdict], write: Write) -> Verdict:
    try:
        if press.keep(document_id) is None:
            bring_up(document_id)
            press.ask("feed", document_id, [update for _, update in before if update])
        [verdict] = press.ask("bring", document_id, [(write.update, write.new)])
    except Fell:
        return BAD, b""
    return verdict[0], verdict[1]


def _store(accepted: dict[int, list[tuple[Write, bytes]]], results: dict[Write, Result]) -> None:
    with transaction.atomic():
        last = {
            document_id: append_updates(document_id, [Change(u, w.author) for w, u in changes])
            for document_id, changes in sorted(accepted.items())  # two writers wait for no ring
            if changes
        }
    for document_id, version in last.items():
        changes = accepted[document_id]
        for at, (write, _) in enumerate(changes, version - len(changes) + 1):
            results[write] = at
            if (known := press.keep(document_id)) is not None:
                known.mark(at)


def change_text(author: User, *, document_id: int, base: int, ops: Sequence[Op]) -> tuple[str, int]:
    """The text and version then. NotFound; Forbidden; TextConflict; InvalidData for steps beyond
    the text; TooLarge."""

    def steps(text: str, version: int) -> Sequence[Op]:
        if version != base:
            raise TextConflict(text, version)
        return ops

    return _change(author, document_id, steps)


def set_text(author: User, *, document_id: int, text: str) -> tuple[str, int]:
    """Makes it this text by as few steps as lines differ. As change_text."""
    return _change(author, document_id, lambda old, version: ops_by_lines(old, text))


def _change(
    author: User, document_id: int, steps: Callable[[str, int], Sequence[Op]]
) -> tuple[str, int]:
    check_editable(document_for(author, document_id))
    with held(document_id):
        with transaction.atomic():
            [document] = lock_documents([document_id])
            if (done := _just_stored(document_id)) is not None:
                return done.text, done.version
            version = bring_up(document_id)  # nobody else can store now: this is the text
            ops = steps(press.ask("text", document_id), version)
            update = _update_of(document_id, ops) if ops else b""
            if _size(document) + len(update) > DOCUMENT_LIMIT_BYTES:
                raise TooLarge("The document is full.")
            if update:
                document.version = append_updates(document_id, [Change(update, author)])
            text = press.ask("text", document_id)
            _tried.set(Tried(document_id, document.version, update, text))  # last: COMMIT is next
        if update and (known := press.keep(document_id)) is not None:
            known.mark(document.version)
    return text, document.version


def _just_stored(document_id: int) -> Tried | None:
    """What the try before this one stored after all: no conflict with oneself, even if others have
    written since."""
    tried = _tried.get()
    if not may_have_happened() or tried is None or tried.document_id != document_id:
        return None
    rows = DocumentUpdate.objects.filter(document=document_id, version=tried.version)
    stored = [bytes(data) for data in rows.values_list("data", flat=True)]
    return tried if stored == [tried.update] else None


def _update_of(document_id: int, ops: Sequence[Op]) -> bytes:
    try:
        return bytes(press.ask("change", document_id, ops))
    except ValueError:
        raise InvalidData(fields={"ops": "They reach beyond the text."}) from None
    except Fell:
        raise BadUpdate from None
