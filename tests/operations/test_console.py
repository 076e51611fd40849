"""What the console shows is true, and nobody else sees it."""

import asyncio
import urllib.request
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from accounts.actions.tokens import create_token
from accounts.models import User
from chat.models import Channel
from tests.client import PASSWORD, Client, ProtocolError, connect
from tests.operations.conftest import console_url, dashboard_when, open_console
from tests.servers import Worker, Workers
from tests.serving import Address

NOT_ALLOWED = 4505
MESSAGES = 25


async def numbers_when(console: Client, is_so: Any) -> Any:
    """The first `statistics` of which that is true: it comes every second."""
    async with asyncio.timeout(60):
        while True:
            numbers = await console.next_event("statistics")
            if is_so(numbers["rates"]):
                return numbers


def scraped(worker: Worker, token: str = "sesame") -> dict[tuple[str, str], float]:
    """Each sample of /metrics, summed over the workers, by its name and request."""
    request = urllib.request.Request(
        f"{worker.url}/metrics", headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(request) as answer:
        text = answer.read().decode()
    found: dict[tuple[str, str], float] = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation
        for sample in family.samples:
            key = (sample.name, sample.labels.get("request", ""))
            if sample.labels.get("le", "+Inf") == "+Inf":
                found[key] = found.get(key, 0) + sample.value
    return found


def has_told_everything(workers: Workers, shown: Any) -> bool:
    """Whether what each worker told is from after the last message."""
    sockets = {user["user"]["username"]: user["sockets"] for user in shown["users"]}
    sends = [each["count"] for each in shown["requests"] if each["name"] == "send-message"]
    told = {worker["pid"] for worker in shown["workers"]}
    return (sockets, sends, told) == (
        {"bob": 3, "alice": 2},
        [MESSAGES],
        {w.pid() for w in workers},
    )


def check_dashboard(shown: Any, general: Channel) -> None:
    assert shown["users_online"] == 2
    online = {user["user"]["username"]: user for user in shown["users"]}
    assert online["bob"]["devices"][0]["address"] == "127.0.0.1"
    [channel] = [each for each in shown["channels"] if each["id"] == general.pk]
    assert (channel["messages"], channel["followers"]) == (MESSAGES, 4)
    assert channel["disk_bytes"] > MESSAGES * 100
    assert shown["database"]["ok"]
    assert shown["redis"]["ok"]
    assert shown["audit"][0]["action"] == "session.logged-in"
    [sends] = [each for each in shown["requests"] if each["name"] == "send-message"]
    assert (sends["count"], sends["errors"]) == (MESSAGES, 0)
    assert 0 < sends["p50_ms"] <= sends["p99_ms"]
    assert sum(shown["batches"]["counts"]) > 0
    assert shown["history"]["seconds"]


async def test_the_figures_are_those_that_are_counted_outside(
    workers: Workers, owner: User, bob: User, general: Channel
) -> None:
    first, second = workers
    async with AsyncExitStack() as stack:
        bobs = [
            await stack.enter_async_context(connect(worker.socket_url))
            for worker in (first, first, second)
        ]
        for client in bobs:
            await client.login("bob")
        alice = await stack.enter_async_context(connect(second.socket_url))
        await alice.login("alice")
        for number in range(MESSAGES):
            await alice.request(
                "send-message", channel=general.pk, text=f"Number {number}", client_id=str(number)
            )
        for client in bobs:
            for _ in range(MESSAGES):
                await client.next_event("new-message")

        console = await stack.enter_async_context(open_console(first))
        await console.next_event("dashboard-data")
        shown = await dashboard_when(console, partial(has_told_everything, workers))
        check_dashboard(shown, general)

        counted = {"sockets": 5, "messages_total": MESSAGES}.items()
        numbers = await numbers_when(console, lambda rates: counted <= rates.items())
        assert sum(worker["sockets"] for worker in numbers["workers"]) == 5
        for worker in workers:
            figures = await asyncio.to_thread(scraped, worker)
            assert figures["maru_sockets", ""] == 5
            assert figures["maru_messages_total", ""] == MESSAGES
            assert figures["maru_request_seconds_count", "send-message"] == MESSAGES

        await bobs[0].close()
        await numbers_when(console, lambda rates: rates["sockets"] == 4)


async def test_members_are_told_how_busy_the_house_is(server: Address, bob: User) -> None:
    async with connect(server.socket_url) as client:
        await client.login("bob")
        await client.request("watch-statistics")
        told = await client.next_event("statistics")
        assert told == {"online": 1, "messages_per_second": 0.0}
        await client.request("watch-statistics", active=False)


async def test_commands_speak_the_language_of_who_asks(server: Address, owner: User) -> None:
    await User.objects.filter(pk=owner.pk).aupdate(language="ko")
    async with open_console(server) as console:
        shown = await console.request("show-dashboard")
        [announce] = [each for each in shown["commands"] if each["name"] == "announce"]
        arguments = {each["name"]: each for each in announce["arguments"]}
        assert (arguments["text"]["label"], arguments["text"]["type"]) == ("내용", "lines")
        clear = {"command": "clear-rate-limits", "dry_run": True}
        reply = await console.request("system-command", **clear)
        assert "한도" in reply["result"]["text"]


@pytest.fixture
def token(bob: User) -> str:
    return create_token(bob, name="bot").plain


async def test_nobody_else_comes_in(
    server: Address, owner: User, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = console_url(server)
    with pytest.raises(ConnectionError, match="closed with 4505"):
        async with connect(url, token=token):
            pass
    async with connect(url) as client:
        with pytest.raises((ProtocolError, ConnectionError)):
            await client.request("auth", username="bob", password=PASSWORD)
        assert await client.closed() == NOT_ALLOWED
    async with connect(url) as client:
        with pytest.raises(ProtocolError) as raised:
            await client.request("auth", username="alice", password="wrong")
        assert raised.value.code == "invalid-credentials"
        assert await client.closed() == NOT_ALLOWED
    async with connect(url) as client:
        for data in ({}, {"username": "alice"}, {"token": "x" * 201}, {"token": 1}):
            with pytest.raises(ProtocolError) as raised:
                await client.request("auth", **data)
            assert raised.value.code == "invalid-data"
        for request in ("show-dashboard", "system-command"):
            with pytest.raises(ProtocolError) as raised:
                await client.request(request, command="ban-user", arguments={"user": "bob"})
            assert raised.value.code == "not-authenticated"
    monkeypatch.setattr("realtime.consumer.LOGIN_SECONDS", 0.1)
    async with connect(url) as client:
        assert await client.closed() == NOT_ALLOWED


@pytest.fixture
def _looked_at_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the server starts."""
    monkeypatch.setattr("operations.pulse.STAFF_SECONDS", 0.2)


@pytest.mark.usefixtures("_looked_at_often")
async def test_who_is_of_the_staff_no_longer_sees_no_more(server: Address, owner: User) -> None:
    async with open_console(server) as console:
        await console.next_event("dashboard-data")
        await User.objects.filter(pk=owner.pk).aupdate(is_staff=False)
        assert await console.closed() == NOT_ALLOWED


async def test_staff_without_rights_see_no_more_than_in_the_admin(
    server: Address, bob: User, general: Channel
) -> None:
    bobs = User.objects.filter(pk=bob.pk)
    await bobs.aupdate(is_staff=True, is_superuser=True)
    async with connect(server.socket_url) as chat, open_console(server, "bob") as console:
        await chat.login("bob")
        assert (await console.request("show-dashboard"))["audit"]
        await bobs.aupdate(is_superuser=False)  # while the console is open
        shown = await console.request("show-dashboard")
        assert shown["audit"] == []
        assert [user["devices"] for user in shown["users"]] in ([], [[]])
        assert "general" not in str(shown["channels"])
