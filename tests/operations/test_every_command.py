"""Every command, dry and real, from its socket and from the command line: the same words, the same
effect, one entry in the audit log. A command without a row fails."""

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from channels.layers import channel_layers
from django.utils import timezone

from accounts.actions.bans import deactivate_users, reactivate_users
from accounts.models import LoginAttempt, User
from audit.models import Entry
from chat.models import Channel
from operations.announcing import Said, announce, current
from operations.commands import COMMANDS
from operations.models import Announcement, Closure
from operations.store import RedisStore
from realtime.database import in_database
from realtime.layer import BoundedChannelLayer
from tests.client import Client, connect
from tests.operations.conftest import names_when, open_console
from tests.operations.house import House, State, becomes_other, by_command_line, by_socket
from tests.servers import Redis, Worker

DOORS = ("socket", "command line")
BANNED, REVOKED = 4504, 4503
COUNTDOWN_SECONDS = 600


async def nothing(house: House) -> object:
    return None


class Row(NamedTuple):
    """`heard`: the event that Bob's socket gets, or the code that it is closed with. `state`: what
    is otherwise, or stays as it is after a dry run. `first`: the event that `before` leads to."""

    arguments: Callable[[House], dict[str, Any]]
    heard: str | int | None = None
    state: State = nothing
    before: State = nothing
    first: str = ""


def stored(read: Callable[[House], object]) -> State:
    async def state(house: House) -> object:
        return await in_database(read, house)

    return state


def is_active(house: House) -> object:
    return User.objects.get(pk=house.bob.pk).is_active


def is_archived(house: House) -> object:
    return Channel.objects.get(pk=house.channel.pk).archived


def open_channel(house: House) -> object:
    return Channel.objects.filter(pk=house.channel.pk).update(archived=False)


def shut_out(house: House) -> object:
    return deactivate_users(house.owner, users=User.objects.filter(pk=house.bob.pk))


def let_in(house: House) -> object:
    return reactivate_users(house.owner, users=User.objects.filter(pk=house.bob.pk))


def announced(house: House) -> object:
    return announce(house.owner, english=Said("Cake"))


def wrong_tries(house: House) -> object:
    return LoginAttempt.objects.create(name="bob", address="192.0.2.1", tried_at=timezone.now())


async def used_up(house: House) -> object:
    await in_database(wrong_tries, house)
    await in_database(open_channel, house)
    await house.say()
    return await house.say()


async def limits(house: House) -> object:
    return await LoginAttempt.objects.acount(), await house.say()


async def is_told_in_the_log(house: House) -> object:
    """Whether the worker that Bob comes to notes his coming in its log."""
    worker = house.workers[-1]
    written = len(worker.log.read_bytes())
    async with connect(worker.socket_url) as client:
        await client.login("bob")
        await client.request("ping")
    return b"Audit entry" in worker.log.read_bytes()[written:]


async def quiet_log(house: House) -> object:
    arguments = {"level": "WARNING", "logger": "audit"}
    await by_socket(house, "log-level", arguments, dry_run=False)
    await becomes_other(house, is_told_in_the_log, True)
    return None


async def all_told(house: House) -> object:
    """Each worker has told how many sockets it has: what is answered has a number of them."""
    console, bob = house.workers[0], house.workers[-1]
    return await names_when(house.console, {w: int(w in (console, bob)) for w in house.workers})


def newest(house: House) -> dict[str, Any]:
    return {"announcement": Announcement.objects.latest("pk").pk}


WATER = {
    "title": "Water",
    "text": "No water at **noon**.",
    "title_ko": "단수",
    "level": "warning",
    "channel": "general",
    "requires_acknowledgement": True,
}
ROWS = {
    "announce": Row(
        lambda house: WATER,
        "important-announcement",
        stored(lambda house: Announcement.objects.filter(title_ko="단수").count()),
    ),
    "remind-announcement": Row(
        newest,
        "important-announcement",
        before=stored(announced),
        first="important-announcement",
    ),
    "withdraw-announcement": Row(
        newest,
        "announcement-over",
        stored(lambda house: current().latest("pk").pk),
        stored(announced),
        "important-announcement",
    ),
    "disconnect-user": Row(lambda house: {"user": "bob"}, REVOKED),
    "ban-user": Row(lambda house: {"user": "bob"}, BANNED, stored(is_active)),
    "unban-user": Row(
        lambda house: {"user": house.bob.pk}, None, stored(is_active), stored(shut_out)
    ),
    "archive-channel": Row(
        lambda house: {"channel": "#general"},
        "channel-updated",
        stored(is_archived),
        stored(open_channel),
    ),
    "maintenance": Row(
        lambda house: {"on": True, "message": "Disk", "countdown_seconds": COUNTDOWN_SECONDS},
        "maintenance-updated",
        stored(lambda house: Closure.objects.exists()),
        stored(lambda house: Closure.objects.all().delete()),
    ),
    "clear-rate-limits": Row(lambda house: {}, None, limits, used_up),
    "log-level": Row(
        lambda house: {"level": "INFO", "logger": "audit"}, None, is_told_in_the_log, quiet_log
    ),
    # Last: it ends the worker that Bob is on.
    "drain-worker": Row(
        lambda house: {"worker": house.name_of_last()}, "going-away", before=all_told
    ),
}


@pytest.fixture
async def house(
    start_worker: Callable[..., Worker],
    own_redis: Redis,
    monkeypatch: pytest.MonkeyPatch,
    alice: User,
    bob: User,
    general: Channel,
) -> Any:
    await User.objects.filter(pk=alice.pk).aupdate(is_staff=True, is_superuser=True)
    # The command line is this process: it reaches the workers as any other does.
    layer = BoundedChannelLayer(hosts=[{"address": own_redis.url}])
    monkeypatch.setitem(channel_layers.backends, "default", layer)
    monkeypatch.setattr("django.conf.settings.REDIS_URL", own_redis.url)
    store = RedisStore(own_redis.url)
    monkeypatch.setattr("operations.commands.workers.shared_store", lambda: store)
    settings = {"REDIS_URL": own_redis.url, "MESSAGES_BURST": 1, "MESSAGES_PER_SECOND": 0.001}
    starts = [asyncio.to_thread(start_worker, **settings) for _ in range(3)]
    workers = list(await asyncio.gather(*starts))
    async with open_console(workers[0]) as console:
        names = await names_when(console, {w: int(w is workers[0]) for w in workers})
        alice.is_staff = alice.is_superuser = True
        yield House(workers, console, alice, bob, general, names)


async def entries(name: str) -> int:
    return await Entry.objects.filter(action=f"console.{name}").acount()


async def has_heard(client: Client, heard: str | int | None) -> None:
    if isinstance(heard, int):
        assert await client.closed() == heard
    elif heard:
        await client.next_event(heard)


async def check(house: House, name: str, row: Row, door: str) -> None:
    await in_database(let_in, house)
    async with house.visit() as client:
        await check_with(client, house, name, row, door)


async def check_with(client: Client, house: House, name: str, row: Row, door: str) -> None:
    order = by_socket if door == "socket" else by_command_line
    await row.before(house)
    await has_heard(client, row.first)
    arguments = await in_database(row.arguments, house)
    state, noted = await row.state(house), await entries(name)

    preview = await order(house, name, arguments, dry_run=True)

    assert (await row.state(house), await entries(name)) == (state, noted), (name, door)
    if isinstance(row.heard, str):
        await client.prove_silence(row.heard)
    house.console.events.clear()

    assert await order(house, name, arguments, dry_run=False) == preview

    await has_heard(client, row.heard)
    if row.state is not nothing:
        await becomes_other(house, row.state, state)
    told = await house.console.next_event("system-update")
    assert (told["command"], told["status"], told["by"]["username"]) == (name, "done", "alice")
    assert await entries(name) == noted + 1
    entry = await Entry.objects.filter(action=f"console.{name}").alatest("number")
    written = COMMANDS[name].written
    assert (entry.actor_name, entry.details["door"]) == ("alice", door)
    assert not written & {*entry.details}
    for argument in arguments.keys() - written:
        assert str(entry.details[argument]) == str(arguments[argument])


async def test_every_command_works_from_socket_and_command_line(house: House) -> None:
    assert {*ROWS} == {*COMMANDS}
    for name, row in ROWS.items():
        for door in DOORS:
            await check(house, name, row, door)
            if name == "drain-worker":
                assert await asyncio.to_thread(house.workers.pop().exited_within, 30)
