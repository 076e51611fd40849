"""Stock y-websocket clients for tests: one Node process that holds as many as are opened.

async with stock() as node:
    alice = await node.open(server, document_id, token)
    await alice.insert(0, "hi")
    await until(lambda: bob.text(), "hi")
"""

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 60
POLL_SECONDS = 0.02
SCRIPT = Path(__file__).with_suffix(".mjs")


async def until(ask: Callable[[], Awaitable[Any]], expected: Any) -> None:
    """Ask again until the answer is the expected one."""
    answer = None
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (answer := await ask()) != expected:  # noqa: ASYNC110 - of another process
                await asyncio.sleep(POLL_SECONDS)
    except TimeoutError:
        raise AssertionError(f"expected {expected!r}, got {answer!r}") from None


class Node:
    def __init__(self, process: Process) -> None:
        self.process = process
        self.numbers = count(1)
        self.lock = asyncio.Lock()

    async def call(self, command: str, **given: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        async with self.lock:
            number = next(self.numbers)
            line = json.dumps({"id": number, "command": command, **given})
            self.process.stdin.write(line.encode() + b"\n")
            answer = await self.process.stdout.readline()
        told = json.loads(answer)
        assert told["id"] == number
        return told["result"]

    async def open(self, url: str, document_id: int, token: str) -> "Stock":
        """`url`: http://…"""
        name = str(next(self.numbers))
        address = documents_url(url)
        await self.call("open", name=name, url=address, room=str(document_id), token=token)
        return Stock(self, name)


def documents_url(url: str) -> str:
    return url.replace("http://", "ws://") + "/ws/documents"


@dataclass(frozen=True)
class Stock:
    """One provider with its document."""

    node: Node
    name: str

    async def call(self, command: str, **given: Any) -> Any:
        return await self.node.call(command, name=self.name, **given)

    async def text(self) -> str:
        return str(await self.call("text"))

    async def insert(self, at: int, text: str) -> None:
        await self.call("insert", at=at, text=text)

    async def synced(self) -> "Stock":
        await until(lambda: self.call("synced"), True)
        return self


@asynccontextmanager
async def stock() -> AsyncIterator[Node]:
    process = await asyncio.create_subprocess_exec("node", str(SCRIPT), stdin=PIPE, stdout=PIPE)
    try:
        yield Node(process)
    finally:
        assert process.stdin
        process.stdin.close()
        await process.wait()
