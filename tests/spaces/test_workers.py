"""One space on two workers in processes of their own, with a real Redis between them."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from math import hypot
from typing import Any

import pytest
import redis

from accounts.models import User
from chat.actions.memberships import add_member
from chat.models import Channel
from spaces.room import FIRST_LIGHT, LIGHTS, Room
from spaces.spaces import BEAT_SECONDS
from spaces.state import Enter as EnterInput
from spaces.state import Player, Show, State, Take, apply
from spaces.store import LEASE_SECONDS
from tests.client import PATIENCE_SECONDS, Client, ProtocolError, connect
from tests.servers import Redis, Workers

NEWS = ("player-update", "game-state-update")


class Visitor:
    """A socket in the space that knows only the protocol."""

    def __init__(self, client: Client, channel: int) -> None:
        self.client, self.channel = client, channel
        self.players: dict[str, dict[str, Any]] = {}
        self.lights: dict[str, dict[str, Any]] = {}
        self.told: Counter[str] = Counter()  # scores, from updates alone
        self.aim = ""
        self.taken: list[int] = []  # lights
        self.followed: list[int] = []  # the lights that came for them
        self.scorers: list[int] = []  # one for each, though not always in the same update

    async def join(self) -> "Visitor":
        await self.client.request("player-join", channel=self.channel)
        self._take_whole(await self.client.next_event("game-state"))
        return self

    async def run_for_light(self, me: str, dice: random.Random) -> None:
        """A step towards one of the three lights nearest to the middle: they all want the same."""
        player = self.look()[me]
        if self.aim not in self.lights:
            middle = sorted(self.lights, key=lambda light: self.distance_from_middle(light))
            self.aim = dice.choice(middle[:3])
        aim = self.lights[self.aim]
        await self.walk(aim["x"] - player["x"], aim["y"] - player["y"])
        await self.client.until(lambda: any(name in NEWS for name, _ in self.client.events))

    def distance_from_middle(self, light: str) -> float:
        return hypot(self.lights[light]["x"] - 480, self.lights[light]["y"] - 320)

    async def walk(self, dx: float, dy: float) -> None:
        with suppress(ProtocolError):  # when they are coming too fast
            await self.client.request("player-input", channel=self.channel, dx=dx, dy=dy)

    async def until(self, expected: "Expected") -> None:
        await self.client.until(lambda: expected(self.look()))

    def look(self) -> dict[str, dict[str, Any]]:
        """Takes in what has come until now."""
        for name, data in self.client.events:
            match name:
                case "game-state-update":
                    self._take_whole(data)
                case "player-joined":
                    self.players[str(data["player"]["id"])] = data["player"]
                case "player-left":
                    self.players.pop(str(data["id"]), None)
                case "player-update":
                    self._take(data)
        self.client.events.clear()
        return self.players

    def _take_whole(self, whole: Any) -> None:
        self.players = whole["players"]
        self.lights = {i: o for i, o in whole["objects"].items() if o["kind"] == "light"}

    def _take(self, update: Any) -> None:
        for id_, change in update["players"].items():
            # The whole state may know of a score before the update that tells of its light.
            told = self.told[id_]
            self.told[id_] = change.get("score", told)
            self.scorers += [int(id_)] * (self.told[id_] - told)
            self.players[id_] = {**self.players[id_], **change}
        objects = update.get("objects", {})
        lights = [int(id_) for id_, thing in objects.items() if thing is None]
        self.taken += lights
        # Those that followed are the newest, even if they were taken within the same update.
        self.followed += sorted(map(int, objects))[len(objects) - len(lights) :]
        self.lights |= {id_: thing for id_, thing in objects.items() if thing}
        for light in lights:
            self.lights.pop(str(light), None)


Enter = Callable[[int, str], Any]


@pytest.fixture
def enter(stack: AsyncExitStack, workers: Workers, general: Channel) -> Enter:
    async def enter(worker: int, name: str) -> Visitor:
        client = await stack.enter_async_context(connect(workers[worker].socket_url))
        await client.login(name)
        return await Visitor(client, general.pk).join()

    return enter


Expected = Callable[[dict[str, dict[str, Any]]], bool]


async def until_all_see(visitors: list[Visitor], expected: Expected) -> None:
    for visitor in visitors:
        await visitor.until(expected)


NAMES = ("alice", "bob", "dana", "erin", "finn", "gail")


@pytest.fixture
def crowd(
    alice: User, bob: User, make_user: Callable[..., User], general: Channel
) -> dict[str, int]:
    """Six members of the channel: their ids by name."""
    people = [alice, bob, *(make_user(name) for name in NAMES[2:])]
    for person in people[2:]:
        add_member(alice, channel_id=general.pk, user_id=person.pk)
    return {person.username: person.pk for person in people}


async def test_everybody_sees_the_same_whatever_worker_they_are_on(
    enter: Enter, workers: Workers, own_redis: Redis, crowd: dict[str, int]
) -> None:
    visitors = {name: await enter(number % 2, name) for number, name in enumerate(NAMES)}
    everybody = list(visitors.values())
    await until_all_see(everybody, lambda players: len(players) == 6)
    for name, visitor in visitors.items():
        me = str(crowd[name])
        aim = visitor.look()[me]["y"] - 20
        await visitor.walk(0, -20)
        await until_all_see(everybody, at_height(me, aim))
        await until_all_stand(everybody, visitor)

    await drive_from_two_workers(enter, visitors, str(crowd["alice"]))

    database: Any = redis.Redis(port=own_redis.port)
    workers[1].kill()
    for visitor in everybody[1::2]:
        await visitor.client.closed()
    assert LEASE_SECONDS + 1 + BEAT_SECONDS <= 20
    leases = database.zrange("spaces:workers", 0, -1, withscores=True)
    assert all(0 < end - database.time()[0] <= LEASE_SECONDS for _, end in leases)
    left = everybody[0]
    await left.client.until(lambda: len(left.look()) == 3, 20 + PATIENCE_SECONDS)

    own_redis.kill()  # each worker goes on with its own
    here = everybody[::2]
    me, aim = str(crowd["dana"]), left.look()[str(crowd["dana"])]["y"] - 20
    await here[1].walk(0, -20)
    await until_all_see(here, at_height(me, aim))


async def until_all_stand(visitors: list[Visitor], model: Visitor) -> None:
    """Where this one sees them. A whole state may tell where somebody was before the last step,
    until the next one; who comes upon a light on the way scores a moment later."""
    for visitor in visitors:
        await visitor.until(lambda _: places(visitor) == places(model))  # noqa: B023


def places(visitor: Visitor) -> dict[str, tuple[int, int]]:
    return {id_: (player["x"], player["y"]) for id_, player in visitor.look().items()}


def at_height(player: str, y: int) -> Expected:
    return lambda players: players.get(player, {}).get("y") == y


async def drive_from_two_workers(enter: Enter, visitors: dict[str, Visitor], me: str) -> None:
    """One person on both workers is one avatar, driven by the socket that came last."""
    first, others = visitors["alice"], list(visitors.values())
    tab = await enter(1, "alice")
    spot = tab.look()[me]
    await until_all_stand([tab], first)
    await tab.walk(0, -10)
    await until_all_see([*others, tab], at_height(me, spot["y"] - 10))
    await first.walk(0, 50)  # in vain
    await tab.client.close()
    left, back = "player-left", "player-joined"
    await first.client.until(lambda: {left, back} <= {name for name, _ in first.client.events})
    await until_all_see(others, at_height(me, spot["y"] - 10))
    await first.walk(0, -10)
    await until_all_see(others, at_height(me, spot["y"] - 20))


async def test_each_light_is_scored_once(
    own_redis: Redis, workers: Workers, enter: Enter, crowd: dict[str, int]
) -> None:
    """Six people on two workers run for the same lights, by chance, at the same time: the scores
    are those of the pure model, which takes the lights in the order of the events."""
    visitors = {name: await enter(number % 2, name) for number, name in enumerate(NAMES)}
    everybody = list(visitors.values())
    await until_all_see(everybody, lambda players: len(players) == 6)
    fields = {"channel": everybody[0].channel, "objects": []}
    await everybody[0].client.request("arrange-space", **fields)  # nothing in the way
    dice = random.Random(7)
    async with asyncio.timeout(180):
        while len(everybody[0].taken) < 8:
            await asyncio.gather(
                *(
                    visitor.run_for_light(str(crowd[name]), dice)
                    for name, visitor in visitors.items()
                )
            )
    watcher = everybody[0]
    for visitor in everybody:
        await visitor.until(lambda p: score(p) == len(visitor.taken) == score(watcher.look()))  # noqa: B023
        assert len(visitor.taken) == len(set(visitor.taken)) == len(visitor.scorers)
        assert set(visitor.taken) == set(watcher.taken)
    assert model_scores(watcher) == {
        int(id_): player["score"] for id_, player in watcher.look().items()
    }


def score(players: dict[str, dict[str, Any]]) -> int:
    return sum(player["score"] for player in players.values())


def model_scores(watcher: Visitor) -> dict[int, int]:
    """Each light that was taken, in the order of the decisions, through spaces.state."""
    state, _ = apply(State(Room(7)), Show(frozenset(range(FIRST_LIGHT, FIRST_LIGHT + LIGHTS))))
    for player in map(int, watcher.look()):
        state, _ = apply(state, EnterInput(Player(player, "", 480, 560)))
    lights, followed = sorted(watcher.taken), sorted(watcher.followed)
    for light, following, player in zip(lights, followed, watcher.scorers, strict=True):
        assert light in state.lights
        score = state.players[player].score + 1
        state, _ = apply(state, Take(light, following, player, score))
    return {id_: player.score for id_, player in state.players.items()}
