"""Reactions. Each is a change of the message, so it takes a version and reaches everybody."""

from django.db import transaction

from accounts.models import User
from chat import wire
from chat.actions.changes import change_message, lock_message
from chat.models import Message, Reaction
from chat.queries.frames import message_frames
from chat.queries.visibility import check_writable
from realtime.errors import Conflict, Forbidden

KINDS_PER_MESSAGE = 50  # more cannot be read, and every change sends them all


def add_reaction(user: User, *, message_id: int, emoji: str) -> wire.Message:
    """NotFound; Forbidden outside or at too many kinds; Conflict when it is deleted."""
    with transaction.atomic():
        message = _reactable(user, message_id)
        present = set(message.reactions.values_list("user_id", "emoji"))
        if (user.pk, emoji) in present:
            return message_frames([message])[0]
        kinds = {kind for _, kind in present} | {emoji}
        if len(kinds) > KINDS_PER_MESSAGE:
            raise Forbidden("There are too many different reactions.")
        Reaction.objects.create(message=message, user=user, emoji=emoji)
        return change_message(message)


def remove_reaction(user: User, *, message_id: int, emoji: str) -> wire.Message:
    """NotFound; Forbidden outside; Conflict when it is deleted."""
    with transaction.atomic():
        message = _reactable(user, message_id)
        removed, _ = message.reactions.filter(user=user, emoji=emoji).delete()
        return change_message(message) if removed else message_frames([message])[0]


def _reactable(user: User, message_id: int) -> Message:
    message = lock_message(user, message_id)
    check_writable(message.channel)
    if message.deleted:
        raise Conflict("The message is deleted.")
    return message
