"""Which tests use the database, and how another program reaches the one they use."""

from collections.abc import Mapping
from typing import Any

import pytest

FIXTURES = {"db", "transactional_db"}


def uses_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    marked = item.get_closest_marker("django_db") is not None
    return marked or not FIXTURES.isdisjoint(fixtures)


def database_url(settings: Mapping[str, Any]) -> str:
    if settings["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{settings['NAME']}"
    return "postgres://{USER}@{HOST}:{PORT}/{NAME}".format(**settings)
