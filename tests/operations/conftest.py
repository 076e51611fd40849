"""What tests of the console share: two workers of one house, and its sockets."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

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
