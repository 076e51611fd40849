"""The type of every frame that documents send or receive, by noun."""

from documents.wire.documents import (
    CreateDocument,
    Document,
    DocumentCreated,
    DocumentList,
    DocumentParticipants,
    DocumentReply,
    DocumentUpdated,
    ListDocuments,
    Participants,
    UpdateDocument,
)

__all__ = [
    "CreateDocument",
    "Document",
    "DocumentCreated",
    "DocumentList",
    "DocumentParticipants",
    "DocumentReply",
    "DocumentUpdated",
    "ListDocuments",
    "Participants",
    "UpdateDocument",
]
