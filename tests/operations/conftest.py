"""What tests of the console share: two workers of one house, and its sockets."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from django.utils.translation import get_language

from accounts.models import User
from chat import wire
from operations.announcing import pending_frames, pending_statement
from realtime import maintenance
from realtime.statements import carry_out
from tests.client import PASSWORD, Client, connect
from tests.servers import Redis, Worker, Workers
from tests.serving import Address


def console_url(server: Worker | Address) -> str:
    return server.socket_url.replace("/ws/chat/", "/ws/admin/")


@asynccontextmanager
async def open_console(server: Worker | Address, username: str = "alice") -> AsyncIterator[Client]:
    """A socket of the console after `auth`, with its `dashboard-data` waiting."""
    async with connect(console_url(server)) as client:
        reply = await client.request("auth", username=username, password=PASSWORD)
        assert reply == {"success": True}
        yield client


async def dashboard_when(console: Client, is_so: Callable[[Any], bool]) -> Any:
    """The first dashboard of which that is true. Each worker tells its sample every second and its
    details every two: what is put together of several may be old in parts, or lack one."""
    async with asyncio.timeout(60):
        while not is_so(shown := await console.request("show-dashboard")):
            await console.next_event("statistics")
    return shown


async def names_when(console: Client, sockets: Mapping[Worker, int]) -> dict[int, str]:
    """The names of these workers by their processes, when each is shown with so many sockets."""
    expected = {worker.pid(): count for worker, count in sockets.items()}

    def is_so(shown: Any) -> bool:
        counts = {worker["pid"]: worker["sockets"] for worker in shown["workers"]}
        return expected.items() <= counts.items()

    shown = await dashboard_when(console, is_so)
    return {worker["pid"]: worker["name"] for worker in shown["workers"]}


def pending(user: User) -> list[wire.Announcement]:
    """What `ready` tells this user."""
    [rows] = carry_out(pending_statement([user.pk]))
    return pending_frames([row[1:] for row in rows], user.language or get_language() or "en")


@pytest.fixture
def workers(start_worker: Callable[..., Worker], own_redis: Redis) -> Workers:
    settings = {"REDIS_URL": own_redis.url, "METRICS_TOKEN": "sesame", "LOG_LEVEL": "INFO"}
    return start_worker(**settings), start_worker(**settings)


@pytest.fixture
def owner(alice: User) -> User:
    """Without an entry in the audit log, which is the tests' own."""
    User.objects.filter(pk=alice.pk).update(is_staff=True, is_superuser=True)
    alice.refresh_from_db()
    return alice


@pytest.fixture(autouse=True)
def _open_house() -> Iterator[None]:
    yield
    maintenance.reopen()
