"""Rows as frames: whatever a list of messages shows, in four queries however long it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from accounts.models import User
from chat import wire
from chat.models import Channel, Membership, Mention, Message, Reaction
from chat.queries.visibility import own_membership


def senders(user_ids: Iterable[int]) -> dict[int, wire.Sender]:
    """One frame per person, shared by all their messages."""
    rows = User.objects.filter(pk__in=set(user_ids)).only(
        "username", "display_name", "avatar", "is_bot"
    )
    return {row.pk: wire.Sender.of(row) for row in rows}


def message_frames(rows: QuerySet[Message] | Sequence[Message]) -> list[wire.Message]:
    """Of a query set, or of rows that are loaded; in their order."""
    if isinstance(rows, QuerySet):
        rows = list(rows.select_related("thread"))
    ids = [row.pk for row in rows]
    people = senders(row.sender_id for row in rows)
    mentions = mentions_of(ids)
    reactions = reactions_of(ids)
    return [
        wire.Message.of(
            row,
            people[row.sender_id],
            mentions=mentions.get(row.pk, []),
            reactions=wire.group_reactions(reactions.get(row.pk, [])),
            thread=thread_summary(row),
        )
        for row in rows
    ]


def mentions_of(message_ids: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    named = Mention.objects.filter(message_id__in=message_ids, user__isnull=False)
    pairs = named.order_by("pk")
    for message_id, user_id in pairs.values_list("message_id", "user_id"):
        found[message_id].append(user_id)
    return found


def reactions_of(message_ids: list[int]) -> dict[int, list[Reaction]]:
    found: dict[int, list[Reaction]] = defaultdict(list)
    for reaction in Reaction.objects.filter(message_id__in=message_ids).order_by("pk"):
        found[reaction.message_id].append(reaction)
    return found


def thread_summary(row: Message) -> wire.ThreadSummary | None:
    thread: Channel | None = getattr(row, "thread", None)
    return wire.ThreadSummary.of(thread) if thread else None


def channel_frames(channels: Iterable[Channel]) -> list[wire.Channel]:
    """Of channels that visible_channels gave; one more query if direct ones are among them."""
    channels = list(channels)
    members = direct_members(channels)
    return [
        wire.Channel.of(channel, own_membership(channel), members.get(channel.pk))
        for channel in channels
    ]


def channel_frame(channel: Channel) -> wire.Channel:
    return channel_frames([channel])[0]


def direct_members(channels: Iterable[Channel]) -> dict[int, list[wire.Sender]]:
    """The people of each direct conversation; nothing for other kinds."""
    found: dict[int, list[wire.Sender]] = {
        channel.pk: [] for channel in channels if channel.kind == Channel.Kind.DIRECT
    }
    if found:
        rows = Membership.objects.filter(channel_id__in=found).select_related("user")
        for row in rows.order_by("user_id"):
            found[row.channel_id].append(wire.Sender.of(row.user))
    return found
