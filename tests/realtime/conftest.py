"""What the tests of realtime may ask for."""

from collections.abc import Callable

import pytest


@pytest.fixture
def move_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """move_clock(1.5): a second and a half go by for every limit."""
    now = 1_000.0

    def move(seconds: float) -> None:
        nonlocal now
        now += seconds

    monkeypatch.setattr("realtime.limits.time.monotonic", lambda: now)
    return move
