"""Clients that are many at once, and the small database that they may share."""

import asyncio
import sqlite3
from time import monotonic

from tests.client import Client as Program
from tests.client import connect
from tests.faults.crowd import Crowd
from tests.faults.figures import percentile
from tests.faults.stage import Stage
from tests.faults.world import PEOPLE, PRODUCTION, Lane
from tests.servers import Worker

STORM, CROWDS = 2_000, 2
STORM_SHARE = 1 / 25  # a change a second, which goes to 2,000 sockets
PATIENCE_SECONDS = 120
PROBE_SECONDS = 0.05


async def storm_of_2000(stage: Stage) -> None:
    """Everybody at once: all have caught up within 30 s, and the loops go on meanwhile."""
    people = [(name, token) for name, (_, token) in stage.world.people.items()]
    doors = [lane.straight_url for lane in stage.world.lanes]
    stage.crew.share = STORM_SHARE
    began = monotonic()
    probes = [asyncio.create_task(_probe(lane, people[0][1])) for lane in stage.world.lanes]
    crowds = [
        await Crowd.start(doors, [people[n % len(people)] for n in range(STORM // CROWDS)], seed)
        for seed in range(CROWDS)
    ]
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.gather(*(crowd.in_sync() for crowd in crowds))
        stage.figures.expect(f"{STORM} have caught up", monotonic() - began, 30)
        heads = stage.crew.heads()
        behind = [await crowd.count_behind(heads) for crowd in crowds]
        stage.figures.require("each of them holds everything", not any(behind))
    finally:
        await asyncio.gather(*(crowd.leave() for crowd in crowds))
        for probe in probes:
            probe.cancel()
        lags = [s for found in await asyncio.gather(*probes) for s in found]
    stage.figures.expect("ping p99 (loop lag)", percentile(lags, 0.99), 0.25)


async def _probe(lane: Lane, token: str) -> list[float]:
    """How long a worker takes to answer a ping, again and again until cancelled."""
    found: list[float] = []
    url = f"ws://127.0.0.1:{lane.worker.port}/ws/chat/"
    try:
        async with connect(url, token=token) as client:
            while True:
                found.append(await _ping(client))
                await asyncio.sleep(PROBE_SECONDS)
    except asyncio.CancelledError:
        return found


async def _ping(client: Program) -> float:
    began = monotonic()
    await client.request("ping")
    return monotonic() - began


async def sqlite_locked(stage: Stage) -> None:
    """Another program holds the lock of the small database: sending waits, reading does not."""
    worker = Worker(**PRODUCTION)
    worker.settings["DATABASE_URL"] = f"sqlite:///{worker.directory}/maru.sqlite3"
    try:
        await asyncio.to_thread(worker.manage, "migrate", "--verbosity", "0")
        told = await asyncio.to_thread(worker.manage, "shell", "-v0", "-c", PEOPLE.format(count=1))
        token = told.rsplit('"', 2)[1]
        await asyncio.to_thread(worker.start)
        url, path = worker.socket_url, f"{worker.directory}/maru.sqlite3"
        async with connect(url, token=token) as writer, connect(url, token=token) as reader:
            await _send_while_locked(stage, writer, reader, path)
    finally:
        await asyncio.to_thread(worker.close)


async def _send_while_locked(stage: Stage, writer: Program, reader: Program, path: str) -> None:
    made = await writer.request("create-channel", kind="private", name="locked")
    channel = made["channel"]["id"]
    lock = sqlite3.connect(path, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    ref = await writer.send("send-message", channel=channel, text="waits", client_id="waits")
    began = monotonic()
    await reader.request("history", channel=channel)
    stage.figures.expect("a read while it is locked", monotonic() - began, 1)
    await asyncio.sleep(3)
    lock.execute("ROLLBACK")
    lock.close()
    reply = await writer.reply_to(ref)
    stage.figures.require("the message is sent", reply["message"]["text"] == "waits")
