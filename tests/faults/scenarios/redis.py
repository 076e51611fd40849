"""Redis that goes, comes back empty, freezes, or cannot be reached. Sending never notices."""

import asyncio
import signal
from time import monotonic

from redis import Redis

from tests.client import connect
from tests.faults.stage import Stage

WITHOUT_REDIS_SECONDS = 3  # until another worker's clients have a message


async def redis_restart(stage: Stage) -> None:
    """Sending goes on while it is away; afterwards all is as before."""
    redis = stage.world.redis
    with stage.undelayed_replies():
        redis.kill()
        stage.note("Redis is gone")
        began = monotonic()
        await asyncio.sleep(4)
        await asyncio.to_thread(redis.start)
        stage.note("Redis is back")
        await asyncio.sleep(4)
    stage.delivered_within(WITHOUT_REDIS_SECONDS, began)
    await stage.quick_again()


async def redis_away(stage: Stage) -> None:
    """Without Redis messages reach the other worker from the database."""
    stage.world.redis.kill()
    began = monotonic()
    with stage.undelayed_replies():
        await asyncio.sleep(10)
    stage.delivered_within(WITHOUT_REDIS_SECONDS, began)


async def start_without_redis(stage: Stage) -> None:
    """A worker starts while Redis is away, and who comes then hardly waits."""
    stage.world.redis.kill()
    lane = stage.dice.choice(stage.world.lanes)
    await asyncio.to_thread(lane.worker.stop)
    await asyncio.to_thread(lane.worker.start)
    token = next(iter(stage.world.people.values()))[1]
    began = monotonic()
    async with connect(lane.worker.socket_url, token=token) as client:
        await client.next_event("ready")
    stage.figures.expect("handshake to ready", monotonic() - began, 2)
    await stage.crew.in_sync()


async def redis_flushed(stage: Stage) -> None:
    """FLUSHALL: presence comes back by itself."""
    with stage.undelayed_replies():
        Redis(port=stage.world.redis.port).flushall()
        await asyncio.sleep(7)


async def redis_frozen_for_6_s(stage: Stage) -> None:
    await _freeze(stage, 6)


async def redis_frozen_for_30_s(stage: Stage) -> None:
    await _freeze(stage, 30)


async def _freeze(stage: Stage, seconds: float) -> None:
    """SIGSTOP: the connections stay open, and nothing is answered."""
    began = monotonic()
    with stage.undelayed_replies():
        stage.world.redis.send_signal(signal.SIGSTOP)
        try:
            await asyncio.sleep(seconds)
        finally:
            stage.world.redis.send_signal(signal.SIGCONT)
        await asyncio.sleep(4)
    stage.delivered_within(WITHOUT_REDIS_SECONDS, began)
    await stage.quick_again()


async def redis_black_holed(stage: Stage) -> None:
    """One worker's link to Redis swallows everything; its canary finds out."""
    lane = stage.dice.choice(stage.world.lanes)
    began = monotonic()
    with stage.undelayed_replies():
        lane.to_redis.black_hole()
        await asyncio.sleep(10)
        lane.to_redis.mend()
        await asyncio.sleep(6)
    stage.delivered_within(WITHOUT_REDIS_SECONDS, began)
    await stage.quick_again()


async def redis_half_deaf(stage: Stage) -> None:
    """What a worker publishes arrives, what it should hear does not."""
    lane = stage.dice.choice(stage.world.lanes)
    began = monotonic()
    with stage.undelayed_replies():
        lane.to_redis.black_hole("down")
        await asyncio.sleep(8)
        lane.to_redis.mend()
        await asyncio.sleep(6)
    stage.delivered_within(WITHOUT_REDIS_SECONDS, began)
    await stage.quick_again()


async def redis_slow(stage: Stage) -> None:
    """500 ms on the way to Redis add nothing to a reply."""
    for lane in stage.world.lanes:
        lane.to_redis.delay_seconds = 0.5
    began = monotonic()
    with stage.undelayed_replies():
        await asyncio.sleep(8)
    stage.delivered_within(WITHOUT_REDIS_SECONDS, began)
