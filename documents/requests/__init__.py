"""What a client of `/ws/chat/` can ask about documents: one line into the domain for each."""

from documents.requests import documents  # noqa: F401 - it joins the registry
