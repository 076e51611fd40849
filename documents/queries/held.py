"""A document as the keeper of this worker holds it, brought up to what the database has."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from accounts.models import User
from chat.queries.snapshot import one_moment
from documents.models import Document, DocumentSnapshot, DocumentUpdate
from documents.queries.visibility import document_for
from documents.yjs.press import press
from documents.yjs.updates import NOTHING
from realtime.errors import Conflict, InvalidData


@contextmanager
def held(document_id: int) -> Iterator[int]:
    """The document is in the keeper and nobody else asks it meanwhile; the version that it has.

    After an error the keeper forgets the document: what it was given may not have been stored. Not
    after a refusal, before which nothing was given.
    """
    with press.lock:
        try:
            yield bring_up(document_id)
        except (Conflict, InvalidData, ValueError):
            raise
        except BaseException:
            press.forget(document_id)
            raise


def bring_up(document_id: int) -> int:
    """Gives the keeper what the database has and it has not; the version now. `press.lock` is
    held. Fell if the keeper cannot bear it."""
    known = press.keep(document_id)
    since = 0 if known is None else known.contiguous
    with one_moment():
        version = _version(document_id)
        if known is not None and known.contiguous >= version:
            return version
        updates = log_since(document_id, since)
    ahead = known.ahead if known is not None else set()
    press.ask("feed", document_id, [data for at, data in updates if at not in ahead])
    if known is None:
        press.begin(document_id, version)
    else:
        known.advance(version)
    return version


def log_since(document_id: int, version: int) -> list[tuple[int, bytes]]:
    """The updates after a version with their versions, oldest first; where they have been compacted
    the snapshot in their place. Read in one moment, or with the document locked."""
    rows = DocumentUpdate.objects.filter(document=document_id).order_by("version")
    snapshot = DocumentSnapshot.objects.filter(document=document_id, version__gt=version).first()
    if snapshot is None:
        rows = rows.filter(version__gt=version)
    found = [(at, bytes(data)) for at, data in rows.values_list("version", "data")]
    return found if snapshot is None else [(snapshot.version, bytes(snapshot.data)), *found]


def _version(document_id: int) -> int:
    return Document.objects.values_list("version", flat=True).get(pk=document_id)


def lacking(document_id: int, state: bytes) -> tuple[list[bytes], bytes]:
    """The updates that a client of this state needs, and the state of what we have.

    ValueError for what is no state vector; Fell.
    """
    with held(document_id):
        update, own_state, waiting = press.ask("lacking", document_id, state)
        return [update, *waiting], own_state


def text_now(viewer: User, document_id: int) -> tuple[Document, str, int]:
    """The document, its text and the version that the text is of. NotFound as in document_for."""
    document = document_for(viewer, document_id)
    with held(document.pk) as version:
        return document, press.ask("text", document.pk), version


def is_nothing_new(document_id: int, updates: Sequence[bytes]) -> bool:
    """Whether the document has all of it. ValueError for what is no update."""
    if all(update == NOTHING for update in updates):
        return True
    with held(document_id):
        return all(press.ask("knows", document_id, update) for update in updates)
