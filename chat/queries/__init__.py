"""Reads. Each begins from the viewer: what they may not see does not exist."""

from chat.queries.channels import feeds, list_channels, list_members, moved
from chat.queries.keeping import list_edits, list_pins, list_seen
from chat.queries.messages import changes, history, show_message
from chat.queries.opening import Opening, open_channel, pages
from chat.queries.people import guests_among, known_people, list_users, show_user
from chat.queries.personal import Newcomer, list_saved, readies, ready
from chat.queries.threads import list_threads

__all__ = [
    "Newcomer",
    "Opening",
    "changes",
    "feeds",
    "guests_among",
    "history",
    "known_people",
    "list_channels",
    "list_edits",
    "list_members",
    "list_pins",
    "list_saved",
    "list_seen",
    "list_threads",
    "list_users",
    "moved",
    "open_channel",
    "pages",
    "readies",
    "ready",
    "show_message",
    "show_user",
]
