"""Saying things, reading them, and telling that one is about to."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from accounts.models import User
from chat import queries, wire
from chat.actions import messages, reactions, reading
from chat.actions.messages import Send
from chat.actions.reading import Mark
from chat.queries import visibility
from chat.requests.registry import commands, message_limit, typing_limit, typing_told
from realtime import database, topics
from realtime.commands import Batcher, Call
from realtime.envelope import data_of
from realtime.errors import DomainError, Forbidden
from realtime.frames import Prepared
from realtime.posts import Post

if TYPE_CHECKING:
    from chat.consumers import ChatConsumer


@commands.batch(wire.SendMessage, limit=message_limit)
def send_message(calls: Sequence[Call]) -> list[Prepared[wire.MessageReply] | DomainError]:
    sends = [
        Send(user, data.channel, data.text, data.client_id, data.reply_to)
        for user, data, _ in calls
    ]
    return [
        outcome
        if isinstance(outcome, DomainError)
        else Prepared(b'{"message":%s}' % data_of(outcome.event))
        for outcome in messages.store_messages(sends)
    ]


@commands.request(wire.ShowMessage)
def show_message(user: User, data: wire.ShowMessage) -> wire.MessageReply:
    return wire.MessageReply(message=queries.show_message(user, message_id=data.message))


@commands.request(wire.EditMessage, limit=message_limit)
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


OPENED_AT_ONCE = 16  # as in entering.py

openings = Batcher(queries.pages.open_all, database.readers, largest=OPENED_AT_ONCE)


@commands.socket(wire.OpenChannel, pipelined=True)
async def open_channel(
    socket: "ChatConsumer", data: wire.OpenChannel
) -> wire.ChannelOpened | Prepared[wire.ChannelOpened]:
    user = socket.user
    opening = queries.Opening(user.pk, data.channel, data.since)
    opened: Prepared[wire.ChannelOpened] | None = await openings.add(opening)
    if opened is not None:
        return opened
    look = partial(queries.open_channel, user, channel_id=data.channel, since=data.since)
    return await database.in_database(look)


@commands.request(wire.History)
def history(user: User, data: wire.History) -> wire.MessagePage:
    return queries.history(
        user,
        channel_id=data.channel,
        before=data.before,
        after=data.after,
        around=data.around,
        at=data.at,
        limit=data.limit,
    )


@commands.batch(wire.MarkRead)
def mark_read(calls: Sequence[Call]) -> list[wire.ReadPosition | DomainError]:
    return reading.mark_all_read(
        [
            Mark(user, data.channel, data.position, data.force, connection)
            for user, data, connection in calls
        ]
    )


@commands.socket(wire.Typing)
async def typing(socket: "ChatConsumer", data: wire.Typing) -> None:
    """At most one a second from a client, one in three seconds to the others, and neither counts
    where the user stops typing."""
    if not socket.follows(data.channel):
        await database.in_database(visibility.channel_for, socket.user, data.channel)
        raise Forbidden("Join the channel first.")
    place = (socket.user_id, data.channel, data.active)
    typing_limit.check(place)
    if not typing_told.take(place):
        state = wire.TypingState(
            channel=data.channel, user=wire.Sender.of(socket.user), active=data.active
        )
        post = Post.of(wire.UserTyping(state), skip=[socket.user.pk])
        socket.worker.hub.publish(topics.channel(data.channel), [post])
