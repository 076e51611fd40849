"""Postgres that restarts, drops connections at the worst moment, refuses, or has no room left."""

import asyncio
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from tests.faults.evidence import Answered
from tests.faults.proxy import Snare
from tests.faults.scenarios.redis import redis_away
from tests.faults.scenarios.workers import MESSAGES
from tests.faults.stage import Stage

MOMENTS: tuple[Literal["before", "after"], ...] = ("before", "after")
SMALL_DISK_BYTES = 24 * 2**20

FAILING = """
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF random() < 0.125 THEN RAISE EXCEPTION 'try again' USING ERRCODE = '{state}'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON chat_message
FOR EACH STATEMENT EXECUTE FUNCTION fail();
"""

MENDING = "DROP TRIGGER fail ON chat_message; DROP FUNCTION fail"


async def postgres_restart(stage: Stage) -> None:
    """`-m immediate`: what was under way is retried, and no false reply is given."""
    stage.note("Postgres stops at once")
    await asyncio.to_thread(stage.world.postgres.stop)
    await asyncio.to_thread(stage.world.postgres.start)
    stage.note("Postgres is back")
    await asyncio.sleep(4)


async def postgres_away_for_5_s(stage: Stage) -> None:
    stage.note("Postgres stops at once")
    await asyncio.to_thread(stage.world.postgres.stop)
    await asyncio.sleep(5)
    await asyncio.to_thread(stage.world.postgres.start)
    stage.note("Postgres is back")
    await asyncio.sleep(4)


async def postgres_away_for_20_s(stage: Stage) -> None:
    """Longer than anything is tried again: what looks into the database in turn goes on, and
    without Redis messages still reach the other worker from there."""
    stage.note("Postgres stops at once")
    await asyncio.to_thread(stage.world.postgres.stop)
    await asyncio.sleep(20)
    await asyncio.to_thread(stage.world.postgres.start)
    stage.note("Postgres is back")
    await stage.crew.in_sync()
    await redis_away(stage)


async def postgres_black_holed(stage: Stage) -> None:
    """Nothing comes through to it and nothing back, and in the end every connection breaks."""
    for lane in stage.world.lanes:
        lane.to_postgres.black_hole()
    stage.note("Postgres is behind a black hole")
    await asyncio.sleep(15)
    for lane in stage.world.lanes:
        lane.to_postgres.cut()
    await stage.world.mend()
    stage.note("Postgres is back")
    await stage.crew.in_sync()
    await redis_away(stage)


async def postgres_backends_killed(stage: Stage) -> None:
    """pg_terminate_backend for every connection, again and again."""
    for _ in range(5):
        stage.world.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await asyncio.sleep(0.7)


async def cut_at_commit(stage: Stage) -> None:
    """The connection dies at COMMIT, before and after it is done."""
    for moment in MOMENTS:
        for lane in stage.world.lanes:
            snare = lane.to_postgres.snare = Snare(MESSAGES, moment, times=3)
            await asyncio.wait_for(snare.struck.wait(), 30)
            stage.note(f"three connections were cut {moment} COMMIT")
    await asyncio.sleep(1)


async def serialization_failures(stage: Stage) -> None:
    """One statement in eight is told to try again: nobody notices."""
    await _fail_statements(stage, "40001")


async def deadlocks(stage: Stage) -> None:
    await _fail_statements(stage, "40P01")


async def _fail_statements(stage: Stage, state: str) -> None:
    # On a thread: it waits for locks of transactions that go through our own proxies.
    await asyncio.to_thread(stage.world.execute, FAILING.format(state=state))
    try:
        await asyncio.sleep(6)
    finally:
        await asyncio.to_thread(stage.world.execute, MENDING)


async def disk_full(stage: Stage) -> None:
    """Writes answer `internal`, reading goes on, and with room again all goes on by itself."""
    if os.geteuid() != 0:
        stage.figures.tell("not run: mounting a small disk needs root")
        return
    crew = stage.crew
    with _small_disk() as disk:
        crew.padding = 15_000
        create = f"CREATE TABLESPACE small LOCATION '{disk}'"
        await asyncio.to_thread(_move_messages, stage, create, "small")
        filler = disk / "filler"
        try:
            _fill(filler)
            stage.note("the disk is full")
            await asyncio.sleep(4)
            reply = await crew.clients[0].ask("open-channel", channel=crew.channels[0])
            stage.figures.require("reading goes on", bool(reply["messages"]))
            filler.unlink()
            stage.note("the disk has room again")
            await asyncio.sleep(3)
        finally:
            filler.unlink(missing_ok=True)
            crew.padding = 0
            await asyncio.to_thread(_move_messages, stage, "SELECT 1", "pg_default")
            await asyncio.to_thread(stage.world.execute, "DROP TABLESPACE small")
    refused = [a for a in crew.journal.of(Answered) if a.error == "internal"]
    stage.figures.require(f"{len(refused)} writes answered `internal`", bool(refused))


@contextmanager
def _small_disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="maru-disk-") as mountpoint:
        options = f"size={SMALL_DISK_BYTES},uid=postgres,gid=postgres,mode=700"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", mountpoint], check=True)
        try:
            yield Path(mountpoint)
        finally:
            subprocess.run(["umount", "--lazy", mountpoint], check=True)


def _move_messages(stage: Stage, first: str, tablespace: str) -> None:
    with stage.world.connect() as connection:
        connection.execute(first)
        connection.execute(f"ALTER TABLE chat_message SET TABLESPACE {tablespace}")


def _fill(filler: Path) -> None:
    with filler.open("wb") as file:
        try:
            while True:
                file.write(b"x" * 65536)
                file.flush()
        except OSError:
            pass
