"""100 people write into 50 channels, two in each: acknowledged messages per second of server CPU.

Beside it a stock consumer that stores each message with one ORM insert and acknowledges it.
"""

from collections import defaultdict
from contextlib import ExitStack

from bench import load, peers
from bench.load import Line
from bench.maru import Maru, say
from bench.peers.stock import StockInsert
from bench.results import Row, check_lossless, medians, quantiles

SENDERS, CHANNELS = 100, 50
FACTOR = 8
SCENARIO = f"stored sends, {SENDERS} senders, {CHANNELS} channels"
UNIT = "messages per CPU second"


def run(rounds: int) -> list[Row]:
    peers.install()
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    with ExitStack() as servers:
        maru = servers.enter_context(Maru())
        stock = servers.enter_context(StockInsert(maru.postgres))
        doors = {maru.name: writers(maru), stock.name: stock.room(SENDERS)}
        for _ in range(rounds):
            for name, door in doors.items():
                found[name].append(measure(door))
    rows = []
    for name, values in found.items():
        details = medians(values)
        rows.append(Row(SCENARIO, name, details.pop("value"), UNIT, details=details))
    ours, theirs = rows
    goal = f"≥ {theirs.value * FACTOR:,.0f} = {FACTOR} × {theirs.server}"
    return [ours.aim(goal, ours.value >= theirs.value * FACTOR), theirs]


def writers(maru: Maru) -> list[Line]:
    members = [[number, number + CHANNELS] for number in range(CHANNELS)]
    world = maru.world(SENDERS, members)
    return [*maru.door(world), ("message", "\t".join(say(pk) for pk in world.channels))]


def measure(door: list[Line]) -> dict[str, float]:
    report = load.run([*door, ("in_flight", SENDERS), ("warmup", 1.5), ("seconds", 4)])
    check_lossless(report.missing)
    window = report.window
    return {
        "value": window.acknowledged / window.cpu,
        "messages_per_second": window.acknowledged / window.seconds,
        **quantiles(report.answer_ms),
    }
