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
    wanted = Channel.objects.filter(pk__in=set(channel_ids))
    parents = wanted.filter(parent__isnull=False).values("parent_id")
    rows = Channel.objects.filter(pk__in=wanted.values("pk").union(parents))
    channels = {row.pk: row for row in rows.order_by("pk").select_for_update()}
    for channel in channels.values():
        if channel.parent_id is not None:
            channel.parent = channels[channel.parent_id]
    return channels


def lock_channel(channel_id: int) -> Channel | None:
    return lock_channels([channel_id]).get(channel_id)


def update_rows(rows: Sequence[Model], columns: Sequence[str]) -> None:
    """One UPDATE for rows of one table, however many; `bulk_update` builds a CASE per row and
    column, which took longer than the whole rest of a batch."""
    if not rows:
        return
    meta = rows[0]._meta
    fields: list[Any] = [meta.get_field(name) for name in columns]
    values = [
        value
        for row in rows
        for value in (
            row.pk,
            *(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields),
        )
    ]
    table = connection.ops.quote_name(meta.db_table)
    # Both SQLite and Postgres call the columns of VALUES column1, column2 …
    assignments = ", ".join(
        f"{connection.ops.quote_name(field.column)} = stored.column{place}"
        for place, field in enumerate(fields, start=2)
    )
    tuples = ", ".join(["(" + ", ".join(["%s"] * (len(fields) + 1)) + ")"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {assignments} FROM (VALUES {tuples}) AS stored"  # noqa: S608
            f" WHERE {table}.id = stored.column1",
            values,
        )
