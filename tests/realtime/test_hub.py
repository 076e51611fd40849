"""Following, publishing, and how few writes it takes."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from realtime.hub import Hub
from tests.realtime.kit import lonely_hub, noted_socket, post, unversioned


@pytest.fixture(autouse=True)
def unfollowed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, str]]:
    """What an app above is told; those of the house look for more than these sockets have."""
    told: list[tuple[object, str]] = []
    hooks = [lambda socket, topic: told.append((socket, topic))]
    monkeypatch.setattr("realtime.hub.on_unfollow", hooks)
    return told


async def a_turn() -> None:
    """Lets the loop carry out what is scheduled now."""
    turn = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(turn.set_result, None)
    await turn


class RestingLoop:
    """What is to come later comes when the test says so."""

    def __init__(self) -> None:
        self.call_soon = asyncio.get_running_loop().call_soon
        self.later: list[tuple[Callable[..., None], Any]] = []

    def call_later(self, _seconds: float, call: Callable[..., None], *arguments: Any) -> None:
        self.later.append((call, arguments))

    def rest_ends(self) -> None:
        [(call, arguments)] = self.later
        self.later.clear()
        call(*arguments)


def resting_hub() -> tuple[Hub, RestingLoop]:
    hub, loop = lonely_hub(), RestingLoop()
    hub.loop = loop  # type: ignore[assignment]
    return hub, loop


async def test_many_posts_are_one_write_per_socket() -> None:
    hub, alice, bob = lonely_hub(), noted_socket(1), noted_socket(2)
    for socket in (alice, bob):
        hub.follow(socket, "channel.1", 0)
    for n in range(1, 101):
        hub.publish("channel.1", [post(n)])
    assert alice.outbox.writes == []
    await a_turn()
    assert alice.outbox.writes == bob.outbox.writes == [list(range(1, 101))]
    assert hub.delivered == 200


async def test_what_is_told_of_people_leaves_in_one_write_for_each_who_watches() -> None:
    hub, alice, bob = lonely_hub(), noted_socket(1), noted_socket(2)
    for n in range(1, 4):
        hub.follow(alice, f"presence.{n}")
    hub.follow(bob, "presence.2")
    for n in range(1, 4):
        hub.publish(f"presence.{n}", [unversioned(n)])
    await a_turn()
    assert (alice.outbox.writes, bob.outbox.writes) == ([[1, 2, 3]], [[2]])
    hub.publish("presence.2", [unversioned(5)])
    hub.unfollow(bob, "presence.2")
    assert (alice.got, bob.got) == ([1, 2, 3, 5], [2, 5]), "what came before it left is its own"


async def test_who_tells_of_many_people_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    (hub, loop), alice = resting_hub(), noted_socket(1)
    times = iter([9.0, 10.0, 11.0, 11.0])  # comes, begun, ended, and the next one comes
    monkeypatch.setattr("realtime.hub.perf_counter", lambda: next(times, 20.0))
    for n in (1, 2):
        hub.follow(alice, f"presence.{n}")
        hub.publish(f"presence.{n}", [unversioned(n)])
    await a_turn()
    for n in (1, 2):
        hub.publish(f"presence.{n}", [unversioned(n + 2)])
    await a_turn()
    assert alice.outbox.writes == [[1, 2]]
    loop.rest_ends()
    assert alice.outbox.writes == [[1, 2], [3, 4]]


async def test_a_large_and_busy_room_rests_after_what_took_long_to_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("realtime.hub.LARGE_ROOM_SOCKETS", 1)
    (hub, loop), alice = resting_hub(), noted_socket(1)
    times = iter([10.0, 11.0, 11.0])  # begun, written by the loop, and the next one comes
    monkeypatch.setattr("realtime.hub.perf_counter", lambda: next(times, 20.0))
    hub.follow(alice, "channel.1", 0)
    hub.publish("channel.1", [post(1), post(2)])
    await a_turn()
    hub.publish("channel.1", [post(3)])
    await a_turn()
    assert alice.outbox.writes == [[1, 2]]
    hub.publish("channel.1", [post(4)])
    loop.rest_ends()
    assert alice.outbox.writes == [[1, 2], [3, 4]]
    await a_turn()
    hub.publish("channel.1", [post(5)])
    await a_turn()
    assert alice.outbox.writes[2:] == [[5]], "what took no time needs no rest"
    hub.publish("channel.1", [post(6)])
    await a_turn()
    assert alice.outbox.writes[3:] == [[6]], "one at a time there is no rest either"


async def test_topics_are_apart() -> None:
    hub, alice, bob = lonely_hub(), noted_socket(1), noted_socket(2)
    hub.follow(alice, "channel.1", 0)
    hub.follow(bob, "channel.2", 0)
    hub.publish("channel.1", [post(1)])
    hub.publish("channel.3", [post(1)])
    await a_turn()
    assert (alice.got, bob.got) == ([1], [])


async def test_skipped_users_and_connections_get_the_rest() -> None:
    hub = lonely_hub()
    alice, alice_too, bob = noted_socket(1), noted_socket(1), noted_socket(2)
    for socket in (alice, alice_too, bob):
        hub.follow(socket, "channel.1", 0)
    hub.publish("channel.1", [post(1), post(2, skip=(1,)), post(3, skip=("of-2",))])
    await a_turn()
    assert alice.outbox.writes == alice_too.outbox.writes == [[1, 3]]
    assert bob.outbox.writes == [[1, 2]]


async def test_a_version_that_passed_is_not_delivered_again() -> None:
    hub, alice = lonely_hub(), noted_socket()
    hub.follow(alice, "channel.1", 5)
    hub.publish("channel.1", [post(5), post(7)])
    hub.deliver("channel.1", [post(6), post(7)])
    await a_turn()
    hub.deliver("channel.1", [post(6), post(8)])
    await a_turn()
    assert alice.got == [7, 6, 8]
    assert hub.versions() == {"channel.1": 8}


async def test_what_has_no_version_is_always_delivered() -> None:
    hub, alice = lonely_hub(), noted_socket()
    hub.follow(alice, "user.1")
    hub.publish("user.1", [unversioned(1), unversioned(1)])
    await a_turn()
    assert alice.got == [1, 1]
    assert hub.versions() == {}


async def test_unfollow_ends_delivery_at_once_but_what_was_published_before_arrives() -> None:
    hub, alice, bob = lonely_hub(), noted_socket(1), noted_socket(2)
    for socket in (alice, bob):
        hub.follow(socket, "channel.1", 0)
    hub.publish("channel.1", [post(1)])
    hub.unfollow(alice, "channel.1")
    hub.publish("channel.1", [post(2)])
    await a_turn()
    assert (alice.got, bob.got) == ([1], [1, 2])
    assert alice.topics == set()
    assert hub.followers("channel.1") == [bob]


async def test_a_topic_that_nobody_follows_is_forgotten() -> None:
    hub, alice = lonely_hub(), noted_socket()
    hub.follow(alice, "channel.1", 3)
    hub.follow(alice, "user.1")
    assert {"channel.1", "everyone"} <= hub.relay.wanted
    hub.leave(alice)
    assert (hub.topics, alice.topics) == ({}, set())
    assert hub.relay.wanted == {"everyone"}
    hub.follow(alice, "channel.1", 9)
    assert hub.versions() == {"channel.1": 9}


async def test_a_later_follower_does_not_hide_a_gap() -> None:
    hub, alice, bob = lonely_hub(), noted_socket(1), noted_socket(2)
    hub.follow(alice, "channel.1", 3)
    hub.follow(bob, "channel.1", 5)
    assert hub.versions() == {"channel.1": 3}
    hub.unfollow(bob, "channel.1")
    hub.unfollow(bob, "channel.9")
    assert hub.followers("channel.1") == [alice]


async def test_apps_above_hear_who_stops_to_follow(unfollowed: list[tuple[object, str]]) -> None:
    hub, alice, bob = lonely_hub(), noted_socket(1), noted_socket(2)
    for socket in (alice, bob):
        hub.follow(socket, "channel.1", 0)
    hub.unfollow(alice, "channel.1")
    hub.leave(bob)
    assert unfollowed == [(alice, "channel.1"), (bob, "channel.1")]
    hub.unfollow(bob, "channel.1")
    assert len(unfollowed) == 2
