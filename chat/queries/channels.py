"""Which channels there are for a viewer, and who is in them."""

from collections.abc import Collection

from django.db.models import Q

from accounts.models import User
from chat import wire
from chat.models import Channel, Membership
from chat.queries.frames import channel_frames, listed_frames
from chat.queries.visibility import channel_for, own_channels, visible_channels
from realtime import topics
from realtime.frames import Event

CHANNELS_LIMIT = 500


def feeds(user: User) -> dict[str, int]:
    """The topic of each channel that the user's sockets follow, with the channel's version."""
    rows = Membership.objects.filter(user=user).values_list("channel_id", "channel__version")
    return {topics.channel(channel_id): version for channel_id, version in rows}


def moved(user: User, gained: Collection[int], lost: Collection[int]) -> list[Event]:
    """The events that a socket missed which follows these channels only now, or no longer."""
    channels = [channel for channel in own_channels(user) if channel.pk in gained]
    counts = Channel.objects.filter(pk__in=lost).values_list("pk", "member_count")
    myself = wire.Sender.of(user)
    left = [wire.MemberChange(channel=pk, user=myself, member_count=n) for pk, n in counts]
    return [*map(wire.ChannelUpdated, channel_frames(channels)), *map(wire.UserLeft, left)]


def list_channels(user: User, *, kind: str | None = None, query: str = "") -> list[wire.Channel]:
    """By name, at most CHANNELS_LIMIT. Threads only when they are asked for."""
    channels = visible_channels(user).filter(Q(name__icontains=query) | Q(topic__icontains=query))
    channels = channels.filter(kind=kind) if kind else channels.exclude(kind=Channel.Kind.THREAD)
    return listed_frames(channels.order_by("name", "pk")[:CHANNELS_LIMIT])


def list_members(
    user: User, *, channel_id: int, after: int = 0, limit: int = 200
) -> tuple[list[wire.Member], bool]:
    """A page of members by user id, and whether there are more."""
    channel = channel_for(user, channel_id)
    rows = Membership.objects.filter(channel=channel, user_id__gt=after).select_related("user")
    page = [wire.Member.of(row) for row in rows.order_by("user_id")[: limit + 1]]
    return page[:limit], len(page) > limit
