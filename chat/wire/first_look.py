"""What the chat page itself carries: no event, but made of the same frames."""

from chat.wire.channels import Channel
from chat.wire.messages import Message
from chat.wire.people import HouseState, User
from chat.wire.personal import Draft, Preferences
from realtime.frames import Frame, Id


class FirstLook(Frame):
    """A channel as its reader finds it, and what stands around it."""

    user: User
    house: HouseState
    preferences: Preferences
    channels: list[Channel]
    drafts: list[Draft]
    saved: list[Id]
    channel: Channel
    messages: list[Message]
    has_before: bool
    has_after: bool
    found: int | None = None  # the position of the message that the address names
