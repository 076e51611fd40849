"""How the database is emptied after a test that committed.

Django's flush truncates every table, also the empty ones, and then makes all permissions anew:
a third of a second on Postgres, several minutes in a run. Only what tests write has to go.
"""

from functools import cache
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.test import TransactionTestCase

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

KEPT = {"django_content_type", "auth_permission"}  # of the models, not of a test


def install() -> None:
    TransactionTestCase._fixture_teardown = _empty  # type: ignore[attr-defined]


def _empty(_case: TransactionTestCase) -> None:
    """Foreign keys are checked at the end of the transaction: any order will do."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _filled(cursor):
            cursor.execute(f"DELETE FROM {table}")


def _filled(cursor: "CursorWrapper") -> list[str]:
    cursor.execute(_question())
    return [name for (name,) in cursor.fetchall()]


@cache
def _question() -> str:
    names = set(connection.introspection.django_table_names(only_existing=True)) - KEPT
    return " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in sorted(names)
    )
