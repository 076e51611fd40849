"""What staff may do with documents of every channel, whoever is in it. Clients are told as of any
other change."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from audit.record import record
from documents import wire
from documents.actions.log import lock_documents
from documents.models import Document
from documents.queries.documents import document_frame
from realtime import publish, topics
from realtime.errors import Forbidden


def archive_documents(actor: User, *, document_ids: Iterable[int], archived: bool) -> int:
    """documents.change_document. The number of those that changed."""
    if not actor.has_perm("documents.change_document"):
        raise Forbidden
    with transaction.atomic():
        rows = [row for row in lock_documents(document_ids) if row.archived != archived]
        for document in rows:
            _archive(actor, document, archived)
    return len(rows)


def _archive(actor: User, document: Document, archived: bool) -> None:
    document.archived = archived
    document.save(update_fields=["archived"])
    record(actor, "document.archived" if archived else "document.reopened", document)
    event = wire.DocumentUpdated(document_frame(document))
    publish.publish(topics.channel(document.channel_id), event)
