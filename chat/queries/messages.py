"""Reading what was said: the newest, around a place, since a version."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from accounts.models import User
from chat import wire
from chat.models import Channel, Message
from chat.queries.frames import (
    LAST_POSITION,
    channel_frame,
    message_frames,
    own_row_statement,
    page,
    page_statements,
    row_frames,
    shown_rows,
)
from chat.queries.snapshot import one_moment
from chat.queries.visibility import channel_by_rule, channel_for, message_for
from realtime.frames import LARGEST_ID, Event
from realtime.statements import at_one_moment, carry_out, table

NEWEST_COUNT = 50
CATCH_UP_LIMIT = 500
CHANGES_LIMIT = 1_000  # per call: what one worker reads at once after an outage


def open_channel(user: User, *, channel_id: int, since: int | None = None) -> wire.ChannelOpened:
    """NotFound as in channel_for."""
    if since is None:
        look = Look(user, channel_id, _newest(channel_id, NEWEST_COUNT))
        complete = look.last <= NEWEST_COUNT
        return wire.ChannelOpened(channel=look.frame(), messages=look.messages, complete=complete)
    look = Look(
        user, channel_id, f"version > {int(since)} ORDER BY version LIMIT {CATCH_UP_LIMIT + 1}"
    )
    complete = len(look.messages) <= CATCH_UP_LIMIT
    changed = look.messages[:CATCH_UP_LIMIT]
    return wire.ChannelOpened(channel=look.frame(), messages=changed, complete=complete)


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
    if at is not None:
        around = position_at(channel_for(user, channel_id), at)

    def first_of(last: int) -> int:
        if after is not None:
            return after + 1
        if around is not None:
            return min(around, last) - limit // 2
        return (last + 1 if before is None else min(before, last + 1)) - limit

    newest = before is None and after is None and around is None
    guess = first_of(LARGEST_ID)
    look = Look(user, channel_id, _newest(channel_id, limit) if newest else _span(guess, limit))
    first = first_of(look.last)
    if first != guess and not newest:  # asked for beyond the end
        look = Look(user, channel_id, _span(first, limit))
    return wire.MessagePage(
        messages=look.messages,
        has_before=first > 1 and look.last > 0,
        has_after=first + limit - 1 < look.last,
    )


class Look:
    """A channel and some of its messages as they stand at one moment, nearly always in one round
    trip: of a channel that one is in, its messages are read before it is known that one is. Others
    go by the whole rule. NotFound as in channel_for."""

    def __init__(self, viewer: User, channel_id: int, condition: str) -> None:
        inside = f"channel.id = {int(channel_id)} AND channel.parent_id IS NULL"
        chosen = f"channel_id = {int(channel_id)} AND {condition}"
        own, *found = at_one_moment(own_row_statement(viewer, inside), *page_statements(chosen))
        self.own = shown_rows(own)
        if self.own:
            self.last = self.own[0][LAST_POSITION]
            self.messages = page(found)
        else:
            self._look_twice(viewer, channel_id, chosen)

    @one_moment()
    def _look_twice(self, viewer: User, channel_id: int, chosen: str) -> None:
        self.channel = channel_by_rule(viewer, channel_id)
        self.last = self.channel.last_position
        self.messages = page(carry_out(*page_statements(chosen)))

    def frame(self) -> wire.Channel:
        return row_frames(self.own)[0] if self.own else channel_frame(self.channel)


def _newest(channel_id: int, count: int) -> str:
    last = f"(SELECT last_position FROM {table(Channel)} WHERE id = {int(channel_id)})"  # noqa: S608
    return f"position > {last} - {int(count)} AND position <= {last} ORDER BY position"


def _span(first: int, count: int) -> str:
    end = min(first + count - 1, LARGEST_ID)
    return f"position BETWEEN {int(min(first, end))} AND {int(end)} ORDER BY position"


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
