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
    owned_rows,
    page,
    page_statements,
    row_frames,
)
from chat.queries.snapshot import one_moment
from chat.queries.visibility import channel_by_rule, channel_for, message_for
from realtime.frames import LARGEST_ID, Event
from realtime.statements import at_one_moment, carry_out, table

CHANGES_LIMIT = 1_000  # per call: what one worker reads at once after an outage


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

    is_newest = before is None and after is None and around is None
    guess = first_of(LARGEST_ID)
    chosen = newest(channel_id, limit) if is_newest else _span(guess, limit)
    look = look_at(user, channel_id, chosen)
    first = first_of(look.last)
    if first != guess and not is_newest:  # asked for beyond the end
        look = look_at(user, channel_id, _span(first, limit))
    return wire.MessagePage(
        messages=look.messages,
        has_before=first > 1 and look.last > 0,
        has_after=first + limit - 1 < look.last,
    )


class Look:
    """A channel and some of its messages as they stand at one moment, in one round trip: of a
    channel that one is in, its messages are read before it is known that one is. Where `own` is
    empty, `by_rule` has to tell. `senders`: the rows of who wrote the messages."""

    def __init__(self, user_id: int, channel_id: int, condition: str) -> None:
        self.channel_id = channel_id
        self.chosen = f"channel_id = {int(channel_id)} AND {condition}"
        mine = f"own.user_id = {int(user_id)} AND channel.id = {int(channel_id)}"
        own, *found = at_one_moment(
            own_row_statement(f"{mine} AND channel.parent_id IS NULL"),
            *page_statements(self.chosen),
        )
        self.own = [row[1:] for row in owned_rows(own)]
        if self.own:
            self.last = self.own[0][LAST_POSITION]
            self.messages, self.senders = page(found), found[1]

    @one_moment()
    def by_rule(self, viewer: User) -> None:
        """The whole rule. NotFound as in channel_for."""
        self.channel = channel_by_rule(viewer, self.channel_id)
        self.last = self.channel.last_position
        self.messages = page(carry_out(*page_statements(self.chosen)))

    def frame(self) -> wire.Channel:
        return row_frames(self.own)[0] if self.own else channel_frame(self.channel)


def look_at(viewer: User, channel_id: int, condition: str) -> Look:
    """By the fast way, or else by the rule. NotFound as in channel_for."""
    look = Look(viewer.pk, channel_id, condition)
    if not look.own:
        look.by_rule(viewer)
    return look


def newest(channel_id: int, count: int) -> str:
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
