"""SQL written out, for what stands in the way of every message: the ORM takes longer to make these
statements than a database to carry them out. They work on Postgres and on SQLite."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import DEFAULT_DB_ALIAS, Error, connection, transaction
from django.db.models import Field, Model
from pydantic_core import to_json

Statement = tuple[str, list[Any]]
Rows = list[tuple[Any, ...]]
Reader = Callable[[Rows], Iterable[Sequence[Any]]]

PLAIN = (int, str, bool, type(None))  # what every driver takes as it is


# On SQLite not atomic(), which would take the lock of writers at once.
BEGIN = {
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "sqlite": "BEGIN DEFERRED",
}


def carry_out(*statements: Statement) -> list[Rows]:
    """The rows of each, in order; on Postgres in one round trip."""
    with connection.cursor() as cursor:
        if not is_postgres():
            return [_sqlite_rows(cursor.execute(*statement)) for statement in statements]
        texts, values = zip(*statements, strict=True)
        cursor.execute("; ".join(texts), [one for some in values for one in some] or None)
        results = cursor.cursor  # what the driver has already: without Django's wrapper
        found = [_postgres_rows(results)]
        while results.nextset():
            found.append(_postgres_rows(results))
        return found


def at_one_moment(*statements: Statement) -> list[Rows]:
    """carry_out of reads that all see what the first one sees (see snapshot.py)."""
    if connection.in_atomic_block:
        return carry_out(*statements)
    try:
        _, *found, _ = carry_out((BEGIN[vendor()], []), *statements, ("COMMIT", []))
    except Error:
        connection.close()  # in the middle of a transaction
        raise
    return found


class Ends(NamedTuple):
    """What begins a transaction and what ends it."""

    begin: Sequence[Statement] = ()
    commit: Sequence[Statement] = ()


@contextmanager
def atomic() -> Iterator[Ends]:
    """Django's, with its ends to be carried out along with the first statements in it and, where
    it is known, the last: alone each is a round trip more. Without `commit` the block's end does
    it. In another transaction and on SQLite there is nothing to carry out."""
    is_own = is_postgres() and not connection.in_atomic_block
    with transaction.atomic():
        if is_own:
            connection.connection.autocommit = True  # of the driver, which would send its own BEGIN
        yield Ends([("BEGIN", [])], [("COMMIT", [])]) if is_own else Ends()


@cache
def vendor() -> str:
    return connection.vendor


def is_postgres() -> bool:
    return vendor() == "postgresql"


def _sqlite_rows(cursor: Any) -> Rows:
    rows: Rows = cursor.fetchall() if cursor.description else []
    return rows


def _postgres_rows(cursor: Any) -> Rows:
    # Not `description`, which makes an object for each column.
    rows: Rows = cursor.fetchall() if cursor.pgresult.nfields else []
    return rows


def select(model: type[Model], condition: str) -> Statement:
    """All columns of the rows that meet the condition; `records` reads them."""
    return f"SELECT {columns(model, table(model))} FROM {table(model)} {condition}", []  # noqa: S608


def records(model: type[Model], rows: Rows) -> list[Any]:
    """The rows of a select, with the attributes of the model's columns: a tenth of what instances
    cost, where nothing but columns is wanted."""
    make = _record(model)._make
    return [make(row) for row in converted(model, rows)]


def instances(model: type[Model], rows: Rows) -> list[Any]:
    names = [field.attname for field in model._meta.concrete_fields]
    return [model.from_db(DEFAULT_DB_ALIAS, names, row) for row in converted(model, rows)]


def converted(model: type[Model], rows: Rows) -> Iterable[Sequence[Any]]:
    """As Python has it what a driver gives as text or numbers: SQLite's times, JSON."""
    return _reader(model)(rows)


@cache
def _record(model: type[Model]) -> Any:
    names = [field.attname for field in model._meta.concrete_fields]
    record = record_type(f"{model.__name__}Record", names)
    record.pk = property(itemgetter(names.index(model._meta.pk.attname)))
    return record


def record_type(name: str, fields: Iterable[str]) -> Any:
    """Its fields are known only when it runs."""
    make: Any = namedtuple
    return make(name, fields)


@cache
def _reader(model: type[Model]) -> Reader:
    return reader(model._meta.concrete_fields)


def reader(fields: Iterable["Field[Any, Any] | None"]) -> Reader:
    """What `converted` does, for rows of these columns; None for one that needs nothing. Kept by
    who uses it: it is slow to make."""
    compiler = get_user_model()._default_manager.all().query.get_compiler(DEFAULT_DB_ALIAS)
    columns = [field and field.get_col(field.model._meta.db_table) for field in fields]
    converters = compiler.get_converters(columns)
    return (lambda rows: compiler.apply_converters(rows, converters)) if converters else iter


def insert(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Statement:
    """One INSERT, however many rows; it gives their ids in order.

    A third of what `bulk_create` costs, which makes and inspects an instance for every row.
    """
    fields = fields_of(model, columns)
    names = ", ".join(quote(field.column) for field in fields)
    source, values = table_of(fields, rows)
    return (
        f"INSERT INTO {table(model)} ({names}) SELECT * FROM {source} RETURNING id",  # noqa: S608
        values,
    )


def update(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Statement:
    """One UPDATE, however many rows: each is its id and the new values of the columns.

    `bulk_update` builds a CASE per row and column, which took longer than the rest of a batch.
    """
    fields = fields_of(model, columns)
    assignments = ", ".join(
        f"{quote(field.column)} = stored.column{place}" for place, field in enumerate(fields, 2)
    )
    source, values = table_of([model._meta.pk, *fields], rows)
    return (
        f"UPDATE {table(model)} SET {assignments} FROM {source}"  # noqa: S608
        f" WHERE {table(model)}.id = stored.column1",
        values,
    )


def find(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Statement:
    """The ids of what is there with these values in these columns; none may be null."""
    fields = fields_of(model, columns)
    same = " AND ".join(
        f"{table(model)}.{quote(field.column)} = stored.column{place}"
        for place, field in enumerate(fields, 1)
    )
    source, values = table_of(fields, rows)
    return f"SELECT {table(model)}.id FROM {table(model)} JOIN {source} ON {same}", values  # noqa: S608


def table_of(fields: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Statement:
    """`stored` with column1, column2 …, as both databases call the columns of VALUES."""
    if is_postgres():
        # One JSON document: psycopg takes 2 µs for each place of a VALUES or an array.
        names, source = _recordset(tuple(fields))
        document = to_json([dict(zip(names, row, strict=True)) for row in rows]).decode()
        return source, [document]
    one = "(" + ", ".join(["%s"] * len(fields)) + ")"
    values = [
        value if isinstance(value, PLAIN) else field.get_db_prep_save(value, connection)
        for row in rows
        for field, value in zip(fields, row, strict=True)
    ]
    return f"(VALUES {', '.join([one] * len(rows))}) AS stored", values


@cache
def _recordset(fields: tuple[Any, ...]) -> tuple[list[str], str]:
    """The names of its columns, and the table that Postgres makes of a document with them."""
    names = [f"column{place}" for place in range(1, len(fields) + 1)]
    types = [field.cast_db_type(connection) for field in fields]
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(names, types, strict=True))
    return names, f"json_to_recordset(%s) AS stored({columns})"


def moment(value: datetime) -> Any:
    """As a value of a statement."""
    return connection.ops.adapt_datetimefield_value(value)


def numbers(values: Iterable[int]) -> str:
    """Into the text of the statement: what holds no other values is not searched for places."""
    return ", ".join(map(str, map(int, values))) or "NULL"


@cache
def columns(model: type[Model], of: str) -> str:
    """All of the model's, under the name that the table has in the statement."""
    return ", ".join(f"{of}.{quote(field.column)}" for field in model._meta.concrete_fields)


def fields_of(model: type[Model], columns: Iterable[str]) -> list["Field[Any, Any]"]:
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    return fields


@cache
def table(model: type[Model]) -> str:
    return quote(model._meta.db_table)


def quote(name: str) -> str:
    return connection.ops.quote_name(name)
