"""Workers that die, are replaced, or stand still."""

import asyncio
import signal
from time import monotonic

from tests.faults.client import Client
from tests.faults.evidence import Saw
from tests.faults.proxy import Snare
from tests.faults.stage import Stage, until
from tests.faults.world import Lane

BACK_SECONDS = 5
PATIENCE_SECONDS = 60  # before a run gives up
MESSAGES = b'"chat_message"'


async def kill_a_worker(stage: Stage) -> None:
    """kill -9: its clients are back within 5 s, and nothing is lost."""
    lane = stage.dice.choice(stage.world.lanes)
    stage.note("kill -9")
    lane.worker.kill()
    await stage.back_within(BACK_SECONDS)


async def kill_between_commit_and_publish(stage: Stage) -> None:
    """The commit is done, the worker dies before it knows: the others get it within 2 s."""
    for lane in stage.world.lanes:
        others = [c for c in stage.crew.clients if c.doors[c.door] != lane.url]
        snare = lane.to_postgres.snare = Snare(MESSAGES, "after", strike=lane.worker.kill)
        await asyncio.wait_for(snare.struck.wait(), PATIENCE_SECONDS)
        stage.note("killed between commit and publish")
        await _orphans_arrive(stage, others, monotonic())
        await stage.back_within(BACK_SECONDS)
        await stage.world.mend()


async def _orphans_arrive(stage: Stage, others: list[Client], began: float) -> None:
    """What is stored, and nobody has seen yet, is soon seen by those whose worker lives."""
    changes = stage.crew.changes()
    seen = {(s.state.message, s.state.version) for s in stage.crew.journal.of(Saw)}
    orphans = changes - seen
    await until(
        lambda: all(_holds(client, *o) for client in others for o in orphans), PATIENCE_SECONDS
    )
    stage.figures.expect(f"{len(orphans)} unpublished seen", monotonic() - began, 2)


def _holds(client: Client, message: int, version: int) -> bool:
    states = [view.messages.get(message) for view in client.views.values()]
    return any(state is not None and state.version >= version for state in states)


async def deaf_then_killed(stage: Stage) -> None:
    """A worker whose events reach nobody acknowledges, then dies: the database has them."""
    lane = stage.dice.choice(stage.world.lanes)
    lane.to_redis.black_hole("up")
    began = monotonic()
    await asyncio.sleep(1)
    stage.note("kill -9, with the link to Redis black-holed")
    lane.worker.kill()
    await stage.back_within(BACK_SECONDS)
    stage.delivered_within(5, began)


async def rolling_deploy(stage: Stage) -> None:
    """SIGTERM and a new start, one worker after the other, under load."""
    for lane in stage.world.lanes:
        began = monotonic()
        stage.note("SIGTERM")
        lane.worker.send_signal(signal.SIGTERM)
        await until(lambda lane=lane: not lane.is_running(), 40)  # type: ignore[misc]
        stage.figures.expect("exit", monotonic() - began, 20)
        await stage.world.mend()
        await stage.crew.in_sync()


async def stalled_loop(stage: Stage) -> None:
    """The loop stands still for 5 s: it is logged with the stack, and nothing is lost."""
    lane = stage.dice.choice(stage.world.lanes)
    stall(lane, 5)
    await asyncio.sleep(7)
    told = "time.sleep" in lane.worker.output()
    stage.figures.require("the stall is logged with its stack", told)


async def stuck_loop(stage: Stage) -> None:
    """The loop never comes back: the worker ends itself after 30 s."""
    lane = stage.dice.choice(stage.world.lanes)
    began = monotonic()
    stall(lane, 120)
    await until(lambda: not lane.is_running(), 60)
    stage.figures.expect("ended itself after", monotonic() - began, 35)
    await stage.back_within(BACK_SECONDS)


def stall(lane: Lane, seconds: float) -> None:
    lane.worker.stall_file.write_text(str(seconds))
    lane.worker.send_signal(signal.SIGUSR1)


async def users_of_a_dead_worker(stage: Stage) -> None:
    """Whoever does not come back is shown offline within 45 s."""
    lane = stage.world.lanes[1]
    theirs = [c for c in stage.crew.clients[1:] if c.doors[c.door] == lane.url]
    for client in theirs[:5]:
        client.stopping = True  # does not connect again
    lane.worker.kill()
    began = monotonic()
    await stage.back_within(BACK_SECONDS)
    await stage.world.mend()
    await stage.crew.testify_presence()
    stage.figures.expect("users told offline", monotonic() - began, 45)


async def steps_of_the_clock(stage: Stage) -> None:
    """An hour forward, two back: only the clock on the wall changes."""
    lane = stage.dice.choice(stage.world.lanes)
    if not lane.worker.fake_clock():
        stage.figures.tell("not run: libfaketime is not installed")
        return
    await asyncio.to_thread(lane.worker.stop)
    await stage.world.mend()
    for offset in ("+3600", "-3600", "+0"):
        stage.note(f"the clock of a worker steps to {offset} s")
        lane.worker.clock_file.write_text(offset)
        await asyncio.sleep(4)
    lane.worker.true_clock()  # each look at the other one is slow: it is for this scenario only
    await asyncio.to_thread(lane.worker.stop)
    await stage.world.mend()
