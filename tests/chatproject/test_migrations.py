"""The migrations make the database that the models describe, on each of the two databases."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from tests.servers import Worker


@pytest.fixture
def empty_database(db: None, tmp_path: Path) -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    from tests.on_postgres import server

    return server.create_database("empty")


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_an_empty_database_is_migrated_and_serves(empty_database: str) -> None:
    worker = Worker(DATABASE_URL=empty_database)
    worker.manage("migrate", "--verbosity", "0")
    worker.manage("migrate", "--check")
    with worker:
        assert worker.answers()
