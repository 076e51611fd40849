"""Reads. Each begins from the viewer: what they may not see does not exist."""

from documents.queries.documents import list_documents

__all__ = ["list_documents"]
