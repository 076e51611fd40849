"""The threads that somebody follows, as an inbox shows them."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Q, QuerySet

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
    shown, complete = _page(followed.order_by("-last_message_at", "-pk"), limit)
    return wire.ThreadList(threads=_entries(user, shown), complete=complete)


def _page(threads: QuerySet[Channel], limit: int) -> tuple[list[Channel], bool]:
    """The first of these, and whether there are no more. Those of one millisecond come together,
    also beyond the limit: the next page begins before it, and what many say at once is stored at
    one time."""
    found = list(threads[: limit + 1])
    if len(found) <= limit:
        return found, True
    *_, last, beyond = [thread.last_message_at for thread in found if thread.last_message_at]
    moment = last.replace(microsecond=last.microsecond // 1000 * 1000)
    if beyond < moment:
        return found[:limit], False
    rest = threads.filter(last_message_at__lt=moment)
    return list(threads.filter(last_message_at__gte=moment)), not rest.exists()


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
