"""The lines between clients and workers, and who may still listen at their end."""

import asyncio
from time import monotonic

from tests.faults.client import Client
from tests.faults.evidence import Barred
from tests.faults.link import Refused
from tests.faults.scenarios.workers import BACK_SECONDS
from tests.faults.stage import Stage, until


async def clients_cut(stage: Stage) -> None:
    """Every line breaks, politely or not, three times."""
    for _ in range(3):
        for lane in stage.world.lanes:
            stage.dice.choice([lane.door.cut, lane.door.reset])()
        await stage.back_within(BACK_SECONDS)


async def clients_slow(stage: Stage) -> None:
    """200 ms, and 50 kB/s for each."""
    for lane in stage.world.lanes:
        lane.door.delay_seconds, lane.door.bytes_per_second = 0.2, 50_000
    await asyncio.sleep(6)


async def half_open(stage: Stage) -> None:
    """Lines that are dead, and neither end is told: both are free within 45 s."""
    lane = stage.world.lanes[0]
    links = list(lane.door.links)
    stage.note("a black hole between the clients and a worker")
    lane.door.black_hole()
    lane.door.refusing = True
    began = monotonic()
    await until(lambda: all(link.ended_by_target for link in links), 60)
    stage.figures.expect(f"{len(links)} freed by the server", monotonic() - began, 45)
    await until(lambda: all(client.in_sync.is_set() for client in stage.crew.clients), 60)
    stage.figures.expect("everybody back", monotonic() - began, 50)


async def asleep_for_90_s(stage: Stage) -> None:
    """A laptop's lid is closed and opened: right within 3 s of waking."""
    sleepers = stage.crew.clients[-10:]
    for client in sleepers:
        client.fall_asleep()
    await asyncio.sleep(90)
    began = monotonic()
    for client in sleepers:
        client.wake_up()
    heads = stage.crew.heads()
    await until(lambda: all(c.holds(heads) for c in sleepers), 30)
    stage.figures.expect("right after waking", monotonic() - began, 3)


async def access_taken_away(stage: Stage) -> None:
    """Who is removed gets nothing after one second, and cannot catch up."""
    await _remove_some(stage, within=1.0)


async def access_taken_away_without_redis(stage: Stage) -> None:
    stage.world.redis.kill()
    await asyncio.sleep(2)
    await _remove_some(stage, within=10.0)
    await asyncio.sleep(11)


async def _remove_some(stage: Stage, *, within: float) -> None:
    crew = stage.crew
    owner, channel = crew.clients[0], crew.channels[0]
    removed = stage.dice.sample(crew.clients[1:], 5)
    for client in removed:
        await owner.ask("remove-member", channel=channel, user=client.user)
        crew.journal.add(Barred(monotonic() + within, client.name, channel))
        client.views.pop(channel, None)
        await asyncio.sleep(0.3)
    await asyncio.sleep(3)
    codes = {await _refusal(client, channel) for client in removed}
    stage.figures.require("nobody removed can catch up", codes == {"not-found"})


async def _refusal(client: Client, channel: int) -> str:
    try:
        await client.ask("open-channel", channel=channel, since=0)
    except Refused as error:
        return error.code
    return "nothing"
