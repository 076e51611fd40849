"""How often somebody may do something: token buckets in the memory of a worker."""

from collections.abc import Hashable
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar
from weakref import WeakSet

from realtime.errors import RateLimited

BUCKETS_KEPT = 10_000


@dataclass(slots=True)
class Bucket:
    tokens: float
    at: float


class Limit:
    """`rate` per second on the average, at most `burst` at once, for each key."""

    all: "ClassVar[WeakSet[Limit]]" = WeakSet()

    def __init__(self, rate: float, burst: float) -> None:
        self.rate, self.burst = rate, burst
        self.buckets: dict[Hashable, Bucket] = {}
        self.all.add(self)

    def check(self, key: Hashable) -> None:
        """Takes a token, or raises RateLimited."""
        wait = self.take(key)
        if wait:
            raise RateLimited(retry_after=round(wait, 3))

    def take(self, key: Hashable) -> float:
        """Takes a token: 0, or the seconds until there is one."""
        now = monotonic()
        bucket = self.buckets.get(key)
        if bucket is None:
            bucket = self._new_bucket(key, now)
        bucket.tokens = min(self.burst, bucket.tokens + (now - bucket.at) * self.rate)
        bucket.at = now
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / self.rate
        bucket.tokens -= 1
        return 0

    def clear(self) -> None:
        self.buckets.clear()

    def _new_bucket(self, key: Hashable, now: float) -> Bucket:
        if len(self.buckets) >= BUCKETS_KEPT:
            # A bucket that has filled up again says nothing.
            full_after = self.burst / self.rate
            self.buckets = {k: b for k, b in self.buckets.items() if now - b.at < full_after}
        bucket = self.buckets[key] = Bucket(self.burst, now)
        return bucket
