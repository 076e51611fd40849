"""Saying something, changing it, taking it back."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from audit.record import record
from chat import clock, wire
from chat.actions.changes import change_message, lock_message
from chat.actions.memberships import check_manager
from chat.actions.mentions import call_present, render_texts
from chat.actions.reading import tell_mention_counts
from chat.actions.rows import save_rows
from chat.actions.sending import store
from chat.actions.sends import Item, Result, Send, Stored
from chat.actions.threads import step_roots
from chat.models import Channel, Mention, Message
from chat.queries.frames import message_frames
from chat.queries.visibility import check_posting, check_writable
from realtime.errors import Conflict, DomainError, Forbidden

__all__ = [
    "Send",
    "bury",
    "delete_message",
    "edit_message",
    "send_message",
    "send_messages",
    "store_messages",
]


def send_messages(sends: Sequence[Send]) -> list[wire.Message | DomainError]:
    """The message or the error for each, in order."""
    results = store_messages(sends)
    return [result.frame if isinstance(result, Stored) else result for result in results]


def store_messages(sends: Sequence[Send]) -> list[Result]:
    """The same, each with its event. See sending.py."""
    if not sends:
        return []
    bodies = render_texts([send.text for send in sends])
    called = [call_present(send, body) for send, body in zip(sends, bodies, strict=True)]
    return store([Item(send, body) for send, body in zip(sends, called, strict=True)])


def send_message(
    author: User,
    *,
    channel_id: int,
    text: str,
    client_id: str,
    reply_to: int | None = None,
    document: int | None = None,
) -> wire.Message:
    """NotFound; Forbidden where `author` may not write or the channel is archived; InvalidData."""
    [result] = send_messages([Send(author, channel_id, text, client_id, reply_to, document)])
    if isinstance(result, DomainError):
        raise result
    return result


def edit_message(author: User, *, message_id: int, text: str) -> wire.Message:
    """NotFound; Forbidden for anybody but the author; Conflict when it is deleted."""
    [body] = render_texts([text])
    with transaction.atomic():
        message = lock_message(author, message_id)
        check_posting(message.channel)
        if message.sender_id != author.pk:
            raise Forbidden
        if message.deleted:
            raise Conflict("The message is deleted.")
        if message.text == body.text:
            return message_frames([message])[0]
        since = message.edited_at or message.timestamp
        message.edits.create(text=message.text, html=message.html, timestamp=since)
        message.text, message.html, message.edited_at = body.text, body.html, clock.now()
        message.document = None  # a card that somebody writes over is a card no more
        touched = _replace_mentions(message, body.mentions)
        frame = change_message(message, "text", "html", "edited_at", "document")
        tell_mention_counts(message, touched)
        return frame


def _replace_mentions(message: Message, user_ids: Sequence[int]) -> set[int]:
    """Whom the message mentions no longer, or now. Whom it called by a broadcast stays called."""
    named = message.mentions.filter(user__isnull=False)
    before = set(named.values_list("user_id", flat=True))
    if message.broadcast == Message.Broadcast.HERE:
        user_ids = [*before, *user_ids]
    named.exclude(user_id__in=user_ids).delete()
    place = {"message": message, "channel": message.channel, "position": message.position}
    Mention.objects.bulk_create(
        [Mention(user_id=user_id, **place) for user_id in user_ids if user_id not in before]
    )
    return before ^ set(user_ids)


def delete_message(author: User, *, message_id: int) -> wire.Message:
    """A tombstone in its place; for the author, and for owners and admins of the channel.

    NotFound; Forbidden. Deleting twice is the same as once.
    """
    with transaction.atomic():
        message = lock_message(author, message_id)
        if message.sender_id == author.pk:
            check_writable(message.channel)
        else:
            check_manager(author, message.channel)
        moderates = message.sender_id != author.pk and not message.deleted
        frame = bury(message)
        if moderates:
            place = {"channel": message.channel_id, "sender": message.sender_id}
            record(author, "message.deleted", message, place)
        return frame


def bury(message: Message) -> wire.Message:
    """Make a tombstone of a message whose channel is locked. Whoever calls has authorised it."""
    if message.deleted:
        return message_frames([message])[0]
    touched = set(message.mentions.values_list("user_id", flat=True))
    message.text, message.html, message.deleted, message.broadcast = "", "", True, ""
    message.pinned_at = message.pinned_by = message.document = None
    for kept in (message.mentions, message.reactions, message.edits):
        kept.all().delete()
    channel = message.channel
    channel.deleted_count += 1
    save_rows([channel], "deleted_count")
    cleared = ("text", "html", "deleted", "broadcast", "pinned_at", "pinned_by", "document")
    frame = change_message(message, *cleared)
    tell_mention_counts(message, touched)
    if channel.kind == Channel.Kind.THREAD:
        step_roots([channel])
    return frame
