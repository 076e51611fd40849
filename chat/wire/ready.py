"""The first thing that a socket hears once its user is known."""

from pydantic import Field

from chat.wire.announcements import Announcement
from chat.wire.channels import Channel
from chat.wire.people import User
from chat.wire.personal import Draft, Preferences
from realtime.frames import Event, Frame, Id


class ReadyState(Frame):
    """Everything that a client needs to draw its sidebar."""

    user: User
    channels: list[Channel] = Field(description="Those that the user is a member of.")
    preferences: Preferences
    drafts: list[Draft]
    saved: list[Id] = Field(description="The newest 1,000 messages that the user has saved.")
    announcements: list[Announcement] = Field(description="Not yet acknowledged, oldest first.")


class Ready(Event):
    """The user is known and the socket follows their channels."""

    data: ReadyState
