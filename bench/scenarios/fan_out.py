"""One room of 1,000 sockets: what does it cost the server to hand one message to one of them?

One message at a time there is nothing to batch; with 32 and 512 on their way there is.
"""

from collections import defaultdict
from contextlib import ExitStack

from bench import load, peers
from bench.cores import LOAD_CORE, on_core
from bench.load import Line
from bench.maru import Maru
from bench.results import Row, check_lossless, medians, quantiles
from tests.servers import Redis

SOCKETS = 1_000
IN_FLIGHT = (1, 32, 512)
HEAVY = 512  # in flight: python-socketio and the tutorial deliver nothing for seconds
LIGHT = (Maru.name, peers.WebSocketLoop.name, peers.SocketIO.name)
WARMUP_SECONDS, SECONDS = 1.5, 4
UNIT = "µs CPU per delivery"

# In flight: the share of Socket.IO's and of the tutorial's CPU, and microseconds.
SOCKET_IO_SHARE = {1: 0.6, 32: 1 / 15, 512: 1 / 60}
TUTORIAL_SHARE = {1: 1 / 30, 32: 1 / 500}
MICROSECONDS = {1: 15.0, 512: 2.0}


def run(rounds: int) -> list[Row]:
    peers.install()
    found: dict[tuple[int, str], list[dict[str, float]]] = defaultdict(list)
    with ExitStack() as servers:
        with on_core(LOAD_CORE):
            redis = servers.enter_context(Redis())
        maru = servers.enter_context(Maru())
        rooms = {maru.name: maru.room(SOCKETS)}
        for peer in peers.PEERS:
            rooms[peer.name] = servers.enter_context(peer(redis)).room(SOCKETS)
        for _ in range(rounds):
            for in_flight in IN_FLIGHT:
                for name in LIGHT if in_flight == HEAVY else rooms:
                    one = measure(name, rooms[name], in_flight)
                    found[in_flight, name].append(one)
                    print(f"  {in_flight} in flight, {name}: {one['value']:.2f} {UNIT}", flush=True)
    return [row for in_flight in IN_FLIGHT for row in rows(in_flight, found)]


def measure(name: str, room: list[Line], in_flight: int) -> dict[str, float]:
    report = load.run(
        [
            *room,
            ("in_flight", in_flight),
            ("fanout", SOCKETS),
            ("sample", 1 if in_flight == 1 else 16),
            ("warmup", WARMUP_SECONDS),
            ("seconds", SECONDS),
        ]
    )
    if name == Maru.name:
        check_lossless(report.missing)
    window = report.window
    return {
        "value": window.cpu_us_per_delivery,
        "deliveries_per_second": window.delivered / window.seconds,
        "load_us_per_delivery": window.own_cpu * 1e6 / max(window.delivered, 1),
        **quantiles(report.latency_ms),
    }


def rows(in_flight: int, found: dict[tuple[int, str], list[dict[str, float]]]) -> list[Row]:
    scenario = f"fan-out to {SOCKETS:,} sockets, {in_flight} in flight"
    made = []
    for (at, name), rounds in found.items():
        if at == in_flight:
            details = medians(rounds)
            made.append(Row(scenario, name, details.pop("value"), UNIT, details=details))
    judge(in_flight, {row.server: row for row in made})
    return made


def judge(in_flight: int, by_server: dict[str, Row]) -> None:
    ours = by_server[Maru.name].value
    goals = []
    if in_flight in MICROSECONDS:
        goals.append(("µs", MICROSECONDS[in_flight]))
    for peer, shares in ((peers.SocketIO, SOCKET_IO_SHARE), (peers.Tutorial, TUTORIAL_SHARE)):
        if in_flight in shares:
            share = shares[in_flight]
            theirs = by_server[peer.name].value
            text = f"1/{1 / share:.0f}" if share < 0.5 else f"{share}"
            goals.append((f"= {text} of {peer.name}", theirs * share))
    text = ", ".join(f"≤ {limit:.2f} {what}" for what, limit in goals)
    by_server[Maru.name].aim(text, all(ours <= limit for _, limit in goals))
