"""Changing a message that exists: lock its channel, take the next version, tell the channel."""

from accounts.models import User
from chat import wire
from chat.actions.rows import lock_channel, save_rows
from chat.actions.talk import tell_owners
from chat.models import Channel, Message
from chat.queries.frames import message_frames
from chat.queries.messages import change_event
from chat.queries.visibility import message_for
from realtime import publish, topics
from realtime.errors import NotFound


def lock_message(viewer: User, message_id: int) -> Message:
    """The message as it stands while its channel is locked; `channel` has the viewer's membership.

    NotFound if it does not exist or the viewer may not see it.
    """
    place = Message.objects.filter(pk=message_id).values_list("channel_id", flat=True).first()
    if place is None or lock_channel(place) is None:
        raise NotFound
    return message_for(viewer, message_id)


def change_message(message: Message, *columns: str) -> wire.Message:
    """Store these columns under the channel's next version (the channel is locked), publish."""
    channel: Channel = message.channel
    channel.version += 1
    message.version = channel.version
    save_rows([channel], "version")
    save_rows([message], "version", *columns)
    [frame] = message_frames([message])
    publish.publish(topics.channel(channel.pk), change_event(frame), version=frame.version)
    tell_owners([channel])
    return frame
