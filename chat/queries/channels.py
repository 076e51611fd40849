"""Which channels there are for a viewer, and who is in them."""

from collections.abc import Collection
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from chat import wire
from chat.models import Channel, Membership
from chat.queries.frames import channel_frames, row_frames, shown_rows, visible_rows
from chat.queries.visibility import channel_for, own_channels, visible_channels
from realtime import topics
from realtime.frames import Event
from realtime.statements import Statement, carry_out, numbers, table

CHANNELS_LIMIT = 500
ANYBODY = -(2**40)


def feeds(user_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """By user: the topic of each channel that their sockets follow, with the channel's version."""
    [rows] = carry_out(
        (
            "SELECT own.user_id, channel.id, channel.version"  # noqa: S608
            f" FROM {table(Membership)} AS own"
            f" JOIN {table(Channel)} AS channel ON channel.id = own.channel_id"
            f" WHERE own.user_id IN ({numbers(user_ids)})",
            [],
        )
    )
    found: dict[int, dict[str, int]] = {user_id: {} for user_id in user_ids}
    for user_id, channel_id, version in rows:
        found[user_id][topics.channel(channel_id)] = version
    return found


def moved(user: User, gained: Collection[int], lost: Collection[int]) -> list[Event]:
    """The events that a socket missed which follows these channels only now, or no longer."""
    channels = [channel for channel in own_channels(user) if channel.pk in gained]
    counts = Channel.objects.filter(pk__in=lost).values_list("pk", "member_count")
    myself = wire.Sender.of(user)
    left = [wire.MemberChange(channel=pk, user=myself, member_count=n) for pk, n in counts]
    return [*map(wire.ChannelUpdated, channel_frames(channels)), *map(wire.UserLeft, left)]


def list_channels(user: User, *, kind: str | None = None, query: str = "") -> list[wire.Channel]:
    """By name, at most CHANNELS_LIMIT. Threads only when they are asked for."""
    if query:
        named = Q(name__icontains=query) | Q(topic__icontains=query)
        return row_frames(list(_listed(visible_channels(user).filter(named), kind)))
    text, values = _listed_statement(kind)
    [rows] = carry_out((text, [user.pk if value == ANYBODY else value for value in values]))
    return row_frames(shown_rows(rows))


@cache
def _listed_statement(kind: str | None) -> Statement:
    """With ANYBODY for who asks: the ORM takes 2 ms to put the rule into SQL."""
    rows = _listed(visible_channels(User(pk=ANYBODY)), kind)
    text, values = rows.query.sql_with_params()
    return text, list(values)


def _listed(channels: QuerySet[Channel], kind: str | None) -> QuerySet[Channel, Any]:
    chosen = channels.filter(kind=kind) if kind else channels.exclude(kind=Channel.Kind.THREAD)
    return visible_rows(chosen.order_by("name", "pk")[:CHANNELS_LIMIT])


def list_members(
    user: User, *, channel_id: int, after: int = 0, limit: int = 200
) -> tuple[list[wire.Member], bool]:
    """A page of members by user id, and whether there are more."""
    channel = channel_for(user, channel_id)
    rows = Membership.objects.filter(channel=channel, user_id__gt=after).select_related("user")
    page = [wire.Member.of(row) for row in rows.order_by("user_id")[: limit + 1]]
    return page[:limit], len(page) > limit
