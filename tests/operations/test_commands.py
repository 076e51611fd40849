"""What commands do to people and workers, and what is refused."""

import asyncio
from typing import Any

import pytest
from websockets.exceptions import WebSocketException

from accounts.models import LoginAttempt, Session, User
from audit.models import Entry
from chat.models import Channel
from operations.store import RedisStore
from tests.client import Client, ProtocolError, connect
from tests.operations.conftest import names_when, open_console
from tests.servers import Redis, Worker, Workers
from tests.serving import Address

BANNED, REVOKED = 4504, 4503


async def order(console: Client, command: str, *, dry_run: bool = False, **arguments: Any) -> Any:
    reply = await console.request(
        "system-command", command=command, arguments=arguments, dry_run=dry_run
    )
    assert reply["result"]["dry_run"] is dry_run
    return reply["result"]


async def noted(action: str) -> int:
    return await Entry.objects.filter(action=f"console.{action}").acount()


async def refusal(client: Client, event: str, **data: Any) -> str:
    with pytest.raises(ProtocolError) as raised:
        await client.request(event, **data)
    return raised.value.code


async def test_people_are_disconnected_shut_out_and_let_in(
    workers: Workers, owner: User, bob: User, general: Channel
) -> None:
    first, second = workers
    async with open_console(first) as console, connect(second.socket_url) as client:
        await client.login("bob")
        for name in ("disconnect-user", "ban-user"):
            await order(console, name, dry_run=True, user="bob")
        await client.prove_silence("never")
        assert await User.objects.filter(pk=bob.pk, is_active=True).aexists()
        assert await noted("ban-user") == 0

        await order(console, "disconnect-user", user="bob")
        assert await client.closed() == REVOKED
        told = await console.next_event("system-update")
        assert (told["command"], told["status"]) == ("disconnect-user", "done")
        assert (told["arguments"], told["by"]["username"]) == ({"user": "bob"}, "alice")

    async with open_console(first) as console, connect(second.socket_url) as client:
        await client.login("bob")
        await order(console, "ban-user", user=bob.pk)
        assert await client.closed() == BANNED
        assert not await Session.objects.filter(user=bob).aexists()
        assert await refusal(
            console, "system-command", command="ban-user", arguments={"user": "bob"}
        ) == ("conflict")
        await console.next_event("system-update")
        assert (await console.next_event("system-update"))["status"] == "conflict"
        await order(console, "unban-user", dry_run=True, user="bob")
        assert not await User.objects.filter(pk=bob.pk, is_active=True).aexists()
        await order(console, "unban-user", user="bob")
        assert await User.objects.filter(pk=bob.pk, is_active=True).aexists()
        assert [await noted(n) for n in ("disconnect-user", "ban-user", "unban-user")] == [1, 1, 1]


async def test_the_house_is_closed_on_all_workers_and_stays_so_over_a_restart(
    workers: Workers, owner: User, bob: User, general: Channel
) -> None:
    first, second = workers
    say = {"channel": general.pk, "text": "hi"}
    async with open_console(first) as console, connect(second.socket_url) as client:
        await client.login("bob")
        await order(console, "maintenance", dry_run=True, on=True, message="A new disk")
        await client.request("send-message", **say, client_id="1")

        await order(console, "maintenance", on=True, message="A new disk")
        told = await client.next_event("maintenance-updated")
        assert told["message"] == "A new disk"
        assert await refusal(client, "send-message", **say, client_id="2") == "maintenance"
        assert await refusal(client, "mark-read", channel=general.pk, position=1) == "maintenance"
        shrug = {"channel": general.pk, "name": "shrug", "arguments": "", "client_id": "2"}
        assert await refusal(client, "run-command", **shrug) == "maintenance"
        assert (await client.request("open-channel", channel=general.pk))["messages"]
        await client.request("list-channels")

    await asyncio.to_thread(second.stop)
    await asyncio.to_thread(second.start)
    async with connect(second.socket_url) as client:
        await client.login("bob")
        assert (await client.next_event("maintenance-updated"))["message"] == "A new disk"
        assert await refusal(client, "send-message", **say, client_id="3") == "maintenance"
        printed = await asyncio.to_thread(first.manage, "operate", "maintenance", "off")
        assert "open" in printed
        assert (await client.next_event("maintenance-updated"))["starts_at"] is None
        await client.request("send-message", **say, client_id="4")


async def test_a_countdown_warns_first(
    workers: Workers, owner: User, bob: User, general: Channel
) -> None:
    first, second = workers
    async with open_console(first) as console, connect(second.socket_url) as client:
        await client.login("bob")
        await order(console, "maintenance", on=True, message="Soon", countdown_seconds=600)
        assert (await client.next_event("maintenance-updated"))["starts_at"]
        await client.request("send-message", channel=general.pk, text="hi", client_id="1")


async def test_a_worker_is_drained_and_its_clients_go_elsewhere(
    workers: Workers, owner: User, bob: User
) -> None:
    first, second = workers
    async with open_console(first) as console, connect(second.socket_url) as client:
        await client.login("bob")
        name = (await names_when(console, {first: 1, second: 1}))[second.pid()]
        assert (await order(console, "drain-worker", dry_run=True, worker=name))["count"] == 1
        await client.prove_silence("going-away")
        await order(console, "drain-worker", worker=name)
        assert (await client.next_event("going-away"))["reconnect_after_ms"] >= 0
        assert await asyncio.to_thread(second.exited_within, 30)
        assert await refusal(
            console, "system-command", command="drain-worker", arguments={"worker": "nothing"}
        ) == ("not-found")


async def test_a_worker_ends_also_when_the_order_was_lost_on_its_way(
    start_worker: Any, own_redis: Redis
) -> None:
    worker: Worker = await asyncio.to_thread(start_worker, REDIS_URL=own_redis.url)
    store = RedisStore(own_redis.url)
    async with asyncio.timeout(60):
        while not (samples := await asyncio.to_thread(store.samples)):
            pass
    store.drain(samples[0].worker)
    assert await asyncio.to_thread(worker.exited_within, 60)


async def test_a_supervisor_puts_another_in_the_place_of_the_drained(
    start_worker: Any, own_redis: Redis, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = Worker.command
    monkeypatch.setattr(Worker, "command", lambda self: [*command(self), "--workers", "2"])
    house: Worker = await asyncio.to_thread(start_worker, REDIS_URL=own_redis.url)

    async def standing() -> dict[int, str]:
        try:
            async with open_console(house) as console:
                await console.next_event("statistics")  # a look a second is enough
                shown = (await console.request("show-dashboard"))["workers"]
        except (OSError, WebSocketException):  # of the worker that is going away
            return {}
        return {worker["pid"]: worker["name"] for worker in shown if not worker["draining"]}

    async with asyncio.timeout(120):
        while len(first := await standing()) < 2:
            pass
        drained = max(first)
        async with open_console(house) as console:
            await order(console, "drain-worker", worker=first[drained])
        while drained in (then := await standing()) or len(then) < 2:
            pass
    assert then.keys() & first.keys() == first.keys() - {drained}
    log = house.log.read_text(errors="replace")
    [line] = [line for line in log.splitlines() if f"Worker {drained} ended" in line]
    assert "info" in line


async def test_wrong_tries_are_forgotten(server: Address, owner: User, bob: User) -> None:
    async with open_console(server) as console:
        for _ in range(5):
            async with connect(server.socket_url) as client:
                await refusal(client, "login", username="bob", password="wrong")
        async with connect(server.socket_url) as client:
            assert await refusal(client, "login", username="bob", password="x") == "rate-limited"
            assert (await order(console, "clear-rate-limits", dry_run=True))["count"] == 5
            assert await LoginAttempt.objects.acount() == 5
            await order(console, "clear-rate-limits")
            await client.login("bob")


async def test_a_channel_is_archived(
    server: Address, owner: User, bob: User, general: Channel
) -> None:
    async with open_console(server) as console, connect(server.socket_url) as client:
        await client.login("bob")
        await order(console, "archive-channel", dry_run=True, channel="general")
        await client.prove_silence("channel-updated")
        await order(console, "archive-channel", channel="#general")
        assert (await client.next_event("channel-updated"))["archived"]
        assert await refusal(
            client, "send-message", channel=general.pk, text="hi", client_id="1"
        ) == ("forbidden")


async def test_what_is_wrong_is_said(server: Address, owner: User, bob: User) -> None:
    async with open_console(server) as console:
        for command, arguments in (
            ("explode", {}),
            ("ban-user", {}),
            ("maintenance", {"on": "yes"}),
            ("log-level", {"level": "LOUD"}),
        ):
            asked = {"command": command, "arguments": arguments}
            assert await refusal(console, "system-command", **asked) == "invalid-data"
        asked = {"command": "ban-user", "arguments": {"user": "alice"}}
        assert await refusal(console, "system-command", **asked) == "forbidden"


async def test_commands_of_a_browser_ask_again_for_who_it_is(
    server: Address, owner: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_console(server) as console:
        monkeypatch.setattr("django.conf.settings.ACCOUNT_REAUTHENTICATION_TIMEOUT", 0)
        await order(console, "ban-user", dry_run=True, user="bob")
        with pytest.raises(ProtocolError) as raised:
            await order(console, "ban-user", user="bob")
        assert (raised.value.code, [*raised.value.fields]) == ("forbidden", ["step_up"])


def test_without_redis_the_command_line_says_what_it_cannot_do(
    start_worker: Any, owner: User, bob: User
) -> None:
    alone: Worker = start_worker()
    with pytest.raises(RuntimeError, match="REDIS_URL"):
        alone.manage("operate", "disconnect-user", "bob")
