"""Pins: messages put up in their channel, for everybody there. So where only owners and admins
write, they alone put them up and take them down."""

from django.db import transaction

from accounts.models import User
from chat import clock, wire
from chat.actions.changes import change_message, lock_message
from chat.models import Message
from chat.queries.frames import message_frames
from chat.queries.visibility import check_posting
from realtime.errors import Conflict, Forbidden

PINS_PER_CHANNEL = 100  # a list that somebody still reads, and one reply


def pin_message(user: User, *, message_id: int) -> wire.Message:
    """NotFound; Forbidden where `user` may not write or at too many pins; Conflict when it is
    deleted."""
    with transaction.atomic():
        message = lock_message(user, message_id)
        check_posting(message.channel)
        if message.deleted:
            raise Conflict("The message is deleted.")
        if message.pinned_at is not None:
            return message_frames([message])[0]
        pinned = Message.objects.filter(channel=message.channel_id, pinned_at__isnull=False)
        if pinned.count() >= PINS_PER_CHANNEL:
            raise Forbidden(f"At most {PINS_PER_CHANNEL} messages can be pinned in a channel.")
        message.pinned_at, message.pinned_by = clock.now(), user
        return change_message(message, "pinned_at", "pinned_by")


def unpin_message(user: User, *, message_id: int) -> wire.Message:
    """NotFound; Forbidden where `user` may not write."""
    with transaction.atomic():
        message = lock_message(user, message_id)
        check_posting(message.channel)
        if message.pinned_at is None:
            return message_frames([message])[0]
        message.pinned_at = message.pinned_by = None
        return change_message(message, "pinned_at", "pinned_by")
