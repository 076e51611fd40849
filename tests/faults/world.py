"""The world that is broken: one Redis, one durable Postgres, production workers, and a proxy of
ours on every line between them.

Each worker reaches Redis and Postgres by proxies of its own, and its clients come in by one.
"""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import psycopg

from tests.faults.proxy import Proxy
from tests.servers import Postgres, Redis, Server, Worker

DATABASE = "maru"
PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "only-for-the-faults-of-this-run-" + "x" * 32,
    "ALLOWED_HOSTS": "127.0.0.1",
    "HTTPS": "false",
    "REQUESTS_PER_SECOND": 200,
    "REQUESTS_BURST": 1000,
}

PEOPLE = """
import json
from accounts.actions.tokens import create_token
from accounts.models import User
people = {{}}
for number in range({count}):
    user = User.objects.create_user(f"person{{number}}", f"person{{number}}@example.com")
    people[user.username] = [user.pk, create_token(user, name="faults").plain]
print(json.dumps(people))
"""


class FaultyWorker(Worker):
    """A production worker whose loop stalls at SIGUSR1, with its clock in our hands where
    libfaketime is installed."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**settings)
        self.stall_file = self.directory / "stall"
        self.clock_file = self.directory / "clock"
        self.settings["STALL_FILE"] = str(self.stall_file)

    def fake_clock(self) -> bool:
        """From its next start its clock on the wall is what `clock_file` says."""
        library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
        if library:
            self.clock_file.write_text("+0")
            self.settings |= {
                "LD_PRELOAD": str(library),
                "FAKETIME_TIMESTAMP_FILE": str(self.clock_file),
                "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            }
        return library is not None

    def true_clock(self) -> None:
        self.settings.pop("LD_PRELOAD", None)

    def command(self) -> list[str]:
        serve = ["serve", "--host", "127.0.0.1", "--port", str(self.port)]
        return [sys.executable, "-m", "tests.faults.stalling", *serve]

    def memory_bytes(self) -> int:
        pages = Path(f"/proc/{self.pid()}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def count_descriptors(self) -> int:
        return len(list(Path(f"/proc/{self.pid()}/fd").iterdir()))

    def count_sockets(self) -> int:
        links = Path(f"/proc/{self.pid()}/fd")
        return sum(os.readlink(link).startswith("socket:") for link in _living(links))


def _living(directory: Path) -> list[Path]:
    return [path for path in directory.iterdir() if path.is_symlink()]


def is_running(server: Server) -> bool:
    return server.process is not None and server.process.poll() is None


class Lane:
    """One worker and the three proxies around it."""

    def __init__(self, world: "World", **settings: object) -> None:
        self.to_redis = Proxy(world.redis.port)
        self.to_postgres = Proxy(world.postgres.port)
        self.world, self.settings = world, settings

    async def start(self) -> Self:
        await self.to_redis.start()
        await self.to_postgres.start()
        self.worker = FaultyWorker(
            **PRODUCTION,
            DATABASE_URL=f"postgres://postgres@127.0.0.1:{self.to_postgres.port}/{DATABASE}",
            REDIS_URL=f"redis://127.0.0.1:{self.to_redis.port}/0",
            **self.settings,
        )
        self.door = await Proxy(self.worker.port).start()
        await asyncio.to_thread(self.worker.start)
        return self

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.door.port}/ws/chat/"

    @property
    def straight_url(self) -> str:
        """Past the proxy."""
        return f"ws://127.0.0.1:{self.worker.port}/ws/chat/"

    @property
    def proxies(self) -> list[Proxy]:
        return [self.door, self.to_redis, self.to_postgres]

    def is_running(self) -> bool:
        return is_running(self.worker)

    async def mend(self) -> None:
        for proxy in self.proxies:
            proxy.mend()
        if not self.is_running():
            await asyncio.to_thread(self.worker.start)

    async def close(self) -> None:
        for proxy in self.proxies:
            proxy.mend()
        await asyncio.to_thread(self.worker.close)
        for proxy in self.proxies:
            await proxy.stop()


class World:
    """Its workers share one database; `people` have tokens."""

    def __init__(self, *, workers: int = 2, people: int = 50, **settings: object) -> None:
        self.redis, self.postgres = Redis(), Postgres(durable=True)
        self.people: dict[str, tuple[int, str]] = {}
        self.count, self.workers, self.settings = people, workers, settings
        self.lanes: list[Lane] = []

    async def __aenter__(self) -> Self:
        self.loop = asyncio.get_running_loop()
        try:
            await asyncio.to_thread(self._found)
            self.lanes = [Lane(self, **self.settings) for _ in range(self.workers)]
            await asyncio.gather(*(lane.start() for lane in self.lanes))
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(lane.close() for lane in self.lanes), return_exceptions=True)
        await asyncio.to_thread(self.redis.close)
        await asyncio.to_thread(self.postgres.close)

    def _found(self) -> None:
        """An empty house with people who have tokens."""
        self.redis.start()
        self.postgres.start()
        url = self.postgres.create_database(DATABASE)
        manager = Worker(DATABASE_URL=url)
        try:
            manager.manage("migrate", "--verbosity", "0")
            told = manager.manage("shell", "-v", "0", "-c", PEOPLE.format(count=self.count))
        finally:
            manager.close()
        self.people = {name: tuple(v) for name, v in json.loads(told.splitlines()[-1]).items()}

    @property
    def doors(self) -> list[str]:
        return [lane.url for lane in self.lanes]

    async def mend(self) -> None:
        """Everything runs and every line is good again."""
        for server in (self.postgres, self.redis):
            if not is_running(server):
                await asyncio.to_thread(server.start)
        for lane in self.lanes:
            await lane.mend()

    def connect(self) -> "psycopg.Connection[Any]":
        """To the database itself, past the proxies."""
        return psycopg.connect(self.postgres.url(DATABASE), autocommit=True)

    def query(self, statement: str, *values: object) -> Sequence[tuple[Any, ...]]:
        with self.connect() as connection:
            return connection.execute(statement, values).fetchall()

    def execute(self, statement: str) -> None:
        with self.connect() as connection:
            connection.execute(statement)
