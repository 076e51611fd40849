"""What the safety net asks about documents' topics (see realtime/source.py)."""

from collections.abc import Collection

from django.db import transaction

from documents.actions.log import lock_documents
from documents.models import Document
from documents.queries.held import log_since
from documents.yjs.messages import Update
from realtime import topics
from realtime.source import Changes


class DocumentFeed:
    def versions(self, names: Collection[str]) -> dict[str, int]:
        ids = [topics.document_id(name) for name in names]
        rows = Document.objects.filter(pk__in=ids).values_list("pk", "version")
        return {topics.document(document_id): version for document_id, version in rows}

    def changes(self, since: dict[str, int]) -> list[Changes]:
        return [self._changes(topics.document_id(name), at) for name, at in since.items()]

    def _changes(self, document_id: int, since: int) -> Changes:
        with transaction.atomic():
            found = lock_documents([document_id])
            log = log_since(document_id, since)
        version = max([document.version for document in found], default=since)
        events = [(Update(data), at) for at, data in log]
        return Changes(topics.document(document_id), list(events), version)
