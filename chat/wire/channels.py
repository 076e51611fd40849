"""Channels on the wire: public and private ones, direct conversations, threads."""

from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, cast

from pydantic import Field, model_validator

from chat.wire.fields import (
    ChannelKind,
    ChannelName,
    Moment,
    Notify,
    Position,
    Posting,
    Query,
    Role,
    Topic,
)
from chat.wire.messages import Message
from chat.wire.people import Sender
from realtime.frames import Event, Frame, Id, ReadRequest, Request, Timestamp

if TYPE_CHECKING:
    from chat.models import Channel as ChannelRow
    from chat.models import Membership as MembershipRow


class Membership(Frame):
    """What a channel is to the user who asks."""

    role: Role
    read_position: int
    notify: Notify
    muted: bool
    starred: bool
    section: str = Field(description="The user's own heading in the sidebar; empty for none.")
    mention_count: int = Field(description="Unread messages that mention the user or everybody.")

    @classmethod
    def of(cls, row: "MembershipRow") -> Self:
        values: dict[str, Any] = {name: getattr(row, name) for name in cls.model_fields}
        return cls(**values)


class Channel(Frame):
    """A place where messages stand in order. Unread = `last_position` − `read_position`."""

    id: Id
    kind: ChannelKind
    name: str = Field(description="Empty for direct conversations and threads.")
    topic: str
    archived: bool
    posting: Posting = Field(
        description="Who writes and pins here; where owners (and admins) do, the others react, and"
        " reply in threads."
    )
    parent: Id | None = Field(description="The channel of a thread's first message.")
    root_message: Id | None = Field(description="The first message of a thread.")
    version: int = Field(description="Counts the changes of the channel's messages.")
    last_position: int
    last_message_at: Timestamp | None
    member_count: int
    membership: Membership | None = Field(description="Null for who has not joined.")
    members: list[Sender] | None = Field(
        None, description="Everybody in a direct conversation; null for other kinds."
    )

    @classmethod
    def of(
        cls,
        row: "ChannelRow",
        membership: "MembershipRow | None",
        members: list[Sender] | None = None,
    ) -> Self:
        return cls(
            id=row.pk,
            kind=cast(ChannelKind, row.kind),
            name=row.name,
            topic=row.topic,
            archived=row.archived,
            posting=cast(Posting, row.posting),
            parent=row.parent_id,
            root_message=row.root_message_id,
            version=row.version,
            last_position=row.last_position,
            last_message_at=row.last_message_at,
            member_count=row.member_count,
            membership=Membership.of(membership) if membership else None,
            members=members,
        )


class ChannelCreated(Event):
    """There is a new channel that the user is in or may join."""

    data: Channel


class ChannelUpdated(Event):
    """A channel, or the user's own membership in it, is as given now."""

    data: Channel


class MemberChange(Frame):
    """Who came or went, and how many are in the channel now."""

    channel: Id
    user: Sender
    member_count: int


class UserJoined(Event):
    """Somebody is now in the channel."""

    data: MemberChange


class UserLeft(Event):
    """Somebody is no longer in the channel; if it is oneself, so are its threads."""

    data: MemberChange


class ListChannels(ReadRequest):
    """The channels that one can see or join. Threads only if asked for by `kind`."""

    kind: ChannelKind | None = None
    query: Query = Field("", description="A part of the name or topic.")


class ChannelList(Frame):
    """The reply to `list-channels`: by name, at most 500."""

    channels: list[Channel]


class CreateChannel(Request):
    """Make a channel and be its owner."""

    kind: Literal["public", "private"]
    name: ChannelName
    topic: Topic = ""
    members: Annotated[list[Id], Field(max_length=500)] = []


class UpdateChannel(Request):
    """Change the name, the topic or who writes, or archive; for owners and admins. What is absent
    stays."""

    channel: Id
    name: ChannelName | None = None
    topic: Topic | None = None
    archived: bool | None = None
    posting: Posting | None = None


class JoinChannel(Request):
    """Become a member of a public channel, or follow a thread."""

    channel: Id


class LeaveChannel(Request):
    """Stop being a member; of a thread: stop following it."""

    channel: Id


class AddMember(Request):
    """Bring somebody into a channel that one is in."""

    channel: Id
    user: Id


class RemoveMember(Request):
    """Put somebody out of a channel; for its owners and admins."""

    channel: Id
    user: Id


class OpenDirect(Request):
    """The conversation with exactly these people and oneself: the same one every time."""

    users: Annotated[list[Id], Field(min_length=1, max_length=10)]


class OpenThread(Request):
    """The thread of a message, made at the first use. Who opens it follows it."""

    message: Id


class ChannelReply(Frame):
    """The channel as it is now."""

    channel: Channel


class ListMembers(ReadRequest):
    """The people in a channel, in pages by id."""

    channel: Id
    after: Position = Field(0, description="The last user id of the page before.")
    limit: Annotated[int, Field(ge=1, le=500)] = 200


class Member(Frame):
    """Somebody in a channel."""

    user: Sender
    role: Role

    @classmethod
    def of(cls, row: "MembershipRow") -> Self:
        return cls(user=Sender.of(row.user), role=cast(Role, row.role))


class MemberList(Frame):
    """The reply to `list-members`."""

    members: list[Member]
    has_after: bool


class OpenChannel(ReadRequest):
    """The newest messages of a channel, or everything that changed since a version."""

    channel: Id
    since: Position | None = None


class ChannelOpened(Frame):
    """The reply to `open-channel`.

    Without `since`: the newest 50 by position; `complete` says that there are no older ones.
    With it: what changed, oldest change first; `complete` is false if there is more than these
    500: then ask again since the last version given.
    """

    channel: Channel
    messages: list[Message]
    complete: bool


class History(ReadRequest):
    """Messages around a place; without one the newest."""

    channel: Id
    before: Position | None = None
    after: Position | None = None
    around: Position | None = None
    at: Moment | None = Field(None, description="Around the first message at or after this time.")
    limit: Annotated[int, Field(ge=1, le=200)] = 50

    @model_validator(mode="after")
    def one_place(self) -> Self:
        places = (self.before, self.after, self.around, self.at)
        if sum(place is not None for place in places) > 1:
            raise ValueError("give only one of before, after, around, at")
        return self


class MessagePage(Frame):
    """The reply to `history`, by position."""

    messages: list[Message]
    has_before: bool
    has_after: bool
