"""What a client of `/ws/chat/` can ask for: one line into the domain for each request."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from accounts import credentials
from accounts.models import User
from chat import queries, wire
from chat.actions import channels, memberships, messages, reactions, statuses, threads
from chat.actions.messages import Send
from realtime import topics
from realtime.commands import Commands
from realtime.database import in_database
from realtime.errors import DomainError, NotFound
from realtime.limits import Limit
from realtime.posts import Post
from realtime.source import Key, source
from realtime.wire import Ping, PresenceState, PresenceWatched, WatchPresence

if TYPE_CHECKING:
    from chat.consumers import ChatConsumer

commands = Commands()

TYPING_SHOWN_SECONDS = 3.0  # at most one event in this time per user and channel

message_limit = Limit(settings.MESSAGES_PER_SECOND, settings.MESSAGES_BURST)
typing_limit = Limit(settings.TYPING_PER_SECOND, max(settings.TYPING_PER_SECOND, 1))
typing_told = Limit(1 / TYPING_SHOWN_SECONDS, 1)


# --- the socket itself ---


@commands.socket(Ping, anonymous=True)
async def ping(socket: "ChatConsumer", data: Ping) -> Any:
    return data.echo


@commands.socket(wire.Login, anonymous=True)
async def login(socket: "ChatConsumer", data: wire.Login) -> wire.LoggedIn:
    credential = await in_database(_credential, data, socket.address)
    socket.log_in(credential.user, key_of(credential))
    return wire.LoggedIn(user=wire.User.oneself(credential.user))


def _credential(data: wire.Login, address: str) -> credentials.Credential:
    if data.token is not None:
        return credentials.from_token(data.token, address=address)
    return credentials.from_password(data.username or "", data.password or "", address=address)


def key_of(credential: credentials.Credential) -> Key:
    return Key(credential.user.pk, credential.session_key, credential.token_id)


@commands.socket(wire.Logout)
async def logout(socket: "ChatConsumer", data: wire.Logout) -> None:
    socket.log_out()


# --- messages ---


@commands.batch(wire.SendMessage, limit=message_limit)
def send_message(
    calls: Sequence[tuple[User, wire.SendMessage]],
) -> list[wire.MessageReply | DomainError]:
    sends = [
        Send(user, data.channel, data.text, data.client_id, data.reply_to) for user, data in calls
    ]
    return [
        outcome if isinstance(outcome, DomainError) else wire.MessageReply(message=outcome)
        for outcome in messages.send_messages(sends)
    ]


@commands.request(wire.EditMessage)
def edit_message(user: User, data: wire.EditMessage) -> wire.MessageReply:
    message = messages.edit_message(user, message_id=data.message, text=data.text)
    return wire.MessageReply(message=message)


@commands.request(wire.DeleteMessage)
def delete_message(user: User, data: wire.DeleteMessage) -> wire.MessageReply:
    return wire.MessageReply(message=messages.delete_message(user, message_id=data.message))


@commands.request(wire.AddReaction)
def add_reaction(user: User, data: wire.AddReaction) -> wire.MessageReply:
    message = reactions.add_reaction(user, message_id=data.message, emoji=data.emoji)
    return wire.MessageReply(message=message)


@commands.request(wire.RemoveReaction)
def remove_reaction(user: User, data: wire.RemoveReaction) -> wire.MessageReply:
    message = reactions.remove_reaction(user, message_id=data.message, emoji=data.emoji)
    return wire.MessageReply(message=message)


@commands.request(wire.OpenChannel)
def open_channel(user: User, data: wire.OpenChannel) -> wire.ChannelOpened:
    return queries.open_channel(user, channel_id=data.channel, since=data.since)


@commands.request(wire.History)
def history(user: User, data: wire.History) -> wire.MessagePage:
    return queries.history(
        user,
        channel_id=data.channel,
        before=data.before,
        after=data.after,
        around=data.around,
        limit=data.limit,
    )


@commands.request(wire.MarkRead)
def mark_read(user: User, data: wire.MarkRead) -> wire.ReadPosition:
    position = memberships.mark_read(
        user, channel_id=data.channel, position=data.position, force=data.force
    )
    return wire.ReadPosition(read_position=position)


@commands.socket(wire.Typing)
async def typing(socket: "ChatConsumer", data: wire.Typing) -> None:
    """At most one a second from a client, one in three seconds to the others, and neither counts
    where the user stops typing."""
    if not socket.follows(data.channel):
        raise NotFound
    place = (socket.user_id, data.channel, data.active)
    typing_limit.check(place)
    if not typing_told.take(place):
        state = wire.TypingState(
            channel=data.channel, user=wire.Sender.of(socket.user), active=data.active
        )
        post = Post.of(wire.UserTyping(state), skip=[socket.user.pk])
        socket.worker.hub.publish(topics.channel(data.channel), [post])


# --- channels ---


@commands.request(wire.ListChannels)
def list_channels(user: User, data: wire.ListChannels) -> wire.ChannelList:
    return wire.ChannelList(channels=queries.list_channels(user, kind=data.kind, query=data.query))


@commands.request(wire.CreateChannel)
def create_channel(user: User, data: wire.CreateChannel) -> wire.ChannelReply:
    channel = channels.create_channel(
        user, kind=data.kind, name=data.name, topic=data.topic, member_ids=data.members
    )
    return wire.ChannelReply(channel=channel)


@commands.request(wire.UpdateChannel)
def update_channel(user: User, data: wire.UpdateChannel) -> wire.ChannelReply:
    channel = channels.update_channel(
        user, channel_id=data.channel, name=data.name, topic=data.topic, archived=data.archived
    )
    return wire.ChannelReply(channel=channel)


@commands.request(wire.OpenDirect)
def open_direct(user: User, data: wire.OpenDirect) -> wire.ChannelReply:
    return wire.ChannelReply(channel=channels.open_direct(user, user_ids=data.users))


@commands.request(wire.OpenThread)
def open_thread(user: User, data: wire.OpenThread) -> wire.ChannelReply:
    return wire.ChannelReply(channel=threads.open_thread(user, message_id=data.message))


@commands.request(wire.JoinChannel)
def join_channel(user: User, data: wire.JoinChannel) -> wire.ChannelReply:
    return wire.ChannelReply(channel=memberships.join_channel(user, channel_id=data.channel))


@commands.request(wire.LeaveChannel)
def leave_channel(user: User, data: wire.LeaveChannel) -> wire.ChannelReply:
    return wire.ChannelReply(channel=memberships.leave_channel(user, channel_id=data.channel))


@commands.request(wire.AddMember)
def add_member(user: User, data: wire.AddMember) -> wire.ChannelReply:
    channel = memberships.add_member(user, channel_id=data.channel, user_id=data.user)
    return wire.ChannelReply(channel=channel)


@commands.request(wire.RemoveMember)
def remove_member(user: User, data: wire.RemoveMember) -> wire.ChannelReply:
    channel = memberships.remove_member(user, channel_id=data.channel, user_id=data.user)
    return wire.ChannelReply(channel=channel)


@commands.request(wire.ListMembers)
def list_members(user: User, data: wire.ListMembers) -> wire.MemberList:
    members, has_after = queries.list_members(
        user, channel_id=data.channel, after=data.after, limit=data.limit
    )
    return wire.MemberList(members=members, has_after=has_after)


# --- people ---


@commands.request(wire.ListUsers)
def list_users(user: User, data: wire.ListUsers) -> wire.UserList:
    return wire.UserList(users=queries.list_users(user, query=data.query, limit=data.limit))


@commands.request(wire.SetStatus)
def set_status(user: User, data: wire.SetStatus) -> wire.StatusSet:
    changed = statuses.set_status(user, presence=data.presence, emoji=data.emoji, text=data.text)
    return wire.StatusSet(user=changed)


@commands.socket(WatchPresence)
async def watch_presence(socket: "ChatConsumer", data: WatchPresence) -> PresenceWatched:
    seen = await in_database(source().last_seen, data.users)
    worker = socket.worker
    watched = {topics.presence(user_id) for user_id in seen}
    for topic in [t for t in socket.topics if topics.is_presence(t) and t not in watched]:
        worker.hub.unfollow(socket, topic)
    for topic in watched:
        worker.hub.follow(socket, topic)
    states = await worker.presence.states(seen)
    return PresenceWatched(
        presence={
            user_id: PresenceState(
                presence=state, last_seen=timezone.now() if state != "offline" else seen[user_id]
            )
            for user_id, state in states.items()
        }
    )
