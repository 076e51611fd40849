"""Runs the database tests on a real Postgres: `python -m pytest -p tests.on_postgres`.

The same tests, the same fixtures; only DATABASE_URL differs, and it is set before Django reads it.
"""

import os
from collections.abc import Generator

import pytest

from tests.databases import uses_database
from tests.servers import Postgres

server = Postgres()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    os.environ["DATABASE_URL"] = server.start().url()
    return (yield)


def pytest_configure(config: pytest.Config) -> None:
    # The whole cluster is thrown away; dropping the database would wait for open connections.
    config.option.reuse_db = True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    others = [item for item in items if not uses_database(item)]
    items[:] = [item for item in items if uses_database(item)]
    config.hook.pytest_deselected(items=others)


def pytest_unconfigure() -> None:
    server.close()
