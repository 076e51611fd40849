"""The threads that somebody follows, as an inbox shows them."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Q

from accounts.models import User
from chat import wire
from chat.models import Channel, Message
from chat.queries.frames import channel_frames, message_frames
from chat.queries.personal import channels_by_id
from chat.queries.snapshot import one_moment
from chat.queries.visibility import visible_channels

REPLIES_SHOWN = 3


@one_moment()
def list_threads(
    user: User, *, before: datetime | None = None, unread: bool = False, limit: int = 20
) -> wire.ThreadList:
    """The latest reply first, in a constant number of queries."""
    followed = visible_channels(user).filter(  # type: ignore[misc]
        kind=Channel.Kind.THREAD, own__isnull=False, last_message_at__isnull=False
    )
    if before is not None:
        followed = followed.filter(last_message_at__lt=before)
    if unread:
        followed = followed.filter(last_position__gt=F("own__read_position"))
    threads = list(followed.order_by("-last_message_at", "-pk")[: limit + 1])
    shown = threads[:limit]
    return wire.ThreadList(threads=_entries(user, shown), complete=len(threads) <= limit)


def _entries(user: User, threads: Sequence[Channel]) -> list[wire.FollowedThread]:
    parents = channels_by_id(user, {thread.parent_id for thread in threads if thread.parent_id})
    messages = _messages(threads)
    return [
        wire.FollowedThread(
            channel=channel,
            root=root,
            parent=parents[thread.parent_id or 0],
            replies=[m for m in messages if m.channel == thread.pk and m.id != root.id],
        )
        for thread, channel in zip(threads, channel_frames(threads), strict=True)
        for root in messages
        if _is_root(root, thread)
    ]


def _is_root(message: wire.Message, thread: Channel) -> bool:
    """A comment in a document has no message of the channel before it: it begins its thread."""
    if thread.root_message_id is not None:
        return message.id == thread.root_message_id
    return message.channel == thread.pk and message.position == 1


def _messages(threads: Sequence[Channel]) -> list[wire.Message]:
    """The first message of each thread and its newest replies, oldest first."""
    wanted = Q(pk__in=[thread.root_message_id for thread in threads if thread.root_message_id])
    for thread in threads:
        wanted |= Q(channel=thread, position__gt=thread.last_position - REPLIES_SHOWN)
        if thread.root_message_id is None:
            wanted |= Q(channel=thread, position=1)
    return message_frames(Message.objects.filter(wanted).order_by("position"))
