"""Two workers in processes of their own, a real Redis between them, and what happens when either
goes."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from itertools import count
from typing import Any

import pytest
import redis

from accounts.models import User
from chat.models import Channel
from chat.requests.registry import TYPING_SHOWN_SECONDS
from realtime.presence import HEARTBEAT_SECONDS
from realtime.presence_store import LEASE_SECONDS
from realtime.watch import GRACE_SECONDS, LAYERLESS_SECONDS, VERSIONS_SECONDS
from tests.client import Client, ProtocolError, connect
from tests.door.people import watch_online
from tests.servers import Redis, Workers

names = count(1)


Enter = Callable[[int, str], Any]


@pytest.fixture
def enter(stack: AsyncExitStack, workers: Workers) -> Enter:
    """enter(0, "alice"): a ready socket on the first worker."""

    async def enter(worker: int, name: str) -> Client:
        client = await stack.enter_async_context(connect(workers[worker].socket_url))
        await client.login(name)
        return client

    return enter


async def say(client: Client, channel: Channel) -> str:
    client_id = f"{next(names)}"
    fields = {"channel": channel.pk, "text": "hi", "client_id": client_id}
    await client.request("send-message", **fields)
    return client_id


async def is_heard(speaker: Client, listener: Client, channel: Channel) -> None:
    """By way of Redis or of the database."""
    client_id = await say(speaker, channel)
    while (await listener.next_event("new-message"))["client_id"] != client_id:
        pass


async def typing_is_heard(typist: Client, listener: Client, channel: Channel) -> Any:
    """By way of Redis alone, and only while it carries: told again until it comes."""
    async with asyncio.timeout(60):
        while True:
            await typist.request("typing", channel=channel.pk)
            with suppress(TimeoutError):
                async with asyncio.timeout(TYPING_SHOWN_SECONDS + 0.5):
                    return await listener.next_event("user-typing")


async def test_people_on_two_workers_talk(
    enter: Enter, alice: User, bob: User, charlie: User, general: Channel
) -> None:
    one, two, outsider = await enter(0, "alice"), await enter(1, "bob"), await enter(1, "charlie")
    for speaker, listener in ((one, two), (two, one)):
        await is_heard(speaker, listener, general)
    assert (await typing_is_heard(one, two, general))["user"]["id"] == alice.pk

    await watch_online(two, alice.pk)
    await one.request("set-status", presence="away")
    assert (await two.next_event("user-away"))["user"] == alice.pk

    tab = await enter(1, "alice")
    await one.request("mark-read", channel=general.pk, position=2)
    assert (await tab.next_event("read-updated"))["read_position"] == 2

    fields = {"channel": general.pk, "text": "hi", "client_id": "once"}
    replies = await asyncio.gather(*(s.request("send-message", **fields) for s in (one, tab) * 2))
    assert len({str(reply) for reply in replies}) == 1
    while (await two.next_event("new-message")) != replies[0]["message"]:
        pass
    await is_heard(one, two, general)
    await two.prove_silence("new-message")

    fields = {"kind": "private", "name": "new", "members": [bob.pk]}
    made = (await one.request("create-channel", **fields))["channel"]
    assert (await two.next_event("channel-created"))["id"] == made["id"]
    await two.request("leave-channel", channel=general.pk)
    assert (await one.next_event("user-left"))["user"]["id"] == bob.pk
    await one.request("add-member", channel=general.pk, user=charlie.pk)
    await outsider.next_event("channel-updated")
    two.events.clear()
    await is_heard(one, outsider, general)
    await two.prove_silence("new-message")
    with pytest.raises(ProtocolError, match="not-found"):
        await two.request("open-channel", channel=general.pk)


async def test_neither_redis_nor_a_worker_is_missed(
    enter: Enter,
    workers: Workers,
    own_redis: Redis,
    alice: User,
    bob: User,
    general: Channel,
) -> None:
    assert LEASE_SECONDS + 1 + HEARTBEAT_SECONDS <= 45
    assert max(VERSIONS_SECONDS + GRACE_SECONDS, LAYERLESS_SECONDS) <= 3
    two = await enter(1, "bob")
    await two.request("watch-presence", users=[alice.pk])
    one = await enter(0, "alice")
    assert (await two.next_event("user-online"))["user"] == alice.pk
    database: Any = redis.Redis(port=own_redis.port)
    leases = database.zrange("presence:workers", 0, -1)
    workers[0].kill()
    await one.closed()
    [dead] = [
        name for name in leases if database.hexists(b"presence:workers:" + name, str(alice.pk))
    ]
    remaining = database.zscore("presence:workers", dead) - database.time()[0]
    assert 0 < remaining <= LEASE_SECONDS
    # As if the lease had run out: nothing renews it.
    database.zadd("presence:workers", {dead: 1})
    offline = await two.next_event("user-offline")
    assert (offline["user"], offline["presence"]) == (alice.pk, "offline")

    workers[0].start()
    one = await enter(0, "alice")
    await is_heard(one, two, general)
    own_redis.kill()
    for speaker, listener in ((one, two), (two, one), (one, two)):
        await is_heard(speaker, listener, general)
    own_redis.start()
    await typing_is_heard(one, two, general)
