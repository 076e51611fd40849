"""A space through the socket, on one worker: who comes, walks, scores, arranges, and is put out."""

import asyncio
import json
from math import hypot
from time import monotonic
from typing import Any

import pytest
from django.db import OperationalError

from accounts.models import User
from chat.actions.channels import create_channel
from chat.models import Channel, Membership
from realtime import topics
from realtime.database import in_database
from realtime.worker import Worker
from spaces import wire
from spaces.models import SpaceLayout
from spaces.room import BURST_SECONDS, SPEED, USUAL
from spaces.spaces import Spaces
from tests.client import Client, ProtocolError
from tests.spaces.conftest import Hall

SPACE = ("player-joined", "player-left", "player-update", "game-state", "game-state-update")


async def join(client: Client, channel: int) -> Any:
    await client.request("player-join", channel=channel)
    return await client.next_event("game-state")


async def walk(client: Client, channel: int, dx: float, dy: float) -> None:
    await client.request("player-input", channel=channel, dx=dx, dy=dy)


async def sees_step_aside(client: Client, player: dict[str, Any], dx: float) -> None:
    update = await client.next_event("player-update")
    # Lights lie anywhere: one may be caught by the way.
    assert set(update) - {"objects"} == {"channel", "players", "tick"}
    [[name, change]] = update["players"].items()
    assert (name, change["x"]) == (str(player["id"]), player["x"] + dx)
    assert "y" not in change


async def test_two_people_see_each_other_come_walk_and_go(
    hall: Hall, alice: User, bob: User, general: Channel
) -> None:
    one, two = await hall.enter("alice"), await hall.enter("bob")
    state = await join(one, general.pk)
    assert wire.SpaceState.model_validate_json(json.dumps(state)).model_dump(mode="json") == state
    me = state["players"][str(alice.pk)]
    assert me == {"id": alice.pk, "name": "Alice", "x": me["x"], "y": me["y"], "score": 0}
    assert [thing["kind"] for thing in state["objects"].values()].count("light") == 8

    await two.request("player-join", channel=general.pk, name="Bobby")
    both = (await two.next_event("game-state"))["players"]
    assert both[str(alice.pk)] == me
    joined = await one.next_event("player-joined")
    assert joined == {"channel": general.pk, "player": both[str(bob.pk)]}
    assert joined["player"]["name"] == "Bobby"
    await two.prove_silence("player-joined")

    await walk(one, general.pk, 10, 0)
    for client in (one, two):
        await sees_step_aside(client, me, 10)

    await two.request("player-leave", channel=general.pk)
    assert await one.next_event("player-left") == {"channel": general.pk, "id": bob.pk}
    await walk(one, general.pk, -10, 0)
    await one.next_event("player-update")
    await two.prove_silence("player-update", "player-left")
    for data in ({"dx": 1, "dy": 1}, {"dx": 10**7, "dy": 0}, {"dx": "1", "dy": 0}, {"dx": 1}):
        with pytest.raises(ProtocolError, match=r"not-found|invalid-data"):
            await two.request("player-input", channel=general.pk, **data)

    await join(two, general.pk)
    two.drop()
    assert (await one.next_event("player-left"))["id"] == bob.pk
    await one.request("player-leave", channel=general.pk)
    spaces = Spaces.of(Worker.of_loop())
    assert (spaces.spaces, spaces.ticking) == ({}, False)


async def test_nobody_is_faster_than_the_limit(hall: Hall, general: Channel) -> None:
    one = await hall.enter("alice")
    [me] = (await join(one, general.pk))["players"].values()
    begin, way, x, y = monotonic(), 0.0, me["x"], me["y"]
    for number in range(20):
        step = 10_000 if number < 10 else -10_000
        await walk(one, general.pk, step, 0)
    async with asyncio.timeout(10):
        while True:
            update = await one.next_event("player-update")
            change = update["players"][str(me["id"])]
            way += hypot(change.get("x", x) - x, change.get("y", y) - y)
            x, y = change.get("x", x), change.get("y", y)
            assert way <= SPEED * (monotonic() - begin + BURST_SECONDS) + 2  # rounded, both ways
            await one.request("ping")
            if not [name for name, _ in one.events if name == "player-update"]:
                break
    assert way > 0


async def test_a_light_is_scored_and_the_next_one_appears(
    hall: Hall, alice: User, general: Channel
) -> None:
    one, two = await hall.enter("alice"), await hall.enter("bob")
    await join(one, general.pk)
    await join(two, general.pk)
    spaces = Spaces.of(Worker.of_loop())
    space = spaces.spaces[general.pk]
    light, (x, y) = next(iter(space.state.lights.items()))
    player = space.state.players[alice.pk]
    space.enter(type(player)(player.id, player.name, x, y))
    await walk(one, general.pk, 0, 0)
    scored = False
    while not scored:
        update = await two.next_event("player-update")
        scored = update["players"].get(str(alice.pk), {}).get("score") == 1
    following = next(int(id_) for id_, thing in update["objects"].items() if thing)
    assert update["objects"][str(light)] is None
    assert update["objects"][str(following)]["kind"] == "light"
    assert following in space.state.lights
    assert light not in space.state.lights
    await one.request("player-leave", channel=general.pk)
    assert (await join(one, general.pk))["players"][str(alice.pk)]["score"] == 1


async def test_one_person_has_one_avatar_which_the_last_socket_drives(
    hall: Hall, alice: User, general: Channel
) -> None:
    one, tab, two = await hall.enter("alice"), await hall.enter("alice"), await hall.enter("bob")
    before = await join(one, general.pk)
    await join(two, general.pk)
    again = await join(tab, general.pk)
    assert again["players"][str(alice.pk)] == before["players"][str(alice.pk)]
    await walk(one, general.pk, 10, 0)
    await two.prove_silence("player-joined", "player-update")
    await walk(tab, general.pk, 10, 0)
    await two.next_event("player-update")
    await tab.close()
    await walk(one, general.pk, 0, -10)
    await two.next_event("player-update")
    await two.prove_silence("player-left")
    await one.close()
    await two.next_event("player-left")


async def test_who_loses_access_is_put_out_at_once(
    hall: Hall, alice: User, bob: User, general: Channel
) -> None:
    one, two, outsider = [await hall.enter(name) for name in ("alice", "bob", "charlie")]
    with pytest.raises(ProtocolError, match="not-found"):
        await join(outsider, general.pk)
    await join(one, general.pk)
    await join(two, general.pk)
    await one.request("remove-member", channel=general.pk, user=bob.pk)
    assert (await one.next_event("player-left"))["id"] == bob.pk
    with pytest.raises(ProtocolError, match="not-found"):
        await walk(two, general.pk, 1, 0)
    two.events.clear()
    await walk(one, general.pk, 10, 0)
    await one.next_event("player-update")
    await two.prove_silence(*SPACE)


async def test_the_space_of_a_public_channel_is_open_to_who_may_read_it(
    hall: Hall, alice: User, charlie: User
) -> None:
    lobby = await in_database(lambda: create_channel(alice, kind="public", name="lobby"))
    one, visitor = await hall.enter("alice"), await hall.enter("charlie")
    await join(one, lobby.id)
    await join(visitor, lobby.id)
    assert (await one.next_event("player-joined"))["player"]["id"] == charlie.pk
    await visitor.request("join-channel", channel=lobby.id)
    await visitor.request("leave-channel", channel=lobby.id)  # they may still read it
    await walk(visitor, lobby.id, 10, 0)
    await one.next_event("player-update")
    await one.prove_silence("player-left")


def no_database(*_: Any) -> None:
    raise OperationalError("gone away")


async def test_who_may_not_read_the_channel_any_more_is_put_out_by_the_beat(
    hall: Hall, alice: User, charlie: User, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no membership is lost: a guest sees no public channel. The database may be away."""
    lobby = await in_database(lambda: create_channel(alice, kind="public", name="lobby"))
    one, visitor = await hall.enter("alice"), await hall.enter("charlie")
    await join(one, lobby.id)
    await join(visitor, lobby.id)
    await in_database(
        lambda: Membership.objects.create(channel=general, user=charlie, role="guest")
    )
    worker = Worker.of_loop()
    [socket] = worker.hub.followers(topics.user(charlie.pk))
    socket.user.epoch += 1  # as the watch over log-ins does
    with monkeypatch.context() as patch:
        patch.setattr("realtime.retry.PATIENCE_SECONDS", -1)
        patch.setattr("spaces.spaces.may_enter", no_database)
        await Spaces.of(worker)._do_beat()
    await Spaces.of(worker)._do_beat()
    assert (await one.next_event("player-left"))["id"] == charlie.pk
    await visitor.request("ping")  # after what was on its way
    visitor.events.clear()
    await walk(one, lobby.id, 10, 0)
    await one.next_event("player-update")
    await visitor.prove_silence(*SPACE)


async def test_an_admin_arranges_the_room(
    hall: Hall, alice: User, bob: User, general: Channel
) -> None:
    one, two = await hall.enter("alice"), await hall.enter("bob")
    await join(one, general.pk)
    [me, _] = (await join(two, general.pk))["players"].values()
    cushion = {"kind": "cushion", "x": me["x"], "y": 560}  # one may sit down at the entrance
    objects = [{"kind": "table", "x": 200, "y": 200}, cushion]
    with pytest.raises(ProtocolError, match="forbidden"):
        await two.request("arrange-space", channel=general.pk, objects=objects)
    for wrong in ([{"kind": "table", "x": 0, "y": 0}], [{"kind": "throne", "x": 400, "y": 300}]):
        with pytest.raises(ProtocolError, match="invalid-data"):
            await one.request("arrange-space", channel=general.pk, objects=wrong)
    reply = await one.request("arrange-space", channel=general.pk, objects=objects)
    arranged = await two.next_event("space-arranged")
    assert arranged == reply
    assert arranged["objects"]["1"] == {
        "kind": "table", "x": 200, "y": 200, "width": 128, "height": 72,
    }  # fmt: skip
    # One that told of the room as it was may have been under way.
    while len((await two.next_event("game-state-update"))["objects"]) != 2 + 8:
        pass
    assert await in_database(SpaceLayout.objects.filter(channel=general).exists)
    await two.request("player-leave", channel=general.pk)
    assert len((await join(two, general.pk))["objects"]) == 2 + 8
    assert len(USUAL) != 2


async def test_an_admin_of_no_role_may_not_arrange(hall: Hall, general: Channel) -> None:
    await in_database(Membership.objects.filter(user__username="bob").update, role="admin")
    two = await hall.enter("bob")
    await two.request("arrange-space", channel=general.pk, objects=[])
    one = await hall.enter("alice")
    await one.request("update-channel", channel=general.pk, archived=True)
    with pytest.raises(ProtocolError, match="forbidden"):
        await one.request("arrange-space", channel=general.pk, objects=[])
