"""Reading what was said: the newest, around a place, since a version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.models import User
from chat import wire
from chat.models import Channel, Message
from chat.queries.frames import channel_frame, message_frames
from chat.queries.snapshot import one_moment
from chat.queries.visibility import channel_for, message_for
from realtime.frames import Event
from realtime.statements import carry_out, records, select

NEWEST_COUNT = 50
CATCH_UP_LIMIT = 500
CHANGES_LIMIT = 1_000  # per call: what one worker reads at once after an outage


@one_moment()
def open_channel(user: User, *, channel_id: int, since: int | None = None) -> wire.ChannelOpened:
    """NotFound as in channel_for."""
    channel = channel_for(user, channel_id)
    if since is None:
        last = channel.last_position
        messages = message_frames(span(channel, last - NEWEST_COUNT + 1, last))
        complete = last <= NEWEST_COUNT
    else:
        changed = _messages(
            f"channel_id = {channel.pk} AND version > {int(since)}"
            f" ORDER BY version LIMIT {CATCH_UP_LIMIT + 1}"
        )
        complete = len(changed) <= CATCH_UP_LIMIT
        messages = message_frames(changed[:CATCH_UP_LIMIT])
    return wire.ChannelOpened(channel=channel_frame(channel), messages=messages, complete=complete)


@one_moment()
def history(
    user: User,
    *,
    channel_id: int,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
    at: datetime | None = None,
    limit: int = 50,
) -> wire.MessagePage:
    """NotFound as in channel_for. Positions have no gaps, so a page is a span of them."""
    channel = channel_for(user, channel_id)
    last = channel.last_position
    if at is not None:
        around = position_at(channel, at)
    if after is not None:
        first = after + 1
    elif around is not None:
        first = min(around, last) - limit // 2
    else:
        first = (last + 1 if before is None else min(before, last + 1)) - limit
    end = min(first + limit - 1, last)
    messages = message_frames(span(channel, max(first, 1), end))
    return wire.MessagePage(
        messages=messages, has_before=first > 1 and last > 0, has_after=end < last
    )


def show_message(user: User, *, message_id: int) -> wire.Message:
    """NotFound as in message_for."""
    return message_frames([message_for(user, message_id)])[0]


def position_at(channel: Channel, moment: datetime) -> int:
    """Of the first message at or after the moment, or the position after the last one.

    Halving the span of positions takes 20 reads for a million messages; an index by time would
    cost something at every message that is sent.
    """
    messages = Message.objects.filter(channel=channel).values_list("timestamp", flat=True)
    first, end = 1, channel.last_position + 1
    while first < end:
        middle = (first + end) // 2
        if messages.get(position=middle) < moment:
            first = middle + 1
        else:
            end = middle
    return first


def span(channel: Channel, first: int, last: int) -> list[Any]:
    """Records of the messages at these positions."""
    return _messages(
        f"channel_id = {channel.pk} AND position BETWEEN {int(first)} AND {int(last)}"
        " ORDER BY position"
    )


def _messages(condition: str) -> list[Any]:
    [rows] = carry_out(select(Message, f"WHERE {condition}"))
    return records(Message, rows)


Change = tuple[Event, int]  # and the version that it carries


@one_moment()
def changes(versions: Mapping[int, int]) -> list[tuple[int, list[Change], int]]:
    """What the database holds beyond these versions of channels, each with the version reached.

    For the hub, so without a viewer. One query when nothing moved. At most CHANGES_LIMIT messages:
    the rest comes with the next call.
    """
    heads = Channel.objects.filter(pk__in=versions).values_list("pk", "version")
    beyond = Q()
    for channel_id, version in heads:
        if version > versions[channel_id]:
            beyond |= Q(channel_id=channel_id, version__gt=versions[channel_id])
    if not beyond:
        return []
    rows = list(Message.objects.filter(beyond).order_by("channel_id", "version")[:CHANGES_LIMIT])
    moved: dict[int, list[Change]] = {}
    reached: dict[int, int] = {}
    for row, message in zip(rows, message_frames(rows), strict=True):
        is_new = row.created_version > versions[row.channel_id]
        change = change_event(message, is_new=is_new), row.version
        moved.setdefault(row.channel_id, []).append(change)
        reached[row.channel_id] = row.version
    return [(channel_id, events, reached[channel_id]) for channel_id, events in moved.items()]


def change_event(message: wire.Message, *, is_new: bool = False) -> Event:
    """How a reader behind this message learns of it."""
    if message.deleted:
        return wire.MessageDeleted(message)
    return wire.NewMessage(message) if is_new else wire.MessageUpdated(message)
