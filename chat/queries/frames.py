"""Rows as frames: whatever a list of messages shows, in one round trip however long it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db.models import Field, QuerySet
from pydantic import TypeAdapter

from accounts.models import User
from chat import wire
from chat.models import Channel, Membership, Mention, Message, Reaction
from chat.queries.visibility import own_membership, own_statement
from realtime.statements import (
    Reader,
    Rows,
    Statement,
    carry_out,
    fields_of,
    numbers,
    quote,
    reader,
    records,
    select,
    table,
)

# A channel and one's membership in it as a row: under the names of their frames, which but for the
# last one are those of columns too.
SHOWN = (
    "id", "kind", "name", "topic", "archived", "posting", "parent", "root_message", "version",
    "last_position", "last_message_at", "member_count",
)  # fmt: skip
OWN = tuple(wire.Membership.model_fields)
LAST_POSITION = SHOWN.index("last_position")
CHANNELS = TypeAdapter(list[wire.Channel])


def message_frames(messages: Iterable[Any]) -> list[wire.Message]:
    """Of messages, or records of them (statements.py), in their order."""
    rows = list(messages)
    if not rows:
        return []
    senders = numbers({row.sender_id for row in rows})
    return framed(rows, carry_out(*beside(numbers(row.pk for row in rows), senders)))


def page_statements(condition: str) -> list[Statement]:
    """The messages that meet a condition in SQL, with all that they show; `page` reads it."""
    chosen = f"FROM {table(Message)} WHERE {condition}"
    shown = beside(f"SELECT id {chosen}", f"SELECT sender_id {chosen}")
    return [select(Message, f"WHERE {condition}"), *shown]


def page(found: list[Rows]) -> list[wire.Message]:
    """Of the rows of page_statements."""
    return framed(records(Message, found[0]), found[1:])


def beside(messages: str, senders: str) -> list[Statement]:
    """What messages show that does not stand in their rows; both in SQL: ids, or what selects
    them."""
    return [
        senders_statement(senders),
        _below(Mention, "user_id", messages),
        _below(Reaction, "emoji, user_id", messages),
        select(Channel, f"WHERE root_message_id IN ({messages})"),
    ]


def framed(rows: Iterable[Any], found: list[Rows]) -> list[wire.Message]:
    """The rows with what `beside` found."""
    people, mentions, reactions = _senders(found[0]), by_first(found[1]), by_first(found[2])
    threads = {row.root_message_id: row for row in records(Channel, found[3])}
    return [
        wire.Message.of(
            row,
            people[row.sender_id],
            mentions=_named(mentions[row.pk]) if row.pk in mentions else [],
            reactions=wire.group_reactions(reactions[row.pk]) if row.pk in reactions else [],
            thread=wire.ThreadSummary.of(threads[row.pk]) if row.pk in threads else None,
        )
        for row in rows
    ]


def _named(rows: Rows) -> list[int]:
    """Without the row that stands for everybody."""
    return [user_id for (user_id,) in rows if user_id]


def senders(user_ids: Iterable[int]) -> dict[int, wire.Sender]:
    """One frame per person, shared by all their messages."""
    [rows] = carry_out(senders_statement(numbers(set(user_ids))))
    return _senders(rows)


SENDER = "id", "username", "display_name", "avatar", "is_bot"


def senders_statement(ids: str) -> Statement:
    return f"SELECT {', '.join(SENDER)} FROM {table(User)} WHERE id IN ({ids})", []  # noqa: S608


def _senders(rows: Rows) -> dict[int, wire.Sender]:
    return {row[0]: _sender(*row) for row in rows}


def _sender(pk: int, username: str, display_name: str, avatar: str, is_bot: Any) -> wire.Sender:
    return wire.Sender(
        id=pk,
        username=username,
        display_name=display_name,
        avatar_url=User(avatar=avatar).avatar_url if avatar else "",
        is_bot=bool(is_bot),
    )


def _below(model: Any, columns: str, ids: str) -> Statement:
    """What stands below these messages, the first one first."""
    return (
        f"SELECT message_id, {columns} FROM {table(model)}"  # noqa: S608
        f" WHERE message_id IN ({ids}) ORDER BY id",
        [],
    )


def by_first(rows: Rows) -> dict[int, Rows]:
    """The rest of the rows by what stands first in them: an id."""
    found: dict[int, Rows] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row[1:])
    return found


def channel_frames(channels: Iterable[Channel]) -> list[wire.Channel]:
    """Of channels that visible_channels gave; one more query if direct ones are among them."""
    channels = list(channels)
    members = direct_members(channels)
    return [
        wire.Channel.of(channel, own_membership(channel), members.get(channel.pk))
        for channel in channels
    ]


def own_frames_statements(users: str) -> list[Statement]:
    """Every channel that each of these is a member of; `own_frames` reads them. `users`: ids."""
    inside = f"SELECT channel_id FROM {table(Membership)} WHERE user_id IN ({users})"  # noqa: S608
    return [own_row_statement(f"own.user_id IN ({users})"), _members_statement(inside)]


def own_frames(channels: Rows, members: Rows) -> dict[int, list[wire.Channel]]:
    """By user."""
    rows = owned_rows(channels)
    frames: dict[int, list[wire.Channel]] = defaultdict(list)
    for row, frame in zip(rows, _frames([row[1:] for row in rows], _members(members)), strict=True):
        frames[row[0]].append(frame)
    return frames


def own_row_statement(condition: str) -> Statement:
    """own_channels as rows, behind the user whose own they are; `owned_rows` reads them."""
    return own_statement(f"own.user_id, {_shown_columns()}", condition)


def owned_rows(rows: Rows) -> list[Sequence[Any]]:
    return list(_owned_reader()(rows))


def visible_rows(channels: QuerySet[Channel]) -> QuerySet[Channel, Any]:
    """The same of what visible_channels gave."""
    own = [name if name == "mention_count" else f"own__{name}" for name in OWN]
    return channels.values_list(*SHOWN, *own)


def shown_rows(rows: Rows) -> list[Sequence[Any]]:
    return list(_shown_reader()(rows))


def row_frames(rows: Sequence[Sequence[Any]]) -> list[wire.Channel]:
    direct = [row[0] for row in rows if row[1] == Channel.Kind.DIRECT]
    return _frames(rows, members_of(direct))


def _frames(
    rows: Sequence[Sequence[Any]], members: dict[int, list[wire.Sender]]
) -> list[wire.Channel]:
    """All in one call of the validator: half the time of one for each."""
    return CHANNELS.validate_python([_shown(row, members) for row in rows])


def _shown(row: Sequence[Any], members: dict[int, list[wire.Sender]]) -> dict[str, Any]:
    own = row[len(SHOWN) :]
    shown = dict(zip(SHOWN, row, strict=False))
    shown["membership"] = dict(zip(OWN, own, strict=True)) if own[0] else None
    shown["members"] = members.get(row[0])
    return shown


@cache
def _shown_columns() -> str:
    own = [f"own.{name}" for name in OWN if name != "mention_count"]
    return ", ".join([*(f"channel.{quote(f.column)}" for f in fields_of(Channel, SHOWN)), *own])


@cache
def _shown_reader() -> Reader:
    return reader(_shown_fields())


@cache
def _owned_reader() -> Reader:
    return reader([None, *_shown_fields()])


def _shown_fields() -> "list[Field[Any, Any] | None]":
    own = [name for name in OWN if name != "mention_count"]
    return [*fields_of(Channel, SHOWN), *fields_of(Membership, own), None]


def channel_frame(channel: Channel) -> wire.Channel:
    return channel_frames([channel])[0]


def direct_members(channels: Iterable[Any]) -> dict[int, list[wire.Sender]]:
    """The people of each direct conversation; nothing for other kinds."""
    return members_of([each.pk for each in channels if each.kind == Channel.Kind.DIRECT])


def members_of(directs: Sequence[int]) -> dict[int, list[wire.Sender]]:
    if not directs:
        return {}
    [rows] = carry_out(_members_statement(numbers(directs)))
    return _members(rows)


def _members_statement(channels: str) -> Statement:
    """Of the direct conversations among these, given in SQL: ids, or what selects them."""
    people = ", ".join(f"person.{name}" for name in SENDER)
    return (
        f"SELECT channel.id, {people} FROM {table(Channel)} AS channel"  # noqa: S608
        f" JOIN {table(Membership)} AS membership ON membership.channel_id = channel.id"
        f" JOIN {table(User)} AS person ON person.id = membership.user_id"
        f" WHERE channel.kind = '{Channel.Kind.DIRECT}' AND channel.id IN ({channels})"
        " ORDER BY person.id",
        [],
    )


def _members(rows: Rows) -> dict[int, list[wire.Sender]]:
    found: dict[int, list[wire.Sender]] = defaultdict(list)
    for channel_id, *person in rows:
        found[channel_id].append(_sender(*person))
    return found
