"""What a channel keeps about its messages: pins, earlier texts, who has seen them, its threads."""

from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field

from chat.wire.channels import Channel
from chat.wire.fields import Moment
from chat.wire.messages import Message
from chat.wire.people import Sender
from realtime.frames import Frame, Id, ReadRequest, Request, Timestamp

if TYPE_CHECKING:
    from chat.models import Edit as EditRow


class PinMessage(Request):
    """Put a message up in its channel, for everybody there: for who may write there. Twice is the
    same as once."""

    message: Id


class UnpinMessage(Request):
    """Take it down again; for who may write there."""

    message: Id


class ListPins(ReadRequest):
    """What is pinned in a channel."""

    channel: Id


class Pin(Frame):
    """A pinned message: who pinned it, and when."""

    message: Message
    user: Sender
    timestamp: Timestamp


class PinList(Frame):
    """The reply to `list-pins`: the newest pin first, at most 100 (which a channel can hold)."""

    pins: list[Pin]


class ListEdits(ReadRequest):
    """The texts that a message had before."""

    message: Id


class Edit(Frame):
    """A text that a message had, and since when."""

    text: str
    html: str
    timestamp: Timestamp

    @classmethod
    def of(cls, row: "EditRow") -> Self:
        return cls(text=row.text, html=row.html, timestamp=row.timestamp)


class EditList(Frame):
    """The reply to `list-edits`, oldest first; without the text that it has now."""

    edits: list[Edit]


class ListSeen(ReadRequest):
    """Who has read as far as a message."""

    message: Id


class SeenList(Frame):
    """The reply to `list-seen`: without the sender, and without who does not share it (`count`
    is of the same people; `users` the first 100 of them). Who does not share sees nobody."""

    users: list[Sender]
    count: int


class ListThreads(ReadRequest):
    """The threads that one follows and that have replies, the latest reply first."""

    before: Moment | None = Field(
        None, description="`last_message_at` of the last thread of the page before."
    )
    unread: bool = Field(False, description="Only those with unread replies.")
    limit: Annotated[int, Field(ge=1, le=50)] = Field(
        20, description="More come where several were answered in the same millisecond."
    )


class FollowedThread(Frame):
    """A thread with its first message, its channel, and its newest replies (at most three, oldest
    first)."""

    channel: Channel
    root: Message
    parent: Channel
    replies: list[Message]


class ThreadList(Frame):
    """The reply to `list-threads`; `complete` says that there are no more."""

    threads: list[FollowedThread]
    complete: bool
