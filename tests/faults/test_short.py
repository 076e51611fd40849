"""A short run under faults: one seeded schedule over two workers, a real Redis, a real Postgres.

Only promises are judged, not times: whatever else the machine does, nothing may be lost.
"""

from tests.faults.scenarios import workers
from tests.faults.schedule import schedule
from tests.faults.stage import Scenario, perform
from tests.faults.world import World

SEED = 19
SCENARIOS = [
    Scenario(workers.kill_between_commit_and_publish),
    Scenario(schedule),
]


async def test_nothing_is_lost_doubled_reordered_or_shown_to_the_wrong_person() -> None:
    async with World(people=12) as world:
        for scenario in SCENARIOS:
            figures = await perform(world, scenario, SEED)
            assert figures.breaches == []
            assert figures.columns, figures.misses  # it came to its end
            assert int(figures.columns["sends"]) > 0
