"""A house of three workers, and the two doors through which its commands are given."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.core.management import call_command

from accounts.models import User
from chat.models import Channel
from operations.commands import COMMANDS
from realtime.database import in_database
from tests.client import Client, ProtocolError, connect
from tests.servers import Worker


@dataclass
class House:
    """The console is at the first worker, Bob at another."""

    workers: list[Worker]
    console: Client
    owner: User
    bob: User
    channel: Channel
    names: dict[int, str]

    def name_of_last(self) -> str:
        return self.names[self.workers[-1].pid()]

    @asynccontextmanager
    async def visit(self) -> AsyncIterator[Client]:
        """A socket of Bob's with nothing waiting."""
        async with connect(self.workers[-1].socket_url) as client:
            await client.login("bob")
            await client.request("ping")  # behind what follows `ready`
            client.events.clear()
            yield client

    async def say(self) -> str:
        """What Bob is answered who says something."""
        async with connect(self.workers[-1].socket_url) as client:
            await client.login("bob")
            said = {"channel": self.channel.pk, "text": "hi", "client_id": "1"}
            try:
                await client.request("send-message", **said)
            except ProtocolError as error:
                return error.code
            return "sent"


State = Callable[[House], Awaitable[object]]


async def by_socket(house: House, name: str, arguments: Any, *, dry_run: bool) -> str:
    reply = await house.console.request(
        "system-command", command=name, arguments=arguments, dry_run=dry_run
    )
    assert reply["result"]["dry_run"] is dry_run
    return str(reply["result"]["text"])


async def by_command_line(house: House, name: str, arguments: Any, *, dry_run: bool) -> str:
    words = [name, "--by", "alice", *(["--dry-run"] if dry_run else [])]
    for argument, info in COMMANDS[name].arguments.model_fields.items():
        if argument not in arguments:
            continue
        value = arguments[argument]
        text = {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value)
        words += [text] if info.is_required() else [f"--{argument.replace('_', '-')}", text]
    printed = StringIO()
    await in_database(call_command, "operate", *words, stdout=printed)
    said = printed.getvalue().strip()
    assert said.startswith("Dry run: ") is dry_run
    return said.removeprefix("Dry run: ")


async def becomes_other(house: House, state: State, before: object) -> None:
    """An order reaches the other workers a moment after the reply."""
    async with asyncio.timeout(60):
        while await state(house) == before:
            pass
