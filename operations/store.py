"""Where the workers put what they say of themselves: in Redis, or in memory when one serves alone.

In Redis a worker has its last sample (which goes when the worker has been silent for some seconds),
its rows of the last hour, and, while somebody looks at the console, its details. Writing is on the
event loop; reading is plain synchronous code, for pages and database threads, which finds nothing
while Redis is away.
"""

import json
from collections import deque
from contextlib import suppress
from functools import cache
from time import time
from typing import Any, NamedTuple

import redis
from django.conf import settings
from redis.asyncio import Redis as AsyncRedis

from operations.details import Details
from operations.history import SECONDS_KEPT, TENS_KEPT, Row, join
from operations.sample import Sample

TIMEOUT_SECONDS = 1.0
SILENT_SECONDS = 5
WATCHED_SECONDS = 30
HOUR_SECONDS = 3600
DRAIN_SECONDS = 60  # in which a worker that is to end hears of it
PREFIX = "operations"


class Wanted(NamedTuple):
    """Of a worker: its details, since somebody looks at the console; that it ends."""

    details: bool
    end: bool = False


class MemoryStore:
    def __init__(self) -> None:
        self.sample: Sample | None = None
        self.detail: Details | None = None
        self.rows: dict[str, deque[Row]] = {
            "seconds": deque(maxlen=SECONDS_KEPT),
            "tens": deque(maxlen=TENS_KEPT),
        }
        self.watched_until = 0.0

    async def publish(self, sample: Sample, rows: dict[str, list[Row]]) -> Wanted:
        self.sample = sample
        for name, new in rows.items():
            self.rows[name].extend(new)
        return Wanted(time() < self.watched_until)

    async def publish_details(self, worker: str, details: Details) -> None:
        self.detail = details

    def watch(self) -> None:
        """Somebody looks: for a while the workers tell details."""
        self.watched_until = time() + WATCHED_SECONDS

    def drain(self, worker: str) -> None:
        """Who serves alone goes on."""

    def samples(self) -> list[Sample]:
        living = self.sample is not None and time() - self.sample.at < SILENT_SECONDS
        return [self.sample] if self.sample and living else []

    def details(self) -> dict[str, Details]:
        return {self.sample.worker: self.detail} if self.sample and self.detail else {}

    def history(self, name: str) -> list[Row]:
        return join([list(self.rows[name])], step_of(name))


STORE_ERRORS = (redis.RedisError, OSError, TimeoutError)


class RedisStore:
    def __init__(self, url: str) -> None:
        timeouts: dict[str, Any] = {
            "socket_timeout": TIMEOUT_SECONDS,
            "socket_connect_timeout": TIMEOUT_SECONDS,
        }
        self.writer: AsyncRedis = AsyncRedis.from_url(url, **timeouts)
        self.reader: Any = redis.Redis.from_url(url, **timeouts)

    async def publish(self, sample: Sample, rows: dict[str, list[Row]]) -> Wanted:
        worker, kept = sample.worker, {"seconds": SECONDS_KEPT, "tens": TENS_KEPT}
        async with self.writer.pipeline(transaction=False) as pipe:
            pipe.set(f"{PREFIX}:sample:{worker}", sample.model_dump_json(), ex=SILENT_SECONDS)
            pipe.zadd(f"{PREFIX}:workers", {worker: sample.at})
            pipe.zremrangebyscore(f"{PREFIX}:workers", "-inf", sample.at - HOUR_SECONDS)
            for name, new in rows.items():
                key = f"{PREFIX}:{name}:{worker}"
                if new:
                    pipe.rpush(key, *[json.dumps(row) for row in new])
                    pipe.ltrim(key, -kept[name], -1)
                    pipe.expire(key, HOUR_SECONDS)
            pipe.exists(f"{PREFIX}:watched")
            pipe.exists(f"{PREFIX}:drain:{worker}")
            *_, watched, drained = await pipe.execute()
        return Wanted(bool(watched), bool(drained))

    async def publish_details(self, worker: str, details: Details) -> None:
        key = f"{PREFIX}:details:{worker}"
        await self.writer.set(key, details.model_dump_json(), ex=SILENT_SECONDS)

    def watch(self) -> None:
        """Somebody looks: for a while the workers tell details."""
        with suppress(*STORE_ERRORS):
            self.reader.set(f"{PREFIX}:watched", 1, ex=WATCHED_SECONDS)

    def drain(self, worker: str) -> None:
        """The worker finds it with its next sample, also if the order is lost on its way."""
        with suppress(*STORE_ERRORS):
            self.reader.set(f"{PREFIX}:drain:{worker}", 1, ex=DRAIN_SECONDS)

    def samples(self) -> list[Sample]:
        return [Sample.model_validate_json(text) for text in self._read("sample").values()]

    def details(self) -> dict[str, Details]:
        found = self._read("details")
        return {worker: Details.model_validate_json(text) for worker, text in found.items()}

    def history(self, name: str) -> list[Row]:
        found: list[list[bytes]] = []
        with suppress(*STORE_ERRORS), self.reader.pipeline(transaction=False) as pipe:
            for worker in self._workers():
                pipe.lrange(f"{PREFIX}:{name}:{worker}", 0, -1)
            found = pipe.execute()
        return join([[json.loads(row) for row in rows] for rows in found], step_of(name))

    def _workers(self) -> list[str]:
        return [name.decode() for name in self.reader.zrange(f"{PREFIX}:workers", 0, -1)]

    def _read(self, kind: str) -> dict[str, bytes]:
        workers: list[str] = []
        texts: list[bytes | None] = []
        with suppress(*STORE_ERRORS):
            workers = self._workers()
            keys = [f"{PREFIX}:{kind}:{worker}" for worker in workers]
            texts = self.reader.mget(keys) if keys else []
        return {worker: text for worker, text in zip(workers, texts, strict=False) if text}


def step_of(name: str) -> int:
    return 10 if name == "tens" else 1


Store = MemoryStore | RedisStore


def open_store() -> Store:
    """A store of its own for each event loop; in memory there is but one."""
    return RedisStore(settings.REDIS_URL) if settings.REDIS_URL else shared_store()


@cache
def shared_store() -> Store:
    """For reading, from any thread."""
    return RedisStore(settings.REDIS_URL) if settings.REDIS_URL else MemoryStore()
