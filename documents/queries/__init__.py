"""Reads. Each begins from the viewer: what they may not see does not exist."""

from documents.queries.comments import show_comment
from documents.queries.documents import list_documents, show_document
from documents.queries.versions import list_versions, show_version

__all__ = [
    "list_documents",
    "list_versions",
    "show_comment",
    "show_document",
    "show_version",
]
