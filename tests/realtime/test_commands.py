"""The registry: names, limits, and how batches form."""

import asyncio
import threading
from typing import Any

import pytest

from realtime.commands import Commands, as_domain_error, parse
from realtime.errors import (
    Conflict,
    InvalidData,
    NotAuthenticated,
    RateLimited,
    UnknownEvent,
)
from realtime.frames import Request
from realtime.limits import Limit
from tests.realtime.kit import Number


class Count(Request):
    n: int


FLOOD = Limit(0.001, 1)


class Asker:
    """What the registry needs of a socket."""

    def __init__(self, user: str | None = "alice") -> None:
        self.user = user
        self.user_id = 1 if user else None
        self.connection = f"of-{user}"
        self.flood = FLOOD


def asker(user: str | None = "alice") -> Any:
    return Asker(user)


class Gate:
    """A batch handler that waits inside until it is opened, and notes what it was given."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.inside = threading.Event()
        self.batches: list[list[int]] = []

    def handle(self, calls: Any) -> list[Any]:
        self.batches.append([data.n for _, data, _ in calls])
        self.inside.set()
        assert self.open.wait(30)
        return [Conflict() if data.n < 0 else Number(n=data.n) for _, data, _ in calls]

    async def entered(self) -> None:
        assert await asyncio.to_thread(self.inside.wait, 30)


async def answers(*futures: Any) -> list[Any]:
    async with asyncio.timeout(30):
        return await asyncio.gather(*futures, return_exceptions=True)


async def test_calls_that_come_while_a_batch_runs_go_together_and_in_order() -> None:
    commands, gate = Commands(), Gate()
    commands.batch(Count)(gate.handle)
    run = commands.by_name["count"].run
    first = [run(asker(), Count(n=n)) for n in (1, 2)]
    await gate.entered()
    later = [run(asker(), Count(n=n)) for n in (3, 4, 5)]
    gate.open.set()
    assert await answers(*first, *later) == [Number(n=n) for n in range(1, 6)]
    assert gate.batches == [[1, 2], [3, 4, 5]]
    [alone] = await answers(run(asker(), Count(n=6)))
    assert (alone, gate.batches[-1]) == (Number(n=6), [6])


async def test_one_that_fails_fails_alone() -> None:
    commands, gate = Commands(), Gate()
    gate.open.set()
    commands.batch(Count)(gate.handle)
    run = commands.by_name["count"].run
    good, bad, good_too = await answers(*[run(asker(), Count(n=n)) for n in (1, -1, 2)])
    assert (good, good_too) == (Number(n=1), Number(n=2))
    assert isinstance(bad, Conflict)


async def test_a_handler_that_breaks_breaks_its_batch_and_not_the_next() -> None:
    commands = Commands()
    broken = [True]

    @commands.batch(Count)
    def handle(calls: Any) -> list[Any]:
        if broken.pop():
            raise ZeroDivisionError
        return [Number(n=data.n) for _, data, _ in calls]

    run = commands.by_name["count"].run
    for outcome in await answers(run(asker(), Count(n=1)), run(asker(), Count(n=2))):
        assert isinstance(outcome, ZeroDivisionError)
    broken.append(False)
    assert await answers(run(asker(), Count(n=3))) == [Number(n=3)]


async def test_a_batch_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realtime.commands.LARGEST_BATCH", 2)
    commands, gate = Commands(), Gate()
    gate.open.set()
    commands.batch(Count)(gate.handle)
    run = commands.by_name["count"].run
    await answers(*[run(asker(), Count(n=n)) for n in range(5)])
    assert gate.batches == [[0, 1], [2, 3], [4]]


async def test_a_call_whose_socket_is_gone_is_carried_out_all_the_same() -> None:
    commands, gate = Commands(), Gate()
    commands.batch(Count)(gate.handle)
    run = commands.by_name["count"].run
    gone, here = run(asker(), Count(n=1)), run(asker(), Count(n=2))
    gone.cancel()  # type: ignore[attr-defined]
    gate.open.set()
    assert await answers(here) == [Number(n=2)]
    assert gate.batches == [[1, 2]]


# --- one request ---


def test_a_name_is_registered_once() -> None:
    commands = Commands()
    commands.request(Count)(lambda user, data: None)
    with pytest.raises(ValueError, match="count is registered twice"):
        commands.request(Count)(lambda user, data: None)


def test_who_may_ask_for_what_and_how_often() -> None:
    FLOOD.clear()
    commands = Commands()
    commands.request(Count, limit=Limit(0.001, 1))(lambda user, data: None)
    with pytest.raises(UnknownEvent):
        commands.find("counts", asker())
    with pytest.raises(NotAuthenticated):
        commands.find("count", asker(None))
    commands.find("count", asker())
    with pytest.raises(RateLimited):
        commands.find("count", asker())
    for name, who in (("counts", asker()), ("count", asker(None))):
        with pytest.raises(RateLimited):
            commands.find(name, who)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "n"),
        ({"n": "1"}, "n"),
        ({"n": 1.0}, "n"),
        ({"n": True}, "n"),
        ([], "data"),
        (1, "data"),
    ],
)
def test_wrong_fields_are_named(data: Any, field: str) -> None:
    commands = Commands()
    commands.request(Count)(lambda user, data: None)
    with pytest.raises(InvalidData) as raised:
        parse(commands.by_name["count"], data)
    assert list(raised.value.fields or {}) == [field]


def test_our_own_faults_are_logged_with_an_incident_and_told_without_details(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = as_domain_error(ZeroDivisionError("secret"), "count")
    assert told.code == "internal"
    assert f"Incident {told.incident} in count" in caplog.text
    assert "secret" not in str(told.body())
    conflict = Conflict()
    assert as_domain_error(conflict, "count") is conflict
