"""The log of a document: the one place where updates are stored and told."""

import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from accounts.models import User
from chat import clock
from documents.models import Document, DocumentUpdate
from documents.yjs.messages import Update
from realtime import publish, topics

# When each document was last written to through this process: see tidying.py.
touched: dict[int, float] = {}


class Change(NamedTuple):
    """One update that Yjs can merge, and whose it is."""

    update: bytes
    user: User


def lock_documents(document_ids: Iterable[int]) -> list[Document]:
    """By id, so that two writers cannot wait for each other."""
    ids = list(document_ids)
    rows = Document.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return list(rows) if ids else []


def append_updates(document: Document, changes: Sequence[Change]) -> None:
    """Under the document's next versions, in this order; `document` is locked, or new. Whoever
    calls has authorised it. They are told after the commit."""
    touched[document.pk] = time.monotonic()
    now = clock.now()
    first = document.version + 1
    rows = [
        DocumentUpdate(
            document=document,
            version=version,
            data=change.update,
            user=change.user,
            timestamp=now,
        )
        for version, change in enumerate(changes, first)
    ]
    DocumentUpdate.objects.bulk_create(rows)
    document.version += len(rows)
    document.updates_size += sum(len(change.update) for change in changes)
    document.updated_at = now
    document.save(update_fields=["version", "updates_size", "updated_at"])
    for version, change in enumerate(changes, first):
        event = Update(change.update)
        publish.publish(topics.document(document.pk), event, version=version)
