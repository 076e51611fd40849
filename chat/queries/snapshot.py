"""Several reads of one moment: without it a message is read at one version, and a moment later the
reactions of the next."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from realtime.statements import BEGIN


@contextmanager
def one_moment() -> Iterator[None]:
    """Every query inside sees the database as the first one saw it. Inside a transaction that
    writes, the locks that it holds do the same."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("COMMIT")
