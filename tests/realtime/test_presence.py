"""Who is here: grace, tabs, settings, and what several workers make of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import redis

from realtime import presence, presence_store, topics
from realtime.posts import Post
from realtime.presence import Presence
from realtime.presence_store import Change, MemoryStore, RedisStore
from tests.servers import Redis


class NotedHub:
    """Puts down what presence publishes, in order."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.told: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()

    def publish(self, topic: str, posts: list[Post]) -> None:
        for post in posts:
            name = post.payload.split(b'"', 4)[3].decode()
            self.told.put_nowait((topic, name))

    async def next(self) -> tuple[str, Any]:
        async with asyncio.timeout(30):
            return await self.told.get()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "TICK_SECONDS", 0)
    monkeypatch.setattr(presence, "GRACE_SECONDS", 0)


class Here:
    """A worker's presence, and whom it has noted as gone."""

    def __init__(self, store: Any) -> None:
        self.hub = NotedHub()
        self.departed: list[int] = []
        hub: Any = self.hub
        self.presence = Presence(hub, store, self.departed.extend)


@asynccontextmanager
async def here(store: Any) -> AsyncIterator[Here]:
    worker = Here(store)
    tasks = worker.presence.start()
    try:
        yield worker
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_the_first_socket_comes_and_the_last_one_goes() -> None:
    async with here(MemoryStore()) as worker:
        worker.presence.arrive(1, "auto")
        worker.presence.arrive(1, "auto")
        assert await worker.hub.next() == (topics.presence(1), "user-online")
        assert await worker.presence.states([1, 2]) == {1: "online", 2: "offline"}
        worker.presence.depart(1)
        worker.presence.depart(1)
        assert await worker.hub.next() == (topics.presence(1), "user-offline")
        assert worker.departed == [1]
        assert not worker.presence.sockets
        assert worker.hub.told.empty()


async def test_who_comes_back_within_the_grace_has_not_been_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with here(MemoryStore()) as worker:
        worker.presence.arrive(1, "auto")
        await worker.hub.next()
        monkeypatch.setattr(presence, "GRACE_SECONDS", 60)
        worker.presence.depart(1)
        worker.presence.arrive(1, "auto")
        monkeypatch.setattr(presence, "GRACE_SECONDS", 0)
        worker.presence.depart(1)
        assert await worker.hub.next() == (topics.presence(1), "user-offline")


async def test_who_comes_back_within_the_grace_has_the_setting_of_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(presence, "GRACE_SECONDS", 60)
    async with here(MemoryStore()) as worker:
        worker.presence.arrive(1, "away")
        assert await worker.hub.next() == (topics.presence(1), "user-away")
        worker.presence.depart(1)
        worker.presence.arrive(1, "auto")  # set on another worker meanwhile
        assert await worker.hub.next() == (topics.presence(1), "user-online")


@pytest.mark.parametrize(
    ("setting", "event", "state"),
    [("away", "user-away", "away"), ("busy", "user-online", "busy")],
)
async def test_a_setting_shows(setting: Any, event: str, state: str) -> None:
    async with here(MemoryStore()) as worker:
        worker.presence.set(1, setting)  # nobody: says nothing
        worker.presence.arrive(1, "auto")
        assert await worker.hub.next() == (topics.presence(1), "user-online")
        worker.presence.set(1, setting)
        assert await worker.hub.next() == (topics.presence(1), event)
        assert await worker.presence.states([1]) == {1: state}
        worker.presence.set(1, "auto")
        assert await worker.hub.next() == (topics.presence(1), "user-online")


# --- several workers over one Redis ---


@pytest.fixture
def database(redis_server: Redis) -> Iterator["redis.Redis"]:
    client = redis.Redis(port=redis_server.port)
    client.flushdb()
    yield client
    client.close()


Stores = Callable[[str], RedisStore]


@pytest.fixture
async def store_of(redis_server: Redis, database: "redis.Redis") -> AsyncIterator[Stores]:
    stores: list[RedisStore] = []

    def make(worker: str) -> RedisStore:
        stores.append(RedisStore(redis_server.url, worker))
        return stores[-1]

    yield make
    for store in stores:
        await store.redis.aclose()


def run_out(database: "redis.Redis", worker: str) -> None:
    """The worker's lease ended a while ago."""
    database.zadd("presence:workers", {worker: 1})


async def test_the_strongest_state_over_all_workers_counts(store_of: Stores) -> None:
    one, two = store_of("one"), store_of("two")
    assert await one.write({7: "auto"}) == [(7, "online")]
    assert await two.write({7: "auto"}) == []
    assert await two.write({7: "busy"}) == [(7, "busy")]
    assert await one.write({7: None}) == []
    assert await one.states([7, 8]) == {7: "busy", 8: "offline"}
    assert await two.write({7: None}) == [(7, "offline")]


async def test_a_dead_worker_is_buried_by_exactly_one(
    store_of: Stores, database: "redis.Redis"
) -> None:
    dead, one, two = store_of("dead"), store_of("one"), store_of("two")
    await dead.write({7: "auto", 8: "auto", 9: "away"})
    await one.write({8: "auto"})
    assert await two.beat() == []
    run_out(database, "dead")
    assert await one.states([7, 8, 9]) == {7: "offline", 8: "online", 9: "offline"}
    reports: list[Change] = [
        change
        for changes in await asyncio.gather(*(s.beat() for s in (one, two) * 3))
        for change in changes
    ]
    assert sorted(reports) == [(7, "offline"), (9, "offline")]
    assert not database.exists("presence:workers:dead")
    assert database.zscore("presence:workers", "dead") is None


async def test_a_worker_that_was_taken_for_dead_says_who_is_there(
    store_of: Stores, database: "redis.Redis"
) -> None:
    slow, other = store_of("slow"), store_of("other")
    await slow.write({7: "auto"})
    run_out(database, "slow")
    assert await other.beat() == [(7, "offline")]
    assert await slow.beat() == [(7, "online")]
    assert await slow.beat() == []


async def test_a_flushed_redis_is_filled_again(store_of: Stores, database: "redis.Redis") -> None:
    one, two = store_of("one"), store_of("two")
    await one.write({7: "auto"})
    await two.write({8: "busy"})
    database.flushdb()
    await one.beat()
    await two.beat()
    assert await one.states([7, 8]) == {7: "online", 8: "busy"}


async def test_what_redis_refused_is_told_at_the_next_beat(
    store_of: Stores, database: "redis.Redis"
) -> None:
    one, two = store_of("one"), store_of("two")
    async with here(one) as worker:
        worker.presence.arrive(7, "auto")
        assert await worker.hub.next() == (topics.presence(7), "user-online")
        database.config_set("maxmemory", 1)
        try:
            worker.presence.set(7, "away")
            assert await worker.hub.next() == (topics.presence(7), "user-away")
        finally:
            database.config_set("maxmemory", 0)
        assert await two.states([7]) == {7: "online"}
        await one.beat()
        assert await two.states([7]) == {7: "away"}
        assert await one.beat() == []


async def test_a_beat_renews_the_lease(
    store_of: Stores, database: "redis.Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    one = store_of("one")
    await one.write({7: "auto"})
    ends: Any = database.zscore("presence:workers", "one")
    monkeypatch.setattr(presence_store, "LEASE_SECONDS", 3_600)
    await one.beat()
    renewed: Any = database.zscore("presence:workers", "one")
    assert renewed > ends + 3_000


async def test_without_redis_a_worker_knows_its_own() -> None:
    store = RedisStore("redis://127.0.0.1:1/0", "one")
    async with here(store) as worker:
        worker.presence.arrive(1, "busy")
        assert await worker.hub.next() == (topics.presence(1), "user-online")
        assert await worker.presence.states([1, 2]) == {1: "busy", 2: "offline"}
        worker.presence.depart(1)
        assert await worker.hub.next() == (topics.presence(1), "user-offline")
        assert worker.departed == [1]
    await store.redis.aclose()


async def test_the_beat_tells_what_it_buries(
    store_of: Stores, database: "redis.Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "HEARTBEAT_SECONDS", 0.01)
    await store_of("dead").write({7: "auto"})
    run_out(database, "dead")
    async with here(store_of("one")) as worker:
        assert await worker.hub.next() == (topics.presence(7), "user-offline")
        assert worker.departed == [7]
