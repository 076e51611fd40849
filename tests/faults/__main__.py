"""`make faults`: the selection of three minutes. `make faults SEEDS=20`: every fault, then twenty
seeded schedules of several at once.

`ONLY=redis,disk` plays what has one of these in its name, `SEED=7` begins there, `PEOPLE=200` makes
it a crowd.
"""

import asyncio
import os
import platform
import sys

from tests.faults.figures import Figures, table
from tests.faults.scenarios import SCENARIOS
from tests.faults.schedule import schedule
from tests.faults.stage import Scenario, perform
from tests.faults.world import World

FIRST_SEED = int(os.environ.get("SEED") or 1)
SEEDS = int(os.environ.get("SEEDS") or 0)
PEOPLE = int(os.environ.get("PEOPLE") or 50)
ONLY = os.environ.get("ONLY", "")


def programme() -> list[tuple[Scenario, int]]:
    chosen = [s for s in SCENARIOS if (SEEDS or ONLY or s.quick) and _is_wanted(s.name)]
    seeds = range(FIRST_SEED, FIRST_SEED + max(SEEDS, 1))
    schedules = [(Scenario(schedule), seed) for seed in seeds if _is_wanted("schedule")]
    return [*((scenario, FIRST_SEED) for scenario in chosen), *schedules]


def _is_wanted(name: str) -> bool:
    return any(word in name for word in ONLY.split(","))


async def run() -> int:
    figures: list[Figures] = []
    async with World(people=PEOPLE) as world:
        for scenario, seed in programme():
            found = await perform(world, scenario, seed)
            figures.append(found)
            kept = "FAILED" if found.failures() else "kept  "
            told = [f"{name} {value}" for name, value in found.columns.items()]
            title = f"{kept} {found.name}, seed {seed}: {', '.join([*told, *found.worth])}"
            print("\n".join([title, *found.failures()]), flush=True)
    print(f"\n{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    print(table(figures))
    broken = sum(len(each.breaches) for each in figures)
    late = sum(len(each.misses) for each in figures)
    print(f"{broken} promises were broken, {late} expectations were missed.")
    return bool(broken or late)


if __name__ == "__main__":
    sys.exit(asyncio.run(run()))
