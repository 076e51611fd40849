"""Every fault, and which of them the three-minute selection has."""

import asyncio

from tests.faults.scenarios import crowds, lines, postgres, readers, redis, workers
from tests.faults.stage import Scenario, Stage


async def calm(stage: Stage) -> None:
    """Nothing is broken."""
    await asyncio.sleep(5)


SCENARIOS = [
    Scenario(calm, quick=True),
    Scenario(workers.kill_a_worker, quick=True),
    Scenario(workers.kill_between_commit_and_publish, quick=True),
    Scenario(workers.deaf_then_killed),
    Scenario(workers.users_of_a_dead_worker),
    Scenario(workers.rolling_deploy, quick=True),
    Scenario(workers.stalled_loop),
    Scenario(workers.stuck_loop),
    Scenario(workers.steps_of_the_clock),
    Scenario(redis.redis_restart, quick=True),
    Scenario(redis.redis_away),
    Scenario(redis.start_without_redis),
    Scenario(redis.redis_flushed),
    Scenario(redis.redis_frozen_for_6_s),
    Scenario(redis.redis_frozen_for_30_s),
    Scenario(redis.redis_black_holed, quick=True),
    Scenario(redis.redis_half_deaf),
    Scenario(redis.redis_slow),
    Scenario(postgres.postgres_restart, quick=True),
    Scenario(postgres.postgres_away_for_5_s),
    Scenario(postgres.postgres_away_for_20_s, may_fail=True),
    Scenario(postgres.postgres_black_holed, may_fail=True),
    Scenario(postgres.postgres_backends_killed, quick=True),
    Scenario(postgres.cut_at_commit, quick=True),
    Scenario(postgres.serialization_failures),
    Scenario(postgres.deadlocks),
    Scenario(postgres.disk_full, may_fail=True),
    Scenario(readers.readers_that_stop),
    Scenario(readers.slow_readers_for_two_minutes),
    Scenario(crowds.storm_of_2000),
    Scenario(crowds.sqlite_locked),
    Scenario(lines.clients_cut, quick=True),
    Scenario(lines.clients_slow),
    Scenario(lines.half_open),
    Scenario(lines.asleep_for_90_s),
    Scenario(lines.access_taken_away, quick=True, may_fail=True),
    Scenario(lines.access_taken_away_without_redis, may_fail=True),
]
