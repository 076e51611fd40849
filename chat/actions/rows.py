"""What every write begins and ends with: channels locked, rows stored together."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

from chat.models import Channel


def lock_channels(channel_ids: Iterable[int]) -> dict[int, Channel]:
    """Those channels and the parents of the threads among them, locked until the commit.

    Each thread has its `parent` loaded. Locked in the order of ids, so that two writers cannot
    wait for each other.
    """
    ids = list(set(channel_ids))
    if not ids:
        return {}
    rows = Channel.objects.raw(_lock_statement(len(ids)), ids * 2)
    channels = {row.pk: row for row in rows}
    for channel in channels.values():
        if channel.parent_id is not None:
            channel.parent = channels[channel.parent_id]
    return channels


def _lock_statement(count: int) -> str:
    """Written out: the ORM takes longer to make this query than the database to answer it."""
    table = Channel._meta.db_table
    ids = ", ".join(["%s"] * count)
    lock = connection.ops.for_update_sql() if connection.features.has_select_for_update else ""
    return (
        f"SELECT * FROM {table} WHERE id IN ("  # noqa: S608
        f"SELECT id FROM {table} WHERE id IN ({ids})"
        f" UNION SELECT parent_id FROM {table} WHERE id IN ({ids})"
        f") ORDER BY id {lock}"
    )


def lock_channel(channel_id: int) -> Channel | None:
    return lock_channels([channel_id]).get(channel_id)


def insert_rows(
    model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> list[int]:
    """One INSERT, however many rows; their ids in order. `rows` hold what the database takes.

    A third of what `bulk_create` costs, which makes and inspects an instance for every row.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    names = ", ".join(_quote(field.column) for field in fields)
    source, values = _table_of(fields, rows)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_quote(model._meta.db_table)} ({names})"  # noqa: S608
            f" SELECT * FROM {source} RETURNING id",
            values,
        )
        return [row[0] for row in cursor.fetchall()]


def find_rows(
    model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> list[int]:
    """The ids of what is there with these values in these columns; none may be null."""
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    table = _quote(model._meta.db_table)
    same = " AND ".join(
        f"{table}.{_quote(field.column)} = stored.column{place}"
        for place, field in enumerate(fields, 1)
    )
    source, values = _table_of(fields, rows)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {table}.id FROM {table} JOIN {source} ON {same}", values)  # noqa: S608
        return [row[0] for row in cursor.fetchall()]


def update_rows(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """One UPDATE, however many rows: each is its id and the new values of the columns.

    `bulk_update` builds a CASE per row and column, which took longer than the rest of a batch.
    """
    if not rows:
        return
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    assignments = ", ".join(
        f"{_quote(field.column)} = stored.column{place}" for place, field in enumerate(fields, 2)
    )
    source, values = _table_of([model._meta.pk, *fields], rows)
    table = _quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {assignments} FROM {source}"  # noqa: S608
            f" WHERE {table}.id = stored.column1",
            values,
        )


def save_rows(rows: Sequence[Model], *columns: str) -> None:
    """update_rows for instances of one model."""
    if rows:
        fields: list[Any] = [rows[0]._meta.get_field(name) for name in columns]
        values = [
            (
                row.pk,
                *(
                    field.get_db_prep_save(getattr(row, field.attname), connection)
                    for field in fields
                ),
            )
            for row in rows
        ]
        update_rows(type(rows[0]), columns, values)


def _table_of(fields: Sequence[Any], rows: Sequence[Sequence[Any]]) -> tuple[str, list[Any]]:
    """`stored` with column1, column2 …, as both databases call the columns of VALUES."""
    if connection.vendor == "postgresql":
        # Arrays, because psycopg takes its time for each of the thousands of places of a VALUES.
        types = ", ".join(f"%s::{field.cast_db_type(connection)}[]" for field in fields)
        names = ", ".join(f"column{place}" for place in range(1, len(fields) + 1))
        return f"unnest({types}) AS stored({names})", [
            list(column) for column in zip(*rows, strict=True)
        ]
    one = "(" + ", ".join(["%s"] * len(fields)) + ")"
    return f"(VALUES {', '.join([one] * len(rows))}) AS stored", [v for row in rows for v in row]


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)
