"""The watchdog: what it says of a loop that stands still, and when it ends the worker."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from realtime import watchdog
from realtime.watchdog import Watchdog


@pytest.fixture(autouse=True)
def ends(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Set when the worker would have ended."""
    ended = threading.Event()
    monkeypatch.setattr(watchdog, "TICK_SECONDS", 0.005)
    monkeypatch.setattr(watchdog, "LOGGED_AFTER_SECONDS", 0.02)
    monkeypatch.setattr(watchdog, "FATAL_AFTER_SECONDS", 3600)
    monkeypatch.setattr(watchdog, "end_process", ended.set)
    yield ended
    # Before the true end of a process is put back: one that is on its way there would end us all.
    for thread in threading.enumerate():
        if thread.name == "watchdog":
            thread.join(30)


async def test_a_stall_is_logged_with_the_stack_that_causes_it(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged = threading.Event()
    monkeypatch.setattr(watchdog.logger, "error", told(watchdog.logger.error, logged))
    dog = Watchdog()
    dog.start()
    hold_up_the_loop(logged)
    dog.stop()
    assert "The event loop has stood still" in caplog.text
    assert "hold_up_the_loop" in caplog.text


async def test_a_loop_that_goes_on_is_asked_again(caplog: pytest.LogCaptureFixture) -> None:
    dog = Watchdog()
    dog._ask()
    dog.silent_ticks = 3
    await asyncio.sleep(0)  # one turn of the loop
    assert dog.heard
    dog._ask()
    assert (dog.heard, dog.silent_ticks) == (False, 0)
    assert not caplog.text


async def test_a_loop_that_does_not_come_back_ends_the_worker(
    ends: threading.Event, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watchdog, "FATAL_AFTER_SECONDS", 0.05)
    dog = Watchdog()
    dog.start()
    hold_up_the_loop(ends)
    dog.stop()
    assert ends.is_set()
    assert "this worker ends" in caplog.text


async def test_time_in_which_the_whole_process_was_stopped_is_no_stall(
    caplog: pytest.LogCaptureFixture,
) -> None:
    dog = Watchdog()
    dog._ask()
    dog._count()  # one tick of its own, however long ago the last one was
    assert not caplog.text


def hold_up_the_loop(until: threading.Event) -> None:
    assert until.wait(30)


def told(log: object, logged: threading.Event) -> object:
    def call(*arguments: object) -> None:
        log(*arguments)  # type: ignore[operator]
        logged.set()

    return call
