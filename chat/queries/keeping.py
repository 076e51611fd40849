"""What a channel keeps about its messages: pins, earlier texts, who has seen them."""

from accounts.models import User
from chat import wire
from chat.models import Membership, Message
from chat.queries.frames import message_frames, senders
from chat.queries.personal import preferences
from chat.queries.snapshot import one_moment
from chat.queries.visibility import channel_for, message_for

SEEN_SHOWN = 100


@one_moment()
def list_pins(user: User, *, channel_id: int) -> list[wire.Pin]:
    """The newest pin first. NotFound as in channel_for."""
    channel = channel_for(user, channel_id)
    pinned = Message.objects.filter(channel=channel, pinned_at__isnull=False)
    rows = list(pinned.order_by("-pinned_at", "-pk"))
    people = senders(row.pinned_by_id or row.sender_id for row in rows)
    return [
        wire.Pin(
            message=message,
            user=people[row.pinned_by_id or row.sender_id],
            timestamp=row.pinned_at or row.timestamp,
        )
        for row, message in zip(rows, message_frames(rows), strict=True)
    ]


def list_edits(user: User, *, message_id: int) -> list[wire.Edit]:
    """Oldest first. NotFound as in message_for."""
    message = message_for(user, message_id)
    return [wire.Edit.of(row) for row in message.edits.order_by("pk")]


def list_seen(user: User, *, message_id: int) -> wire.SeenList:
    """Who shares how far they have read, and has read the message. NotFound as in message_for."""
    message = message_for(user, message_id)
    if not preferences(user).share_reading:
        return wire.SeenList(users=[], count=0)
    readers = (
        Membership.objects.filter(channel=message.channel_id, read_position__gte=message.position)
        .exclude(user=message.sender_id)
        .exclude(user__preferences__share_reading=False)
    )
    shown = readers.select_related("user").order_by("user_id")[:SEEN_SHOWN]
    return wire.SeenList(users=[wire.Sender.of(row.user) for row in shown], count=readers.count())
