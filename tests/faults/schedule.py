"""Schedules of several faults at once, drawn from a seed: the same seed, the same faults in the
same order. What is under way when one strikes differs from run to run; that is the point.
"""

import asyncio
import signal
from collections.abc import Callable

from tests.faults.proxy import Snare
from tests.faults.scenarios.workers import MESSAGES, stall
from tests.faults.stage import Stage
from tests.faults.world import Lane, World

MOMENTS = 6
LONGEST_PAUSE_SECONDS = 2.5
MENDED_EVERY = 3

Fault = Callable[[World, Lane], object]


async def schedule(stage: Stage) -> None:
    """Several faults, one upon the other, mended now and then."""
    for moment in range(1, MOMENTS + 1):
        fault = stage.dice.choice(FAULTS)
        stage.note(fault.__name__)
        await asyncio.to_thread(fault, stage.world, stage.dice.choice(stage.world.lanes))
        await asyncio.sleep(stage.dice.uniform(0, LONGEST_PAUSE_SECONDS))
        if moment % MENDED_EVERY == 0:
            stage.note("mended")
            await stage.world.mend()


def kill_worker(world: World, lane: Lane) -> None:
    lane.worker.kill()


def end_worker(world: World, lane: Lane) -> None:
    lane.worker.send_signal(signal.SIGTERM)


def stall_worker(world: World, lane: Lane) -> None:
    stall(lane, 3)


def kill_redis(world: World, lane: Lane) -> None:
    world.redis.kill()


def restart_redis(world: World, lane: Lane) -> None:
    world.redis.kill()
    world.redis.start()


def hide_redis(world: World, lane: Lane) -> None:
    lane.to_redis.black_hole()


def deafen(world: World, lane: Lane) -> None:
    lane.to_redis.black_hole("down")


def slow_redis(world: World, lane: Lane) -> None:
    lane.to_redis.delay_seconds = 0.5


def restart_postgres(world: World, lane: Lane) -> None:
    world.postgres.stop()
    world.postgres.start()


def cut_before_commit(world: World, lane: Lane) -> None:
    lane.to_postgres.snare = Snare(MESSAGES, "before", times=2)


def cut_after_commit(world: World, lane: Lane) -> None:
    lane.to_postgres.snare = Snare(MESSAGES, "after", times=2)


def kill_after_commit(world: World, lane: Lane) -> None:
    lane.to_postgres.snare = Snare(MESSAGES, "after", strike=lane.worker.kill)


def slow_postgres(world: World, lane: Lane) -> None:
    lane.to_postgres.delay_seconds = 0.1


def slow_lines(world: World, lane: Lane) -> None:
    lane.door.delay_seconds = 0.3


def cut_lines(world: World, lane: Lane) -> None:
    world.loop.call_soon_threadsafe(lane.door.reset)


FAULTS: list[Fault] = [
    kill_worker, end_worker, stall_worker, kill_redis, restart_redis, hide_redis, deafen,
    slow_redis, restart_postgres, cut_before_commit, cut_after_commit, kill_after_commit,
    slow_postgres, slow_lines, cut_lines,
]  # fmt: skip
