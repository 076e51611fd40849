"""The way between workers, over a real Redis: what arrives, what is missed, what comes back."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import redis
from channels.layers import channel_layers

from realtime import layer as layer_module
from realtime import relay as module
from realtime import topics
from realtime.layer import BoundedChannelLayer, Inbox
from realtime.posts import Control, Post
from realtime.relay import Relay
from tests.realtime.kit import control, post, unversioned
from tests.servers import Redis


class Side:
    """One worker's relay, and what it brings."""

    def __init__(self) -> None:
        self.arrived: asyncio.Queue[Any] = asyncio.Queue()
        self.disturbed = asyncio.Event()
        self.relay = Relay(self._posts, self.arrived.put_nowait, self.disturbed.set)

    def _posts(self, topic: str, posts: list[Post]) -> None:
        self.arrived.put_nowait((topic, posts))

    async def next(self) -> Any:
        async with asyncio.timeout(30):
            return await self.arrived.get()

    async def is_disturbed(self) -> None:
        async with asyncio.timeout(30):
            await self.disturbed.wait()


MakeSide = Callable[..., Any]


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine Redis may take long: nothing is given up, and so lost, by time alone."""
    monkeypatch.setattr(module, "SEND_TIMEOUT_SECONDS", 30)


@pytest.fixture
async def make_side(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[MakeSide]:
    sides: list[Side] = []

    async def make(server: Redis, *names: str) -> Side:
        layer = BoundedChannelLayer(
            hosts=[{"address": server.url, "socket_connect_timeout": 1}], prefix=server.url
        )
        monkeypatch.setitem(channel_layers.backends, "default", layer)
        side = Side()
        side.relay.start()
        for name in names:
            side.relay.subscribe(name)
        await side.relay.subscribed([topics.EVERYONE, *names])
        assert {topics.EVERYONE, *names} <= side.relay.held
        sides.append(side)
        return side

    yield make
    tasks = [task for side in sides for task in side.relay.tasks]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for side in sides:
        await side.relay.layer.flush()


async def test_posts_arrive_on_the_workers_that_follow_and_not_at_home(
    make_side: MakeSide, redis_server: Redis
) -> None:
    home = await make_side(redis_server, "channel.1")
    follower = await make_side(redis_server, "channel.1")
    stranger = await make_side(redis_server)
    sent = [post(1, skip=(7,)), post(2)]
    home.relay.send("channel.1", sent)
    assert await follower.next() == ("channel.1", sent)
    home.relay.send("user.5", [unversioned(3)])
    for side in (follower, stranger):
        assert await side.next() == ("user.5", [unversioned(3)])
    follower.relay.control(control("follow"))
    for side in (home, stranger):
        assert await side.next() == Control("follow", {"n": 1})


async def test_what_waits_leaves_together_and_in_order(
    make_side: MakeSide, redis_server: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CANARY_SECONDS", 3_600)
    home = await make_side(redis_server)
    follower = await make_side(redis_server, "channel.1")
    sends: list[str] = []
    group_send = home.relay.layer.group_send

    async def noted(group: str, message: dict[str, Any]) -> None:
        sends.append(group)
        await group_send(group, message)

    monkeypatch.setattr(home.relay.layer, "group_send", noted)
    for n in range(1, 51):
        home.relay.send("channel.1", [post(n)])
    assert [await follower.next() for _ in range(50)] == [
        ("channel.1", [post(n)]) for n in range(1, 51)
    ]
    assert sends == ["channel.1"]


async def test_an_unsubscribed_group_is_given_back(
    make_side: MakeSide, redis_server: Redis
) -> None:
    home = await make_side(redis_server)
    follower = await make_side(redis_server, "channel.1", "channel.2")
    follower.relay.unsubscribe("channel.1")
    await follower.relay.subscribed([topics.EVERYONE])
    async with asyncio.timeout(30), follower.relay.settled:
        await follower.relay.settled.wait_for(lambda: "channel.1" not in follower.relay.held)
    home.relay.send("channel.1", [post(1)])
    home.relay.send("channel.2", [post(2)])
    assert await follower.next() == ("channel.2", [post(2)])
    follower.relay.unsubscribe("user.5")
    assert topics.EVERYONE in follower.relay.wanted


async def test_what_is_wanted_again_while_it_is_given_back_is_waited_for(
    make_side: MakeSide, redis_server: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SEND_TIMEOUT_SECONDS", 10)
    home = await make_side(redis_server)
    follower = await make_side(redis_server, "channel.1")
    given_back, go_on = asyncio.Event(), asyncio.Event()
    discard = follower.relay.layer.group_discard

    async def slowly(group: str, channel: str) -> None:
        given_back.set()
        await go_on.wait()
        await discard(group, channel)

    monkeypatch.setattr(follower.relay.layer, "group_discard", slowly)
    follower.relay.unsubscribe("channel.1")
    await given_back.wait()
    follower.relay.subscribe("channel.1")
    waiting = asyncio.create_task(follower.relay.subscribed(["channel.1"]))
    await asyncio.sleep(0)
    assert not waiting.done()
    go_on.set()
    await waiting
    home.relay.send("channel.1", [post(1)])
    assert await follower.next() == ("channel.1", [post(1)])


async def test_a_gap_in_the_numbers_is_a_disturbance(
    make_side: MakeSide, redis_server: Redis
) -> None:
    home, other = await make_side(redis_server), await make_side(redis_server)
    home.relay.control(control("follow"))
    home.relay.control(control("unfollow"))
    await other.next()
    await other.next()
    assert not other.disturbed.is_set()
    home.relay.sent += 1  # one that Redis lost
    home.relay.control(control("follow"))
    await other.next()
    await other.is_disturbed()


async def test_who_does_not_hear_itself_subscribes_anew(
    make_side: MakeSide, redis_server: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CANARY_SECONDS", 0.02)
    monkeypatch.setattr(module, "DEAF_SECONDS", 0.2)
    home = await make_side(redis_server)
    deaf = await make_side(redis_server, "channel.1")
    # As a link that is black-holed: Redis believes that nobody listens any more.
    database = redis.Redis(port=redis_server.port)
    deaf.disturbed.clear()  # a stall of a fifth of a second looks the same
    database.client_kill_filter(_type="pubsub", skipme=True)
    await deaf.is_disturbed()
    assert await first_to_arrive(home, deaf) == "channel.1"


async def test_a_restart_of_redis_costs_a_moment(
    make_side: MakeSide, own_redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CANARY_SECONDS", 0.05)
    monkeypatch.setattr(module, "DEAF_SECONDS", 0.5)
    home = await make_side(own_redis)
    follower = await make_side(own_redis, "channel.1")
    follower.disturbed.clear()  # a stall of half a second looks the same
    own_redis.kill()
    await follower.is_disturbed()
    assert not follower.relay.healthy
    own_redis.start()
    assert await first_to_arrive(home, follower) == "channel.1"


async def first_to_arrive(home: Side, follower: Side) -> str:
    """Sends until something arrives: what is lost meanwhile the database has."""
    async with asyncio.timeout(30):
        for n in itertools.count(1):
            home.relay.send("channel.1", [post(n)])
            try:
                topic, _ = await asyncio.wait_for(follower.arrived.get(), 0.05)
            except TimeoutError:
                continue
            return str(topic)
    raise AssertionError


async def test_a_backlog_has_a_limit(
    make_side: MakeSide, redis_server: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BACKLOG_LIMIT", 3)
    home = await make_side(redis_server)
    follower = await make_side(redis_server, "channel.1")
    for n in range(1, 10):
        home.relay.send("channel.1", [post(n)])
    assert [await follower.next() for _ in range(3)] == [
        ("channel.1", [post(n)]) for n in (1, 2, 3)
    ]
    home.relay.send("channel.1", [post(10)])
    assert await follower.next() == ("channel.1", [post(10)])


async def test_a_process_that_serves_alone_has_nobody_to_tell() -> None:
    side = Side()
    side.relay.start()
    side.relay.send("channel.1", [post(1)])
    await side.relay.subscribed(["channel.1"])
    assert (side.relay.tasks, side.relay.outgoing) == ([], {})


def test_what_is_not_read_is_dropped_over_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layer_module, "INBOX_LIMIT_BYTES", 10)
    inbox = Inbox()
    for message in (b"12345", b"67890", b"too much"):
        inbox.put_nowait(message)
    assert (inbox.dropped, inbox.waiting_bytes) == (1, 10)
    assert [inbox.get_nowait(), inbox.get_nowait()] == [b"12345", b"67890"]
    inbox.put_nowait(b"again")
    assert (inbox.dropped, inbox.waiting_bytes) == (0, 5)


async def test_who_has_dropped_something_resyncs(
    make_side: MakeSide, redis_server: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, other = await make_side(redis_server), await make_side(redis_server)
    home.relay.control(control("follow"))
    await other.next()
    monkeypatch.setattr(layer_module, "INBOX_LIMIT_BYTES", 1_000)
    home.relay.control(Control("follow", {"n": "x" * 1_000}))
    await other.is_disturbed()  # the canary that follows has a number too far
    assert other.arrived.empty()
