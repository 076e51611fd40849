"""What every write begins and ends with: channels locked, rows stored together."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

from chat.models import Channel
from realtime import statements
from realtime.statements import Rows, Statement, carry_out


def lock_channels(channel_ids: Iterable[int]) -> dict[int, Channel]:
    """Those channels and the parents of the threads among them, locked until the commit.

    Each thread has its `parent` loaded. Locked in the order of ids, so that two writers cannot
    wait for each other.
    """
    [rows] = carry_out(lock_statement(set(channel_ids)))
    return channels_of(rows)


def lock_channel(channel_id: int) -> Channel | None:
    return lock_channels([channel_id]).get(channel_id)


def lock_statement(channel_ids: Iterable[int]) -> Statement:
    text, values = channels_statement(channel_ids)
    has_locks = connection.features.has_select_for_update
    return f"{text} {connection.ops.for_update_sql() if has_locks else ''}", values


def channels_statement(channel_ids: Iterable[int]) -> Statement:
    """Those channels and the parents of the threads among them; `channels_of` reads them."""
    table, ids = statements.table(Channel), statements.numbers(channel_ids)
    return statements.select(
        Channel,
        f"WHERE id IN (SELECT id FROM {table} WHERE id IN ({ids})"  # noqa: S608
        f" UNION SELECT parent_id FROM {table} WHERE id IN ({ids})) ORDER BY id",
    )


def channels_of(rows: Rows) -> dict[int, Channel]:
    channels = {channel.pk: channel for channel in statements.instances(Channel, rows)}
    for channel in channels.values():
        if channel.parent_id is not None:
            channel.parent = channels[channel.parent_id]
    return channels


def find_rows(
    model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> list[int]:
    """The ids of what is there with these values in these columns; none may be null."""
    [found] = carry_out(statements.find(model, columns, rows))
    return [row[0] for row in found]


def save_rows(rows: Sequence[Model], *columns: str) -> None:
    """These columns of instances of one model."""
    if rows:
        names = [field.attname for field in statements.fields_of(type(rows[0]), columns)]
        values = [(row.pk, *(getattr(row, name) for name in names)) for row in rows]
        carry_out(statements.update(type(rows[0]), columns, values))
