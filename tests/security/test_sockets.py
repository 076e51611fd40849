"""Who loses access loses their sockets: at once over all workers, within the re-check when Redis is
down, and also in the moment between proof and welcome."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import pytest
from django.db import connection

from accounts import credentials
from accounts.actions.tokens import CreatedToken, create_token
from accounts.models import AccessToken, User
from chat.models import Channel
from realtime.database import in_database
from realtime.envelope import CloseCode
from realtime.watch import LOGINS_SECONDS
from realtime.worker import Worker as RealtimeWorker
from tests.accounts.test_sockets import NEW_PASSWORD, Pages
from tests.client import PASSWORD, PATIENCE_SECONDS, Client, connect
from tests.conftest import WORKERS
from tests.databases import database_url
from tests.servers import Redis, Worker, Workers
from tests.serving import Address

MARGIN_SECONDS = 9  # of a busy machine; the re-check after the next one would be later
REVOKED, BANNED = CloseCode.REVOKED, CloseCode.BANNED


@pytest.fixture
def token(alice: User) -> CreatedToken:
    return create_token(alice, name="bot")


@dataclass
class House:
    """People's browsers at one worker, and the sockets that each holds at the other."""

    owner: Pages
    alices: list[Pages]
    sockets: dict[str, Client]


@asynccontextmanager
async def house(here: Worker, there: Worker, token: CreatedToken) -> AsyncIterator[House]:
    owner = await Pages(here).log_in("charlie")
    alices = [await Pages(here).log_in("alice") for _ in range(4)]
    bob = await Pages(here).log_in("bob")
    async with AsyncExitStack() as stack:

        async def follow(pages: Pages) -> Client:
            headers = {**pages.headers, "Origin": there.url}
            return await stack.enter_async_context(connect(there.socket_url, headers=headers))

        sockets = {f"alice {n}": await follow(pages) for n, pages in enumerate(alices)}
        sockets["bob"], sockets["owner"] = await follow(bob), await follow(owner)
        sockets["token"] = await stack.enter_async_context(
            connect(there.socket_url, token=token.plain)
        )
        by_password = await stack.enter_async_context(connect(there.socket_url))
        await by_password.login("alice")
        sockets["password"] = by_password
        for client in sockets.values():
            await client.request("list-channels")
        yield House(owner, alices, sockets)


async def end_everything(house: House, bob: User, token: CreatedToken) -> None:
    """Each way to lose access once; of Alice's four browsers the last one stays."""
    first, *_, last = house.alices
    await last.post(f"/settings/tokens/{token.token.pk}/revoke/")
    await first.post("/accounts/logout/")
    await house.owner.post(
        "/admin/accounts/user/", action="deactivate", _selected_action=str(bob.pk)
    )
    await last.post(
        "/accounts/password/change/",
        oldpassword=PASSWORD,
        password1=NEW_PASSWORD,
        password2=NEW_PASSWORD,
    )


ENDED = {
    "token": {REVOKED},
    "alice 0": {REVOKED},
    "alice 1": {REVOKED},
    "alice 2": {REVOKED},
    "password": {REVOKED},
}
LIVING = {"alice 3", "owner"}


async def closings(house: House, within: float) -> dict[str, set[int | None]]:
    async def code_of(client: Client) -> set[int | None]:
        await asyncio.wait([client._reading], timeout=within)
        return {client.close_code}

    ended = [name for name in house.sockets if name not in LIVING]
    codes = await asyncio.gather(*(code_of(house.sockets[name]) for name in ended))
    return dict(zip(ended, codes, strict=True))


async def prove_living(house: House) -> None:
    for name in LIVING:
        await house.sockets[name].request("list-channels")


@pytest.fixture
def people(alice: User, bob: User, charlie: User) -> User:
    """Charlie owns the house here."""
    User.objects.filter(pk=charlie.pk).update(is_staff=True, is_superuser=True)
    return bob


class Unwatched(Worker):
    def command(self) -> list[str]:
        _, _, *serve = super().command()
        return [sys.executable, "-m", "tests.security.unwatched", *serve]


@pytest.fixture
def unwatched(
    start_worker: Callable[..., Worker], own_redis: Redis, request: pytest.FixtureRequest
) -> Worker:
    database = database_url(connection.settings_dict)
    worker = Unwatched(DATABASE_URL=database, REDIS_URL=own_redis.url)
    request.node.stash[WORKERS].append(worker)
    return worker.start()


async def test_lost_access_closes_the_right_sockets_of_another_worker_at_once(
    start_worker: Callable[..., Worker],
    own_redis: Redis,
    unwatched: Worker,
    people: User,
    token: CreatedToken,
) -> None:
    """At once: by the order, since nothing else would ever do it there."""
    here = start_worker(REDIS_URL=own_redis.url)
    async with house(here, unwatched, token) as all_of_them:
        await end_everything(all_of_them, people, token)
        found = await closings(all_of_them, PATIENCE_SECONDS)
        assert found == ENDED | {"bob": {BANNED}}
        await prove_living(all_of_them)


async def test_with_redis_down_they_are_closed_by_the_next_re_check(
    workers: Workers, people: User, token: CreatedToken, own_redis: Redis
) -> None:
    async with house(*workers, token) as all_of_them:
        own_redis.kill()
        await end_everything(all_of_them, people, token)
        found = await closings(all_of_them, LOGINS_SECONDS + MARGIN_SECONDS)
        assert found == ENDED | {"bob": {BANNED}}
        await prove_living(all_of_them)


async def test_what_is_revoked_between_proof_and_welcome_is_closed(
    server: Address, token: CreatedToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = credentials.from_tokens

    def revoked_meanwhile(*args: object) -> object:
        proven = real(*args)  # type: ignore[arg-type]
        AccessToken.objects.all().delete()
        return proven

    monkeypatch.setattr(credentials, "from_tokens", revoked_meanwhile)
    async with connect(server.socket_url, token=token.plain) as client:
        assert await client.closed() == REVOKED
        assert [event for event, _ in client.events] == []


async def test_what_was_sent_before_a_ban_but_read_after_it_is_not_done(
    server: Address, alice: User
) -> None:
    async with connect(server.socket_url) as client:
        await client.login("alice")
        [socket] = RealtimeWorker.of_loop().sockets
        socket.close(BANNED)
        frame = '{"event": "create-channel", "ref": 1, "data": {"kind": "public", "name": "late"}}'
        await socket._handle(frame)
        assert await client.closed() == BANNED
    assert not await in_database(Channel.objects.filter(name="late").exists)
