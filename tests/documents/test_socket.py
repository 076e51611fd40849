"""The y-websocket door, with the stock provider in Node: writing together, and who may."""

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError, InvalidStatus

from accounts.actions.bans import deactivate_users
from accounts.models import User
from chat.actions import memberships
from chat.actions.channels import update_channel
from documents.models import DocumentUpdate, Participant
from realtime.database import in_database
from tests.documents.conftest import Enter
from tests.documents.desk import Desk
from tests.documents.stock import Node, Stock, documents_url, until
from tests.servers import Redis, Workers
from tests.serving import Address


async def test_two_stock_clients_write_together(enter: Enter, desk: Desk) -> None:
    alice, bob = await enter("alice"), await enter("bob")
    await alice.insert(0, "안녕 😀")
    await until(bob.text, "안녕 😀")
    await bob.insert(0, "Hi, ")
    await until(alice.text, "Hi, 안녕 😀")

    late = await enter("alice")
    assert await late.text() == "Hi, 안녕 😀"
    assert await in_database(desk.text) == "Hi, 안녕 😀"
    rows = await in_database(lambda: list(DocumentUpdate.objects.values_list("version", "user")))
    assert rows == [(1, desk.alice.pk), (2, desk.bob.pk)]


async def test_what_was_written_offline_merges(enter: Enter) -> None:
    alice, bob = await enter("alice"), await enter("bob")
    await alice.insert(0, "one two")
    await until(bob.text, "one two")
    await alice.call("disconnect")
    await alice.insert(7, " three")
    await bob.call("delete", at=0, length=4)
    await alice.call("connect")
    await until(alice.text, "two three")
    await until(bob.text, "two three")


async def test_awareness_goes_round_signed_and_ends_with_the_socket(
    enter: Enter, desk: Desk
) -> None:
    alice, bob = await enter("alice"), await enter("bob")
    await alice.call("show", state={"user": {"name": "Bob", "color": "red"}, "cursor": None})
    shown = {"user": {"name": "Alice", "id": desk.alice.pk, "color": "red"}, "cursor": None}
    bare = {"user": {"name": "Bob", "id": desk.bob.pk}}

    async def others() -> bool:
        return shown in await bob.call("seen")

    await until(others, True)
    late = await enter("bob")
    assert shown in await late.call("seen")

    async def bob_too() -> bool:
        return bare in await late.call("seen")

    await until(bob_too, True)
    await alice.call("disconnect")
    await until(others, False)


async def test_a_guest_reads_and_is_refused(enter: Enter, desk: Desk) -> None:
    alice, guest = await enter("alice"), await enter("charlie")
    await alice.insert(0, "read")
    await until(guest.text, "read")
    assert await guest.call("refused") == 0
    await guest.insert(0, "x")
    await until(lambda: guest.call("refused"), 1)
    assert await in_database(desk.text) == "read"
    await alice.insert(4, " on")
    await until(guest.text, "xread on")
    assert await alice.text() == "read on"


async def test_where_owners_write_a_member_reads_and_is_refused(enter: Enter, desk: Desk) -> None:
    alice, bob = await enter("alice"), await enter("bob")
    await in_database(update_channel, desk.alice, channel_id=desk.channel.pk, posting="owners")
    await bob.insert(0, "x")
    await until(lambda: bob.call("refused"), 1)
    await alice.insert(0, "news")

    async def both() -> str:
        return "".join(sorted(await bob.text()))

    await until(both, "enswx")  # at the same place: either may stand first
    assert await in_database(desk.text) == "news"


@pytest.fixture
def _nobody_looks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the server starts: what is closed is closed at once, or never."""
    monkeypatch.setattr("documents.rooms.ACCESS_SECONDS", 3_600)
    monkeypatch.setattr("realtime.watch.LOGINS_SECONDS", 3_600)


@pytest.mark.usefixtures("_nobody_looks_again")
async def test_losing_access_closes(enter: Enter, desk: Desk) -> None:
    alice, bob = await enter("alice"), await enter("bob")
    await in_database(
        memberships.remove_member, desk.alice, channel_id=desk.channel.pk, user_id=desk.bob.pk
    )
    await until(lambda: _first(bob), 4505)
    assert await alice.call("closed") == []
    # The provider comes again, and is sent away again.
    await until(lambda: _count(bob), True)
    await alice.insert(0, "secret")
    assert await bob.text() == ""


async def _count(client: Stock) -> bool:
    return (await client.call("closed"))[1:2] == [4505]


async def test_a_ban_closes(enter: Enter, desk: Desk) -> None:
    bob = await enter("bob")
    owner = await in_database(
        lambda: User.objects.create_user("owner", is_staff=True, is_superuser=True)
    )
    await in_database(deactivate_users, owner, users=[desk.bob])
    await until(lambda: _first(bob), 4504)


async def _first(client: Stock) -> int | None:
    return next(iter(await client.call("closed")), None)


@pytest.mark.parametrize(
    ("header", "origin"),
    [("", None), ("Bearer nonsense", None), ("alice", "https://evil.example")],
)
async def test_strangers_are_refused(
    server: Address, desk: Desk, header: str, origin: str | None
) -> None:
    authorization = {"Authorization": f"Bearer {desk.tokens.get(header, header)}"}
    with pytest.raises(InvalidStatus) as refused:
        async with connect(
            f"{documents_url(server.url)}/{desk.document}",
            additional_headers=authorization if header else {},
            origin=origin,  # type: ignore[arg-type]
        ):
            pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(("who", "document"), [("dana", 0), ("alice", 10**9)])
async def test_the_unseen_and_the_unknown_are_closed_alike(
    server: Address, desk: Desk, who: str, document: int
) -> None:
    async with connect(
        f"{documents_url(server.url)}/{document or desk.document}",
        additional_headers={"Authorization": f"Bearer {desk.tokens[who]}"},
    ) as socket:
        with pytest.raises(ConnectionClosedError):
            [frame async for frame in socket]
    assert socket.close_code == 4505


async def test_participants_are_leases(enter: Enter, desk: Desk) -> None:
    bob = await enter("bob")

    async def here() -> list[str]:
        rows = Participant.objects.values_list("user__username", flat=True)
        return await in_database(lambda: list(rows))

    await until(here, ["bob"])
    await bob.call("disconnect")
    await until(here, [])


async def test_two_workers_and_a_redis_that_goes(
    node: Node, desk: Desk, workers: Workers, own_redis: Redis
) -> None:
    one, other = workers
    alice = await node.open(one.url, desk.document, desk.tokens["alice"])
    bob = await node.open(other.url, desk.document, desk.tokens["bob"])
    await alice.synced()
    await bob.synced()
    await alice.insert(0, "with redis")
    await until(bob.text, "with redis")
    await alice.call("show", state={"user": {}})
    await until(lambda: _people(bob), 2)
    own_redis.kill()
    await bob.insert(0, "without, ")
    await until(alice.text, "without, with redis")
    one.kill()
    await alice.insert(0, "died; ")
    one.start()
    await until(bob.text, "died; without, with redis")


async def _people(client: Stock) -> int:
    states = await client.call("seen")
    return len(states)
