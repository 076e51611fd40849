"""What a client of `/ws/chat/` can ask about documents: one line into the domain for each."""

from documents.requests import comments, documents, places  # noqa: F401 - they join the registry
