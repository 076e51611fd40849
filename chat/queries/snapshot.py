"""Several reads of one moment: without it a message is read at one version, and a moment later the
reactions of the next."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Every query inside sees the database as the first one saw it. Inside a transaction that
    writes, the locks that it holds do the same."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        yield from _deferred()


def _deferred() -> Iterator[None]:
    """SQLite. Not atomic(), which would take the lock of writers at once."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("COMMIT")
