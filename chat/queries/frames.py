"""Rows as frames: whatever a list of messages shows, in one round trip however long it is."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from chat import wire
from chat.models import Channel, Membership, Mention, Reaction
from chat.queries.visibility import own_membership
from realtime.statements import (
    Rows,
    Statement,
    carry_out,
    numbers,
    record_type,
    records,
    select,
    table,
)

# What wire.Channel.of reads of a channel and of a membership.
SHOWN = (
    "pk", "kind", "name", "topic", "archived", "parent_id", "root_message_id", "version",
    "last_position", "last_message_at", "member_count",
)  # fmt: skip
Shown = record_type("Shown", SHOWN)
Own = record_type("Own", wire.Membership.model_fields)


def message_frames(messages: Iterable[Any]) -> list[wire.Message]:
    """Of messages, or records of them (statements.py), in their order."""
    rows = list(messages)
    if not rows:
        return []
    ids = numbers(row.pk for row in rows)
    found = carry_out(
        _senders_statement(row.sender_id for row in rows),
        _below(Mention, "user_id", ids),
        _below(Reaction, "emoji, user_id", ids),
        select(Channel, f"WHERE root_message_id IN ({ids})"),
    )
    people, mentions, reactions = _senders(found[0]), _by_message(found[1]), _by_message(found[2])
    threads = {row.root_message_id: row for row in records(Channel, found[3])}
    return [
        wire.Message.of(
            row,
            people[row.sender_id],
            mentions=[user_id for (user_id,) in mentions.get(row.pk, ()) if user_id],
            reactions=wire.group_reactions(reactions.get(row.pk, ())),
            thread=wire.ThreadSummary.of(threads[row.pk]) if row.pk in threads else None,
        )
        for row in rows
    ]


def senders(user_ids: Iterable[int]) -> dict[int, wire.Sender]:
    """One frame per person, shared by all their messages."""
    [rows] = carry_out(_senders_statement(user_ids))
    return _senders(rows)


def _senders_statement(user_ids: Iterable[int]) -> Statement:
    columns = "id, username, display_name, avatar, is_bot"
    return f"SELECT {columns} FROM {table(User)} WHERE id IN ({numbers(set(user_ids))})", []  # noqa: S608


def _senders(rows: Rows) -> dict[int, wire.Sender]:
    return {
        pk: wire.Sender(
            id=pk,
            username=username,
            display_name=display_name,
            avatar_url=User(avatar=avatar).avatar_url if avatar else "",
            is_bot=bool(is_bot),
        )
        for pk, username, display_name, avatar, is_bot in rows
    }


def _below(model: Any, columns: str, ids: str) -> Statement:
    """What stands below these messages, the first one first."""
    return (
        f"SELECT message_id, {columns} FROM {table(model)}"  # noqa: S608
        f" WHERE message_id IN ({ids}) ORDER BY id",
        [],
    )


def _by_message(rows: Rows) -> dict[int, Rows]:
    found: dict[int, Rows] = defaultdict(list)
    for message_id, *values in rows:
        found[message_id].append(tuple(values))
    return found


def channel_frames(channels: Iterable[Channel]) -> list[wire.Channel]:
    """Of channels that visible_channels gave; one more query if direct ones are among them."""
    channels = list(channels)
    members = direct_members(channels)
    return [
        wire.Channel.of(channel, own_membership(channel), members.get(channel.pk))
        for channel in channels
    ]


def listed_frames(channels: QuerySet[Channel]) -> list[wire.Channel]:
    """channel_frames of a long list that visible_channels gave: without instances."""
    own = [name if name == "mention_count" else f"own__{name}" for name in Own._fields]
    rows = [
        (Shown(*row[: len(SHOWN)]), Own(*row[len(SHOWN) :]))
        for row in channels.values_list(*SHOWN, *own)
    ]
    members = direct_members(channel for channel, _ in rows)
    return [
        wire.Channel.of(channel, own if own.role else None, members.get(channel.pk))
        for channel, own in rows
    ]


def channel_frame(channel: Channel) -> wire.Channel:
    return channel_frames([channel])[0]


def direct_members(channels: Iterable[Any]) -> dict[int, list[wire.Sender]]:
    """The people of each direct conversation; nothing for other kinds."""
    found: dict[int, list[wire.Sender]] = {
        channel.pk: [] for channel in channels if channel.kind == Channel.Kind.DIRECT
    }
    if found:
        rows = Membership.objects.filter(channel_id__in=found).select_related("user")
        for row in rows.order_by("user_id"):
            found[row.channel_id].append(wire.Sender.of(row.user))
    return found
