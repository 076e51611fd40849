"""The log of a document: the one place where updates are stored and told."""

import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection

from accounts.models import User
from chat import clock
from documents.models import Document, DocumentUpdate
from documents.yjs.messages import Update
from realtime import publish, topics
from realtime.statements import Statement, carry_out, table

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


def append_updates(document_id: int, changes: Sequence[Change]) -> int:
    """Under the document's next versions, in this order; the last of them. Locks the document.
    Whoever calls has authorised it. They are told after the commit."""
    touched[document_id] = time.monotonic()
    now = connection.ops.adapt_datetimefield_value(clock.now())
    [[(last,)], _] = carry_out(
        _step(document_id, changes, now),
        _insert(document_id, changes, now),
    )
    first = last - len(changes) + 1
    news = [(Update(change.update), version) for version, change in enumerate(changes, first)]
    publish.publish_all(topics.document(document_id), news)
    return int(last)


def _step(document_id: int, changes: Sequence[Change], now: object) -> Statement:
    size = sum(len(change.update) for change in changes)
    return (
        f"UPDATE {table(Document)} SET version = version + {len(changes)},"  # noqa: S608
        f" updates_size = updates_size + {size}, updated_at = %s"
        f" WHERE id = {document_id} RETURNING version",
        [now],
    )


def _insert(document_id: int, changes: Sequence[Change], now: object) -> Statement:
    """The document has its new version already."""
    row = f"(SELECT version FROM {table(Document)} WHERE id = {document_id})"  # noqa: S608
    rows = [
        f"({document_id}, {row} - {len(changes) - place}, %s, {change.user.pk}, %s)"
        for place, change in enumerate(changes, 1)
    ]
    values = [value for change in changes for value in (change.update, now)]
    return (
        f"INSERT INTO {table(DocumentUpdate)} (document_id, version, data, user_id, timestamp)"  # noqa: S608
        f" VALUES {', '.join(rows)}",
        values,
    )
