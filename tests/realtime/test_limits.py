"""Token buckets, with the clock in hand."""

from collections.abc import Callable

import pytest

from realtime import limits
from realtime.errors import RateLimited
from realtime.limits import Limit

MoveClock = Callable[[float], None]


def test_a_burst_is_let_through_and_the_next_told_when(move_clock: MoveClock) -> None:
    limit = Limit(rate=2, burst=3)
    for _ in range(3):
        limit.check("alice")
    with pytest.raises(RateLimited) as raised:
        limit.check("alice")
    assert raised.value.retry_after == 0.5
    move_clock(0.5)
    limit.check("alice")
    assert limit.take("alice") == 0.5


def test_tokens_come_back_at_the_rate_and_never_over_the_burst(move_clock: MoveClock) -> None:
    limit = Limit(rate=2, burst=3)
    assert [limit.take("alice") for _ in range(3)] == [0, 0, 0]
    move_clock(3_600)
    assert [bool(limit.take("alice")) for _ in range(5)] == [False, False, False, True, True]


def test_everybody_has_a_bucket_of_their_own(move_clock: MoveClock) -> None:
    limit = Limit(rate=1, burst=1)
    limit.check("alice")
    limit.check("bob")
    assert limit.take("alice") == 1
    limit.clear()
    assert limit.take("alice") == 0


def test_buckets_that_have_filled_up_are_forgotten(
    move_clock: MoveClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BUCKETS_KEPT", 10)
    limit = Limit(rate=1, burst=2)
    for key in range(10):
        limit.check(key)
    move_clock(3)
    limit.check("alice")
    assert list(limit.buckets) == ["alice"]
    assert limit.take("alice") == 0
    assert limit.take("alice") == 1
