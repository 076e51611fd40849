"""Threads: opening one, and what its first message shows of it."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from chat import wire
from chat.actions.memberships import enrol
from chat.actions.rows import lock_channel, save_rows
from chat.models import Channel, Membership, Message
from chat.queries.frames import channel_frame, message_frames
from chat.queries.visibility import channel_for, message_for
from realtime import publish, topics
from realtime.errors import Conflict, Forbidden, NotFound

PARTICIPANTS_SHOWN = 50


def open_thread(author: User, *, message_id: int) -> wire.Channel:
    """The thread of a message, made at the first use; who opens it follows it.

    NotFound; Forbidden for a message that is itself in a thread and, at the first use, where
    `author` may not write; Conflict if the message is deleted.
    """
    with transaction.atomic():
        place = Message.objects.filter(pk=message_id).values_list("channel_id", flat=True).first()
        parent = lock_channel(place) if place else None
        if parent is None:
            raise NotFound
        # Looked at once nobody can be put out meanwhile: who opens a thread hears it from then on.
        message = message_for(author, message_id)
        thread = Channel.objects.filter(root_message=message).first()
        if thread is None:
            thread = _create_thread(author, message, parent)
        else:
            thread = lock_channel(thread.pk) or thread
        if not thread.memberships.filter(user=author).exists():
            position = thread.last_position
            enrol([Membership(channel=thread, user=author, read_position=position)])
        return channel_frame(channel_for(author, thread.pk))


def _create_thread(author: User, message: Message, parent: Channel) -> Channel:
    """Who wrote the first message follows the thread, as long as they are in its channel."""
    if parent.kind == Channel.Kind.THREAD:
        raise Forbidden("A thread has no threads.")
    if parent.archived:
        raise Forbidden("The channel is archived.")
    if message.deleted:
        raise Conflict("The message is deleted.")
    thread = Channel.objects.create(
        kind=Channel.Kind.THREAD, parent=parent, root_message=message, created_by=author
    )
    if parent.memberships.filter(user=message.sender_id).exists():
        enrol([Membership(channel=thread, user=message.sender)], announce=False)
    step_roots([thread])
    return thread


def step_roots(threads: Sequence[Channel]) -> None:
    """The first message of each thread shows something new: a change of the thread's parent, which
    is locked and has `version` stored by this. Publishes `message-updated` there."""
    if not threads:
        return
    by_root = {thread.root_message_id: thread for thread in threads}
    roots = list(Message.objects.filter(pk__in=by_root).order_by("pk"))
    for root in roots:
        root.thread = by_root[root.pk]
        root.version = _next_version(root.thread)
    save_rows(roots, "version")
    parents = {thread.parent_id: thread.parent for thread in by_root.values() if thread.parent}
    save_rows(list(parents.values()), "version")
    for frame in message_frames(roots):
        event = wire.MessageUpdated(frame)
        publish.publish(topics.channel(frame.channel), event, version=frame.version)


def _next_version(thread: Channel) -> int:
    if thread.parent is None:
        raise ValueError("Not a thread.")
    thread.parent.version += 1
    return thread.parent.version
