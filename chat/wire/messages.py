"""Messages on the wire."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field

from chat.wire.fields import ClientId, Emoji, MessageKind, MessageText, Position
from chat.wire.people import Sender
from realtime.frames import Event, Frame, Id, ReadRequest, Request, Timestamp

if TYPE_CHECKING:
    from chat.models import Channel as ChannelRow


Broadcast = Literal["channel", "here"] | None


class Reaction(Frame):
    """One emoji under a message, and who put it there, the first one first."""

    emoji: str
    users: list[Id]


class Attachment(Frame):
    """A file of a message."""

    id: Id
    name: str
    content_type: str
    size: int = Field(description="Bytes.")
    url: str
    thumbnail_url: str | None
    width: int | None
    height: int | None


class ThreadSummary(Frame):
    """What the first message of a thread shows of it."""

    channel: Id
    reply_count: int
    last_reply_at: Timestamp | None
    participants: list[Id] = Field(description="Who replied, the first one first; at most 50.")

    @classmethod
    def of(cls, thread: "ChannelRow") -> Self:
        return cls(
            channel=thread.pk,
            reply_count=thread.last_position - thread.deleted_count,
            last_reply_at=thread.last_message_at,
            participants=thread.participants,
        )


class Message(Frame):
    """What somebody said. A tombstone (`deleted`) keeps its place without text."""

    id: Id
    channel: Id
    position: int = Field(description="1, 2, 3 … in the channel, without a gap; never changes.")
    version: int = Field(description="The channel's version at the last change of this message.")
    client_id: str
    kind: MessageKind
    sender: Sender
    text: str = Field(description="Markdown, as it was written.")
    html: str = Field(
        description="The text rendered and sanitised. `span.mention` with `data-user` is somebody;"
        " `span.channel-name` may be a channel, which is for the reader to know."
    )
    timestamp: Timestamp
    edited_at: Timestamp | None
    deleted: bool
    mentions: list[Id] = Field(
        description="Whom it names, and whom `@here` found present when it was sent."
    )
    broadcast: Broadcast = Field(
        description="`channel` calls everybody (`@channel`, `@모두`), `here` those who were here"
        " (`@here`, `@지금`) and stand in `mentions`."
    )
    reactions: list[Reaction]
    attachments: list[Attachment] = []
    thread: ThreadSummary | None
    reply_to: Id | None
    pinned: bool
    document: Id | None = Field(None, description="The document whose card this message is.")

    @classmethod
    def of(
        cls,
        row: Any,
        sender: Sender,
        *,
        mentions: list[int],
        reactions: list[Reaction],
        thread: ThreadSummary | None,
    ) -> Self:
        """`row`: a message, or a record of one (statements.py)."""
        return cls(
            id=row.pk,
            channel=row.channel_id,
            position=row.position,
            version=row.version,
            client_id=row.client_id,
            kind=row.kind,
            sender=sender,
            text=row.text,
            html=row.html,
            timestamp=row.timestamp,
            edited_at=row.edited_at,
            deleted=row.deleted,
            mentions=mentions,
            broadcast=row.broadcast or None,
            reactions=reactions,
            attachments=[],  # pydantic would copy the default, deeply
            thread=thread,
            reply_to=row.reply_to_id,
            pinned=row.pinned_at is not None,
            document=row.document,
        )


def group_reactions(rows: Iterable[tuple[str, int]]) -> list[Reaction]:
    """One entry per emoji, in the order of first use; `rows`: emoji and user, the first first."""
    users: dict[str, list[int]] = {}
    for emoji, user_id in rows:
        users.setdefault(emoji, []).append(user_id)
    return [Reaction(emoji=emoji, users=ids) for emoji, ids in users.items()]


class NewMessage(Event):
    """Somebody said something."""

    data: Message


class MessageUpdated(Event):
    """A message was edited or reacted to, or its thread grew."""

    data: Message


class MessageDeleted(Event):
    """A message is now a tombstone."""

    data: Message


class SendMessage(Request):
    """Say something. The same `client_id` again returns the message that exists."""

    channel: Id
    text: MessageText
    client_id: ClientId
    reply_to: Id | None = Field(None, description="A message of the same channel.")


class ShowMessage(ReadRequest):
    """One message by its id: what a reply answers, the root of a thread."""

    message: Id


class EditMessage(Request):
    """Change the text of one's own message."""

    message: Id
    text: MessageText


class DeleteMessage(Request):
    """Make a tombstone of one's own message; owners and admins of the channel: of any."""

    message: Id


class AddReaction(Request):
    """Put an emoji under a message; doing it twice is the same as once."""

    message: Id
    emoji: Emoji


class RemoveReaction(Request):
    """Take one's own emoji away."""

    message: Id
    emoji: Emoji


class MessageReply(Frame):
    """The message as it is now."""

    message: Message


class Typing(Request):
    """Tell the others in the channel that one is writing. There is no reply."""

    channel: Id
    active: bool = True


class TypingState(Frame):
    """Who is writing where."""

    channel: Id
    user: Sender
    active: bool


class UserTyping(Event):
    """Show it for 5 s."""

    volatile = True
    data: TypingState


class MarkRead(Request):
    """Everything up to this position is read."""

    channel: Id
    position: Position
    force: bool = Field(False, description="Also go backwards: mark unread.")


class ReadPosition(Frame):
    """The reply to `mark-read`."""

    read_position: int
    mention_count: int


class ChannelReadPosition(Frame):
    """How far oneself has read in a channel, and what mentions one beyond that."""

    channel: Id
    read_position: int
    mention_count: int


class ReadUpdated(Event):
    """The user read (or marked unread) on another socket, or unread messages were edited or deleted
    so that they mention the user no longer, or now."""

    data: ChannelReadPosition
