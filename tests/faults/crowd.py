"""A crowd of clients in a process of its own: many at once must not wait for each other's Python.

Reads a line of JSON, {"doors", "people": [[name, token], …], "seed"}, and prints a line when all
have caught up. Then for each line of heads, [[channel, version, last position], …], how many do not
hold them after a while. It ends with its input.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from random import Random
from typing import Any, Self

from tests.faults.client import Client
from tests.faults.evidence import Head, Journal
from tests.servers import PROJECT

POLL_SECONDS = 0.1
SETTLE_SECONDS = 20
LARGEST_LINE_BYTES = 2**20


class Crowd:
    """The other end of such a process."""

    def __init__(self, process: Process) -> None:
        self.process = process

    @classmethod
    async def start(cls, doors: Sequence[str], people: list[tuple[str, str]], seed: int) -> Self:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.faults.crowd"),
            stdin=PIPE,
            stdout=PIPE,
            cwd=PROJECT,
            limit=LARGEST_LINE_BYTES,
        )
        crowd = cls(process)
        crowd._tell({"doors": doors, "people": people, "seed": seed})
        return crowd

    async def in_sync(self) -> None:
        await self._hear()

    async def count_behind(self, heads: Sequence[Head]) -> int:
        """How many do not hold everything up to there of the channels that they are in."""
        self._tell([[head.channel, head.version, head.last_position] for head in heads])
        return int(await self._hear())

    async def leave(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        try:
            async with asyncio.timeout(SETTLE_SECONDS):
                await self.process.wait()
        except TimeoutError:
            self.process.kill()

    def _tell(self, what: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(what).encode() + b"\n")

    async def _hear(self) -> Any:
        assert self.process.stdout
        line = await self.process.stdout.readline()
        if not line:
            raise RuntimeError("The crowd has ended.")
        return json.loads(line)


async def main() -> None:
    plan = json.loads(sys.stdin.readline())
    dice = Random(plan["seed"])
    clients = [
        Client(name, token, plan["doors"], Journal(), Random(dice.random()))
        for name, token in plan["people"]
    ]
    for client in clients:
        client.start()
    for client in clients:
        await client.in_sync.wait()
    print("0", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        print(await _behind(clients, [Head(*head) for head in json.loads(line)]), flush=True)
    for client in clients:
        client.stopping = True
        client.drop()


async def _behind(clients: list[Client], heads: list[Head]) -> int:
    deadline = asyncio.get_running_loop().time() + SETTLE_SECONDS
    while behind := sum(not client.holds(heads) for client in clients):
        if asyncio.get_running_loop().time() > deadline:
            break
        await asyncio.sleep(POLL_SECONDS)
    return behind


if __name__ == "__main__":
    asyncio.run(main())
