"""Sockets that are logged in and say nothing: what does the worker keep for each?"""

from pathlib import Path

from bench import load
from bench.maru import Maru
from bench.results import Row, medians

SOCKETS = 2_000
GOAL_KB = 30


def run(rounds: int) -> list[Row]:
    found = []
    for _ in range(rounds):
        with Maru() as maru:  # a fresh worker each time: Python keeps what it once had
            found.append(measure(maru))
    details = medians(found)
    row = Row(
        f"idle, {SOCKETS:,} sockets",
        Maru.name,
        details.pop("value"),
        "kB per socket",
        details=details,
    )
    return [row.aim(f"≤ {GOAL_KB}", row.value <= GOAL_KB)]


def measure(maru: Maru) -> dict[str, float]:
    load.run([*maru.room(100), ("seconds", 0.1)])  # whatever a worker loads once
    world = maru.world(SOCKETS, [list(range(SOCKETS))])
    [pid] = maru.pids()
    before = resident_kb(pid)
    with load.running([*maru.door(world), ("seconds", 60)]):
        held = resident_kb(pid) - before
    return {"value": held / SOCKETS, "worker_kb": before}


def resident_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])
