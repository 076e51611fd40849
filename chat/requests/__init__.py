"""What a client of `/ws/chat/` can ask for: one line into the domain for each request, by noun."""

from chat.requests import (  # noqa: F401 - they join the registry
    channels,
    entrance,
    keeping,
    messages,
    people,
    personal,
    slash,
)
from chat.requests.registry import commands, message_limit, typing_limit, typing_told

__all__ = ["commands", "message_limit", "typing_limit", "typing_told"]
