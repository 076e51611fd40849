"""Reads. Each begins from the viewer: what they may not see does not exist."""

from chat.queries.channels import feeds, list_channels, list_members, list_users, moved, ready
from chat.queries.messages import changes, history, open_channel, show_message

__all__ = [
    "changes",
    "feeds",
    "history",
    "list_channels",
    "list_members",
    "list_users",
    "moved",
    "open_channel",
    "ready",
    "show_message",
]
