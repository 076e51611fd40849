"""What the tests of the socket's door may ask for."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from chat.models import Channel
from tests.client import Client, connect
from tests.door.people import People
from tests.serving import Address


class Hall:
    """Opens sockets and closes them after the test."""

    def __init__(self, server: Address, stack: AsyncExitStack) -> None:
        self.server, self.stack = server, stack

    async def open(self, token: str = "") -> Client:
        return await self.stack.enter_async_context(connect(self.server.socket_url, token=token))

    async def enter(self, name: str) -> Client:
        """A socket that is logged in and ready, with nothing waiting."""
        client = await self.open()
        await client.login(name)
        return client


@pytest.fixture
async def hall(server: Address) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        yield Hall(server, stack)


@pytest.fixture
async def people(hall: Hall, general: Channel) -> People:
    alice, bob, charlie = [await hall.enter(name) for name in ("alice", "bob", "charlie")]
    return People(alice, bob, charlie, general.pk)
