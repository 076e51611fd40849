"""People who never stop walking about in one live space: what does each cost in a second, and what
if everything were sent at every tick? Inputs come as often as the page sends them."""

import json
import random
from collections.abc import Iterator

from bench import load
from bench.load import Line
from bench.maru import Maru, World, request
from bench.results import Row, medians
from spaces.room import SPEED

CROWDS = (10, 100, 500)
# As frontend/spaces/world.ts has it: in a crowd the page tells its steps less often.
CROWDED, INPUTS_PER_SECOND, INPUTS_IN_A_CROWD = 100, 10, 5
TURN_SECONDS = 0.8
WARMUP_SECONDS, SECONDS = 2.0, 6.0
GOAL_CROWD, GOAL_CORES = 500, 0.5
FULL_STATE = "every tick the full state"


def run(rounds: int) -> list[Row]:
    rows = []
    with Maru() as maru, Maru(DJANGO_SETTINGS_MODULE="bench.peers.full_state") as full:
        for crowd in CROWDS:
            for name, server in ((Maru.name, maru), (FULL_STATE, full)):
                world = server.world(crowd, [list(range(crowd))])
                plan = [*door(server, world), *walk(world, crowd)]
                details = medians([measure(plan, crowd) for _ in range(rounds)])
                scenario = f"live space: {crowd} people walk"
                cost = details.pop("value")
                row = Row(scenario, name, cost, "µs CPU per player-second", details=details)
                if name == Maru.name and crowd == GOAL_CROWD:
                    row.aim(f"≤ {GOAL_CORES} core in all", details["cores"] <= GOAL_CORES)
                rows.append(row)
    return rows


def door(server: Maru, world: World) -> Iterator[Line]:
    for word, value in server.door(world):
        yield (word, value) if word != "deliver" else (word, '{"event":"player-update"')
    yield "send", request("player-join", channel=world.channels[0])
    yield "expect", '{"event":"game-state"'


def walk(world: World, crowd: int) -> Iterator[Line]:
    """Everybody in a direction of their own, another one every while; told as the page tells."""
    dice = random.Random(crowd)
    inputs = INPUTS_PER_SECOND if crowd <= CROWDED else INPUTS_IN_A_CROWD
    yield "warmup", WARMUP_SECONDS
    yield "seconds", SECONDS
    acts = []
    for player in range(crowd):
        dx = dy = 0.0
        at = dice.uniform(0, 1 / inputs)
        turn_at = 0.0
        while at < WARMUP_SECONDS + SECONDS:
            if at >= turn_at:
                turn_at = at + TURN_SECONDS
                dx, dy = (dice.uniform(-1, 1) * SPEED / inputs / 1.5 for _ in "xy")
            acts.append((at, player, step(world.channels[0], dx, dy)))
            at += 1 / inputs
    for at, player, frame in sorted(acts):
        yield "at", f"{at:.4f} {player} {frame}"


def step(channel: int, dx: float, dy: float) -> str:
    """Without a ref, as the page sends it."""
    data = {"channel": channel, "dx": round(dx, 1), "dy": round(dy, 1)}
    return json.dumps({"event": "player-input", "data": data}, separators=(",", ":"))


def measure(plan: list[Line], crowd: int) -> dict[str, float]:
    report = load.run(plan)
    if report.closed:
        raise RuntimeError(f"{report.closed} walkers were shut out.")
    window = report.window
    player_seconds = crowd * window.seconds
    return {
        "value": window.cpu * 1e6 / player_seconds,
        "cores": window.cpu / window.seconds,
        "bytes_per_player_second": window.received / player_seconds,
        "frames_per_player_second": window.delivered / player_seconds,
        "inputs_per_second": window.sent / window.seconds,
    }
