"""What is tried again when the database fails, and when nothing may be said about it."""

from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from psycopg_pool import PoolTimeout

from realtime import retry
from realtime.errors import DomainError
from realtime.retry import OutcomeUnknown, patiently


class Flaky:
    """Fails with these one after the other, then does it."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.calls = 0

    def __call__(self) -> int:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return self.calls


class Cause(Exception):
    def __init__(self, sqlstate: str | None) -> None:
        self.sqlstate = sqlstate


def failure(sqlstate: str | None, kind: type[Exception] = OperationalError) -> Exception:
    return caused_by(Cause(sqlstate), kind)


def caused_by(cause: Exception, kind: type[Exception] = OperationalError) -> Exception:
    error = kind("as Django wraps it")
    error.__cause__ = cause
    return error


@dataclass
class Connection:
    vendor: str = "postgresql"
    in_atomic_block: bool = False

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def connection(monkeypatch: pytest.MonkeyPatch) -> Connection:
    monkeypatch.setattr(retry, "PAUSE_SECONDS", (0, 0))
    stand_in = Connection()
    monkeypatch.setattr(retry, "connection", stand_in)
    return stand_in


PASSING: list[Any] = [
    failure("40001"),
    failure("40P01"),
    failure("57P01"),
    failure("08006"),
    failure(None),
    failure(None, InterfaceError),
    caused_by(PoolTimeout()),
]


@pytest.mark.parametrize("error", PASSING)
def test_what_passes_is_tried_until_it_goes_well(error: Exception) -> None:
    assert patiently(Flaky(error, error, error)) == 4


@pytest.mark.parametrize("error", [failure("53100"), DomainError(), ZeroDivisionError()])
def test_what_will_fail_again_is_not_tried_again(error: Exception) -> None:
    flaky = Flaky(error)
    with pytest.raises(type(error)):
        patiently(flaky)
    assert flaky.calls == 1


def test_a_commit_that_was_lost_is_never_called_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "PATIENCE_SECONDS", -1)
    with pytest.raises(OutcomeUnknown):
        patiently(Flaky(failure(None)))


def test_a_lost_commit_stays_unknown_whatever_fails_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moments = iter([0.0, 0.0, 100.0])
    clock = SimpleNamespace(monotonic=lambda: next(moments), sleep=lambda seconds: None)
    monkeypatch.setattr(retry, "time", clock)
    with pytest.raises(OutcomeUnknown):
        patiently(Flaky(failure(None), caused_by(PoolTimeout())))


def test_what_never_reached_the_database_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "PATIENCE_SECONDS", -1)
    with pytest.raises(OperationalError):
        patiently(Flaky(caused_by(PoolTimeout())))


def test_a_locked_sqlite_is_tried_again(connection: Connection) -> None:
    connection.vendor = "sqlite"
    assert patiently(Flaky(OperationalError("database is locked"))) == 2
    with pytest.raises(OperationalError):
        patiently(Flaky(OperationalError("no such table: chat_message")))


def test_what_is_repeated_knows_that_it_may_have_happened() -> None:
    seen: list[bool] = []

    def call(failures: list[Exception]) -> None:
        seen.append(retry.may_have_happened())
        if failures:
            raise failures.pop()

    patiently(partial(call, [failure(None), failure("40001")]))
    assert seen == [False, False, True]
    patiently(partial(call, []))
    assert not seen[-1]
