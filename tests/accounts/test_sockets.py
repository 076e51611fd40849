"""What ends a session, a password or a token ends its sockets, at once, and no others."""

import asyncio
import re

import pytest
import requests
from django.conf import settings

from accounts.actions.tokens import CreatedToken, create_token
from accounts.models import User
from tests.client import PASSWORD, Client, connect
from tests.servers import Worker

NEW_PASSWORD = "another-hall-77"
REVOKED, BANNED = 4503, 4504


class Pages:
    """A browser at the pages of a real server."""

    def __init__(self, server: Worker) -> None:
        self.server = server
        self.session = requests.Session()

    async def post(self, path: str, **fields: str) -> None:
        await asyncio.to_thread(self._post, path, fields)

    def _post(self, path: str, fields: dict[str, str]) -> None:
        page = self.session.get(self.server.url + "/accounts/password/change/")
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token
        fields["csrfmiddlewaretoken"] = token[1]
        answer = self.session.post(self.server.url + path, fields, allow_redirects=False)
        assert answer.status_code == 302, answer.text

    async def log_in(self, username: str) -> "Pages":
        await self.post("/accounts/login/", login=username, password=PASSWORD)
        return self

    @property
    def headers(self) -> dict[str, str]:
        cookie = self.session.cookies[settings.SESSION_COOKIE_NAME]
        return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}", "Origin": self.server.url}


async def is_open(client: Client) -> bool:
    return bool(await client.request("ping", still="here") == {"still": "here"})


@pytest.fixture
def owner(server: Worker, alice: User) -> User:
    alice.is_staff = alice.is_superuser = True
    alice.save()
    return alice


@pytest.fixture
def token(alice: User) -> CreatedToken:
    return create_token(alice, name="bot")


@pytest.fixture
def other_token(alice: User) -> CreatedToken:
    return create_token(alice, name="other")


@pytest.fixture
def bob_s_token(bob: User) -> CreatedToken:
    return create_token(bob, name="bot")


async def test_log_out_closes_the_sockets_of_its_session(server: Worker, alice: User) -> None:
    here, there = await Pages(server).log_in("alice"), await Pages(server).log_in("alice")
    async with (
        connect(server.socket_url, headers=here.headers) as first,
        connect(server.socket_url, headers=here.headers) as second,
        connect(server.socket_url, headers=there.headers) as other,
    ):
        await here.post("/accounts/logout/")
        assert await first.closed() == REVOKED
        assert await second.closed() == REVOKED
        assert await is_open(other)


async def test_a_new_password_closes_all_but_its_own_sockets_and_tokens(
    server: Worker, token: CreatedToken
) -> None:
    here, there = await Pages(server).log_in("alice"), await Pages(server).log_in("alice")
    async with (
        connect(server.socket_url, headers=here.headers) as own,
        connect(server.socket_url, headers=there.headers) as other,
        connect(server.socket_url) as by_password,
        connect(server.socket_url, token=token.plain) as bot,
    ):
        await by_password.login("alice")
        await here.post(
            "/accounts/password/change/",
            oldpassword=PASSWORD,
            password1=NEW_PASSWORD,
            password2=NEW_PASSWORD,
        )
        assert await other.closed() == REVOKED
        assert await by_password.closed() == REVOKED
        assert await is_open(own)
        assert await is_open(bot)


async def test_ending_one_session_closes_its_sockets(server: Worker, alice: User) -> None:
    here, there = await Pages(server).log_in("alice"), await Pages(server).log_in("alice")
    async with (
        connect(server.socket_url, headers=here.headers) as own,
        connect(server.socket_url, headers=there.headers) as other,
    ):
        await here.post("/settings/sessions/end/")
        assert await other.closed() == REVOKED
        assert await is_open(own)


async def test_revoking_a_token_closes_its_sockets(
    server: Worker, token: CreatedToken, other_token: CreatedToken
) -> None:
    pages = await Pages(server).log_in("alice")
    async with (
        connect(server.socket_url, token=token.plain) as bot,
        connect(server.socket_url, token=other_token.plain) as other,
    ):
        await pages.post(f"/settings/tokens/{token.token.pk}/revoke/")
        assert await bot.closed() == REVOKED
        assert await is_open(other)


async def test_shutting_out_closes_all_sockets(
    server: Worker, owner: User, bob: User, bob_s_token: CreatedToken
) -> None:
    admin, pages = await Pages(server).log_in("alice"), await Pages(server).log_in("bob")
    async with (
        connect(server.socket_url, headers=pages.headers) as by_session,
        connect(server.socket_url) as by_password,
        connect(server.socket_url, token=bob_s_token.plain) as by_token,
        connect(server.socket_url, headers=admin.headers) as own,
    ):
        await by_password.login("bob")
        await admin.post("/admin/accounts/user/", action="deactivate", _selected_action=str(bob.pk))
        for socket in (by_session, by_password, by_token):
            assert await socket.closed() == BANNED
        assert await is_open(own)
