"""A working day: 1,000 people in 50 channels of very different size write, type, read, come back
from lunch. The rate is the one that keeps the worker's core 60 % busy."""

import random

from bench import load
from bench.load import Line
from bench.maru import Maru, World, request, say
from bench.results import Row, medians, quantiles

USERS, CHANNELS, MEMBERSHIPS = 1_000, 50, 8
WATCHED = 50
READERS_PER_MESSAGE = 5
FIRST_RATE = 20.0  # messages a second: to learn the cost
BUSY = 0.6
WARMUP_SECONDS, SECONDS = 2.0, 8.0
GOAL_MS = 100


def run(rounds: int) -> list[Row]:
    dice = random.Random(1)
    members = crowd(dice)
    with Maru() as maru:
        world = maru.world(USERS, members)
        door = [*maru.door(world), *watching(world, dice)]
        cost = measure(door, day(world, members, FIRST_RATE, dice))["cpu_share"] / FIRST_RATE
        rate = BUSY / cost
        rounds_ = [measure(door, day(world, members, rate, dice)) for _ in range(rounds)]
    details = {**medians(rounds_), "messages_per_second": rate}
    row = Row(
        f"mixed day: {USERS:,} people, {CHANNELS} channels",
        Maru.name,
        details["p99_ms"],
        f"ms p99 to the screens, {rate:.0f} messages/s",
        details=details,
    )
    return [row.aim(f"< {GOAL_MS} at 60 % of a core", row.value < GOAL_MS)]


def crowd(dice: random.Random) -> list[list[int]]:
    """Channel n has the weight 1/n, as Zipf found it for words."""
    weights = [1 / rank for rank in range(1, CHANNELS + 1)]
    members: list[list[int]] = [[] for _ in range(CHANNELS)]
    for user in range(USERS):
        for channel in {*dice.choices(range(CHANNELS), weights, k=MEMBERSHIPS)}:
            members[channel].append(user)
    return members


def watching(world: World, dice: random.Random) -> list[Line]:
    frames = [
        request("watch-presence", users=sorted(dice.sample(world.users, WATCHED)))
        for _ in range(USERS)
    ]
    return [("send", "\t".join(frames)), ("expect", '{"reply":1,"data"')]


def day(world: World, members: list[list[int]], rate: float, dice: random.Random) -> list[Line]:
    """`rate` messages a second, each with its typing, its readers, and now and then a status."""
    acts: list[tuple[float, int, str]] = []
    weights = [len(people) / rank for rank, people in enumerate(members, 1)]
    for number in range(int(rate * (WARMUP_SECONDS + SECONDS))):
        at = number / rate
        [place] = dice.choices(range(CHANNELS), weights)
        people, channel = members[place], world.channels[place]
        author = dice.choice(people)
        acts.append((at, author, request("typing", channel=channel)))
        acts.append((at + 0.5, author, say(channel)))
        for reader in dice.sample(people, min(READERS_PER_MESSAGE, len(people))):
            read = request("mark-read", channel=channel, position=number + 1)
            acts.append((at + 1, reader, read))
        if number % 20 == 0:
            status = request("set-status", presence=dice.choice(["auto", "away"]))
            acts.append((at, dice.randrange(USERS), status))
    return [("at", f"{at:.4f} {user} {frame}") for at, user, frame in sorted(acts)]


def measure(door: list[Line], timeline: list[Line]) -> dict[str, float]:
    plan = [*door, *timeline, ("warmup", WARMUP_SECONDS), ("seconds", SECONDS)]
    report = load.run(plan)
    window = report.window
    return {
        "cpu_share": window.cpu / window.seconds,
        "deliveries_per_second": window.delivered / window.seconds,
        **quantiles(report.latency_ms),
    }
