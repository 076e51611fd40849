"""The fan-out room on one worker and on two, with the same load: what does a second one cost?"""

from collections import defaultdict

from bench.maru import Maru
from bench.results import Row, medians
from bench.scenarios.fan_out import SOCKETS, UNIT, measure

IN_FLIGHT = 32
GOAL = 1.1


def run(rounds: int) -> list[Row]:
    found: dict[int, list[dict[str, float]]] = defaultdict(list)
    with Maru() as one, Maru(workers=2) as two:
        rooms = {1: one.room(SOCKETS), 2: two.room(SOCKETS)}
        for _ in range(rounds):
            for workers, room in rooms.items():
                found[workers].append(measure(Maru.name, room, IN_FLIGHT))
    rows = []
    for workers, values in found.items():
        details = medians(values)
        scenario = f"fan-out on workers: {workers}, {IN_FLIGHT} in flight"
        rows.append(Row(scenario, Maru.name, details.pop("value"), UNIT, details=details))
    one_worker, two_workers = rows
    limit = one_worker.value * GOAL
    two_workers.aim(f"≤ {limit:.2f} = 1.1 × one worker", two_workers.value <= limit)
    return rows
