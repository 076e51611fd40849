"""The safety net: what the layer dropped, log-ins that have ended, rights that have changed."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from accounts.actions.tokens import create_token
from accounts.models import AccessToken, User
from chat.actions.channels import create_channel
from chat.actions.memberships import add_member, remove_member
from chat.actions.messages import delete_message, edit_message, send_message
from chat.models import Channel
from realtime import publish, retry, topics, watch
from realtime.database import in_database
from realtime.envelope import CloseCode
from realtime.retry import OutcomeUnknown
from realtime.source import source
from realtime.worker import Worker
from tests.client import PATIENCE_SECONDS, Client, connect
from tests.serving import Address


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The watch looks when the test says so."""
    monkeypatch.setattr(watch, "VERSIONS_SECONDS", 3_600)
    monkeypatch.setattr(watch, "LOGINS_SECONDS", 3_600)


@pytest.fixture
def drop(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on nothing that is published gets out, as from a worker that died after a commit."""
    return lambda: monkeypatch.setattr(publish, "_hand_over", lambda order: None)


@asynccontextmanager
async def logged_in(server: Address, *names: str) -> AsyncIterator[list[Client]]:
    async with connect(server.socket_url) as first, connect(server.socket_url) as second:
        clients = [first, second][: len(names)]
        for client, name in zip(clients, names, strict=True):
            await client.login(name)
        yield clients


def said(author: User, channel: Channel, client_id: str) -> Awaitable[int]:
    def say() -> int:
        text = f"text of {client_id}"
        return send_message(author, channel_id=channel.pk, text=text, client_id=client_id).id

    return in_database(say)


async def test_the_database_delivers_what_was_dropped(
    server: Address, alice: User, general: Channel, drop: Callable[[], None]
) -> None:
    async with logged_in(server, "bob", "charlie") as (bob, charlie):
        await said(alice, general, "heard")
        assert (await bob.next_event("new-message"))["client_id"] == "heard"
        drop()
        edited, deleted, new = [await said(alice, general, n) for n in ("one", "two", "three")]
        await in_database(edit_message, alice, message_id=edited, text="edited")
        await in_database(delete_message, alice, message_id=deleted)
        checks = Worker.of_loop().watch
        await checks.check_versions()
        await bob.prove_silence("new-message")  # it may be just on its way
        await checks.check_versions()
        events = [await next_change(bob) for _ in range(3)]
        assert [(name, data["id"], data["version"]) for name, data in events] == [
            ("new-message", new, 4),
            ("new-message", edited, 5),
            ("message-deleted", deleted, 6),
        ]
        await checks.check_versions()
        await checks.check_versions()
        await bob.prove_silence("new-message", "message-updated", "message-deleted")
        await charlie.prove_silence("new-message", "message-updated", "message-deleted")


async def next_change(client: Client) -> tuple[str, dict[str, object]]:
    """The first waiting change of a message, whichever it is."""
    names = ("new-message", "message-updated", "message-deleted")
    await client.request("ping")
    for index, (event, data) in enumerate(client.events):
        if event in names:
            del client.events[index]
            return event, data
    raise AssertionError(f"no change among {client.events}")


async def test_what_is_seen_of_an_old_message_is_an_update(
    server: Address, alice: User, general: Channel, drop: Callable[[], None]
) -> None:
    async with logged_in(server, "bob") as (bob,):
        message = await said(alice, general, "heard")
        await bob.next_event("new-message")
        drop()
        await in_database(edit_message, alice, message_id=message, text="edited")
        for _ in range(2):
            await Worker.of_loop().watch.check_versions()
        assert (await bob.next_event("message-updated"))["text"] == "edited"


async def test_with_the_layer_gone_nothing_waits_for_a_second_look(
    server: Address, alice: User, general: Channel, drop: Callable[[], None]
) -> None:
    async with logged_in(server, "bob") as (bob,):
        drop()
        await said(alice, general, "heard")
        Worker.of_loop().relay.healthy = False
        await Worker.of_loop().watch.check_versions()
        assert (await bob.next_event("new-message"))["client_id"] == "heard"


async def test_a_revoked_token_closes_its_socket_and_no_other(
    server: Address, alice: User, drop: Callable[[], None]
) -> None:
    made = await in_database(create_token, alice, name="one")
    kept = await in_database(create_token, alice, name="two")
    async with (
        connect(server.socket_url, token=made.plain) as revoked,
        connect(server.socket_url, token=kept.plain) as living,
    ):
        for client in (revoked, living):
            await client.next_event("ready")
        drop()
        rows = AccessToken.objects.filter(pk=made.token.pk)
        await in_database(rows.delete)
        await Worker.of_loop().watch.check_logins()
        assert await revoked.closed() == CloseCode.REVOKED
        await living.request("list-channels")


async def test_a_deactivated_user_is_closed(
    server: Address, bob: User, drop: Callable[[], None]
) -> None:
    async with logged_in(server, "bob") as (client,):
        drop()
        await in_database(User.objects.filter(pk=bob.pk).update, is_active=False)
        await Worker.of_loop().watch.check_logins()
        assert await client.closed() == CloseCode.BANNED


async def test_a_moved_epoch_is_followed(
    server: Address,
    alice: User,
    bob: User,
    charlie: User,
    general: Channel,
    drop: Callable[[], None],
) -> None:
    async with logged_in(server, "bob", "charlie") as (removed, added):
        drop()
        ids = {"channel_id": general.pk}
        await in_database(remove_member, alice, user_id=bob.pk, **ids)
        await in_database(add_member, alice, user_id=charlie.pk, **ids)
        await Worker.of_loop().watch.check_logins()
        hub, topic = Worker.of_loop().hub, topics.channel(general.pk)
        assert [socket.user_id for socket in hub.followers(topic)] == [charlie.pk]
        told = await added.next_event("channel-updated")
        assert (told["id"], told["membership"]["role"]) == (general.pk, "member")
        left = await removed.next_event("user-left")
        assert (left["channel"], left["user"]["id"]) == (general.pk, bob.pk)
        await said(alice, general, "late")
        for _ in range(2):
            await Worker.of_loop().watch.check_versions()
        assert (await added.next_event("new-message"))["client_id"] == "late"
        await removed.prove_silence("new-message")


async def test_who_logs_out_while_they_are_told_stays_logged_out(
    server: Address,
    alice: User,
    bob: User,
    general: Channel,
    drop: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loop, moved = asyncio.get_running_loop(), source().moved
    telling, gone = asyncio.Event(), threading.Event()

    def wait(*arguments: Any) -> Any:
        loop.call_soon_threadsafe(telling.set)
        gone.wait(PATIENCE_SECONDS)
        return moved(*arguments)

    monkeypatch.setattr(source(), "moved", wait)
    async with logged_in(server, "bob", "bob") as clients:
        drop()
        await in_database(remove_member, alice, channel_id=general.pk, user_id=bob.pk)
        checking = asyncio.create_task(Worker.of_loop().watch.check_logins())
        await telling.wait()
        for client in clients:
            await client.request("logout")
        gone.set()
        await checking
        assert [socket.user for socket in Worker.of_loop().sockets] == [None, None]
        for client in clients:
            await client.prove_silence("user-left")


async def test_a_quiet_database_is_asked_once(
    server: Address, alice: User, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(source(), "changes", asked.append)
    async with logged_in(server, "bob"):
        for _ in range(3):
            await Worker.of_loop().watch.check_versions()
        assert asked == []


async def test_the_watch_outlives_a_database_that_does_not_answer(
    server: Address, alice: User, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: asyncio.Queue[int] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def versions(names: object) -> dict[str, int]:
        loop.call_soon_threadsafe(looked.put_nowait, 1)
        raise OutcomeUnknown

    async with logged_in(server, "bob"):
        monkeypatch.setattr(source(), "versions", versions)
        monkeypatch.setattr(watch, "VERSIONS_SECONDS", 0.01)
        monkeypatch.setattr(retry, "PATIENCE_SECONDS", -1)
        checks = Worker.of_loop().watch
        task = checks.start()[0]
        async with asyncio.timeout(30):
            for _ in range(3):
                await looked.get()
        assert not task.done()
        task.cancel()


async def test_a_new_channel_is_followed_without_the_layer(
    server: Address, alice: User, bob: User, general: Channel, drop: Callable[[], None]
) -> None:
    async with logged_in(server, "bob") as (client,):
        drop()
        made = await in_database(
            create_channel, alice, kind="private", name="new", member_ids=[bob.pk]
        )
        await Worker.of_loop().watch.check_logins()
        hub = Worker.of_loop().hub
        assert [s.user_id for s in hub.followers(topics.channel(made.id))] == [bob.pk]
        await client.prove_silence("new-message")
