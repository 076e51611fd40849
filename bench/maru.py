"""Maru as it runs in production, with a real Redis and a Postgres that waits for the disk."""

import json
import secrets
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bench.cores import LOAD_CORE, SERVER_CORE, on_core, put_first
from bench.load import Line
from tests.servers import PROJECT, Postgres, Redis, Server, Worker

TEXT = "Shall we meet at noon in front of the station? STAMP"

# Production, but for the limits that hold back a single person.
SETTINGS = {
    "DEBUG": "false",
    "HTTPS": "false",
    "ALLOWED_HOSTS": "127.0.0.1",
    "LOG_LEVEL": "WARNING",
    "MESSAGES_PER_SECOND": 1_000_000,
    "MESSAGES_BURST": 1_000_000,
    "TYPING_PER_SECOND": 1_000_000,
    "REQUESTS_PER_SECOND": 1_000_000,
    "REQUESTS_BURST": 1_000_000,
}


@dataclass(frozen=True)
class World:
    """What world.py made."""

    users: list[int]
    tokens: list[str]
    channels: list[int]


class Maru:
    name = "Maru"

    def __init__(self, workers: int = 1, **settings: object) -> None:
        self.workers, self.settings = workers, settings
        self.servers = ExitStack()

    def __enter__(self) -> Self:
        with on_core(LOAD_CORE):
            self.redis = self.servers.enter_context(Redis())
            self.postgres = self.servers.enter_context(Postgres(durable=True))
            self.worker = Worker(
                **{**SETTINGS, **self.settings},
                SECRET_KEY=secrets.token_urlsafe(50),
                REDIS_URL=self.redis.url,
                DATABASE_URL=self.postgres.create_database("maru"),
            )
            self.worker.manage("migrate", "--verbosity", "0")
            self.worker.manage("createcachetable")
        self.worker.arguments = ["--workers", str(self.workers)]
        with on_core(SERVER_CORE):
            self.servers.enter_context(self.worker)
        return self

    def __exit__(self, *_: object) -> None:
        self.servers.close()

    def collect_static_files(self) -> None:
        """A worker looks for them when it starts."""
        self.worker.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.worker.stop()
        with on_core(SERVER_CORE):
            self.worker.start()
        self.pids()

    def world(self, users: int, channels: list[list[int]], messages: int = 0) -> World:
        """`channels`: the numbers of the users in each; `messages` in each of them."""
        done = subprocess.run(
            [sys.executable, "-m", "bench.world"],
            cwd=PROJECT,
            env=dict(self.worker.environment()),
            input=json.dumps({"users": users, "channels": channels, "messages": messages}),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return World(**json.loads(done.stdout))

    def room(self, sockets: int) -> list[Line]:
        world = self.world(sockets, [list(range(sockets))])
        return [*self.door(world), ("message", say(world.channels[0]))]

    def door(self, world: World) -> list[Line]:
        """How the people of a world come in, one socket each."""
        return [
            ("port", self.worker.port),
            ("path", "/ws/chat/"),
            ("sockets", len(world.tokens)),
            ("header", "\t".join(f"Authorization: Bearer {token}" for token in world.tokens)),
            ("expect", '{"event":"ready"'),
            ("deliver", '{"event":"new-message"'),
            ("ack", '{"reply":'),
            *(("pid", pid) for pid in self.pids()),
        ]

    def pids(self) -> list[int]:
        for server in (self.redis, self.postgres, self.worker):
            for pid in family(server):
                put_first(pid)
        return family(self.worker)


def family(server: Server) -> list[int]:
    """Its process and all the children."""
    assert server.process
    found = [server.process.pid]
    for pid in found:
        found += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return found


def request(event: str, **data: object) -> str:
    return json.dumps({"event": event, "ref": 1, "data": data}, separators=(",", ":"))


def say(channel: int) -> str:
    return request("send-message", channel=channel, text=TEXT, client_id="STAMP")
