"""1,000 sockets in one room, 20 messages a second: how late does the slowest screen show them?"""

from collections import defaultdict
from contextlib import ExitStack

from bench import load, peers
from bench.cores import LOAD_CORE, on_core
from bench.load import Line
from bench.maru import Maru
from bench.results import Row, medians, quantiles
from tests.servers import Redis

SOCKETS = 1_000
PER_SECOND = 20
SECONDS = 8
SHARE = 1 / 5


def run(rounds: int) -> list[Row]:
    peers.install()
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    with ExitStack() as servers:
        with on_core(LOAD_CORE):
            redis = servers.enter_context(Redis())
        rooms = {
            Maru.name: servers.enter_context(Maru()).room(SOCKETS),
            peers.SocketIO.name: servers.enter_context(peers.SocketIO(redis)).room(SOCKETS),
        }
        for _ in range(rounds):
            for name, room in rooms.items():
                found[name].append(measure(room))
    scenario = f"{SOCKETS:,} sockets, {PER_SECOND} messages/s"
    rows = []
    for name, values in found.items():
        details = medians(values)
        rows.append(Row(scenario, name, details["p99_ms"], "ms p99 to the screen", details=details))
    ours, theirs = rows
    goal = f"≤ {theirs.value * SHARE:.0f} = 1/5 of {theirs.server}"
    return [ours.aim(goal, ours.value <= theirs.value * SHARE), theirs]


def measure(room: list[Line]) -> dict[str, float]:
    [message] = [value for word, value in room if word == "message"]
    timeline = [
        ("at", f"{number / PER_SECOND:.3f} {number % SOCKETS} {message}")
        for number in range(PER_SECOND * SECONDS)
    ]
    report = load.run([*room, *timeline, ("warmup", 1), ("seconds", SECONDS)])
    return {
        "cpu_share": report.window.cpu / report.window.seconds,
        **quantiles(report.latency_ms),
    }
