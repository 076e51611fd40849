"""Coming in and going out: by password, token and cookie; and being put out."""

import asyncio
from collections.abc import Callable, Sequence

import pytest
from django.conf import settings as django_settings
from django.test import Client as Browser
from pytest_django import Settings
from websockets.exceptions import InvalidStatus

from accounts.actions.bans import deactivate_users
from accounts.actions.sessions import end_sessions
from accounts.actions.tokens import create_token, revoke_token
from accounts.models import User
from chat import queries
from chat.actions.messages import send_message
from chat.models import Channel
from realtime.database import in_database
from realtime.envelope import CloseCode
from tests.client import PASSWORD, ProtocolError, connect
from tests.door.conftest import Hall


def cookie_of(user: User) -> dict[str, str]:
    """The session cookie of a browser that has just logged in."""
    browser = Browser()
    entered = browser.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    assert entered.status_code == 302
    name = django_settings.SESSION_COOKIE_NAME
    return {"Cookie": f"{name}={browser.cookies[name].value}"}


async def test_hello_comes_first_and_tells_the_limits(hall: Hall) -> None:
    client = await hall.open()
    assert client.hello["protocol"] == 1
    assert client.hello["user"] is None
    assert client.hello["limits"]["text_length"] == 20_000
    assert client.hello["limits"]["login_tries_per_name_and_minute"] == 5


async def test_by_password(hall: Hall, alice: User, general: Channel) -> None:
    client = await hall.open()
    reply = await client.request("login", username="alice", password=PASSWORD)
    assert (reply["success"], reply["user"]["id"]) == (True, alice.pk)
    ready = await client.next_event("ready")
    assert ready["user"] == reply["user"]
    assert [channel["id"] for channel in ready["channels"]] == [general.pk]
    assert (ready["announcements"], ready["drafts"]) == ([], [])


async def test_by_token_over_the_socket(hall: Hall, alice: User) -> None:
    token = (await in_database(create_token, alice, name="one")).plain
    client = await hall.open()
    ready = await client.login_with_token(token)
    assert ready["user"]["username"] == "alice"


async def test_by_token_at_the_handshake(hall: Hall, alice: User) -> None:
    token = (await in_database(create_token, alice, name="one")).plain
    client = await hall.open(token=token)
    assert client.hello["user"]["username"] == "alice"
    assert (await client.next_event("ready"))["user"]["username"] == "alice"


async def test_by_cookie(hall: Hall, alice: User) -> None:
    headers = await in_database(cookie_of, alice)
    async with connect(hall.server.socket_url, headers=headers, origin=hall.server.url) as client:
        assert client.hello["user"]["username"] == "alice"
        await client.next_event("ready")


async def test_a_wrong_token_is_refused_at_the_handshake(hall: Hall) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await hall.open(token="maru_wrong")
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("cookie", ["nonsense", "", "=;=", 'a="\\ud800"'])
async def test_a_dead_cookie_is_as_good_as_none(hall: Hall, cookie: str) -> None:
    headers = {"Cookie": f"{django_settings.SESSION_COOKIE_NAME}={cookie}"}
    async with connect(hall.server.socket_url, headers=headers) as client:
        assert client.hello["user"] is None


@pytest.mark.parametrize(
    "data",
    [
        {"username": "alice", "password": "wrong"},
        {"username": "nobody", "password": PASSWORD},
        {"username": "", "password": ""},
        {"token": "maru_wrong"},
        {"token": ""},
    ],
)
async def test_a_wrong_log_in_is_refused_and_the_socket_stays(
    hall: Hall, alice: User, data: dict[str, str]
) -> None:
    client = await hall.open()
    with pytest.raises(ProtocolError, match="invalid-credentials"):
        await client.request("login", **data)
    await client.login("alice")


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"username": "alice"},
        {"password": PASSWORD},
        {"username": "alice", "password": PASSWORD, "token": "x"},
        {"username": 1, "password": PASSWORD},
        {"token": "x" * 201},
    ],
)
async def test_a_log_in_in_two_ways_or_none_is_invalid(
    hall: Hall, alice: User, data: dict[str, object]
) -> None:
    client = await hall.open()
    with pytest.raises(ProtocolError, match="invalid-data"):
        await client.request("login", **data)


@pytest.mark.usefixtures("alice", "bob")
async def test_wrong_tries_are_limited_per_name(hall: Hall, settings: Settings) -> None:
    settings.LOGIN_TRIES_PER_NAME_AND_MINUTE = 2
    client = await hall.open()
    for _ in range(2):
        with pytest.raises(ProtocolError, match="invalid-credentials"):
            await client.request("login", username="alice", password="wrong")
    with pytest.raises(ProtocolError, match="rate-limited") as refused:
        await client.request("login", username="ALICE", password=PASSWORD)
    assert 0 < (refused.value.retry_after or 0) <= 60
    await client.login("bob")


@pytest.mark.usefixtures("alice")
async def test_wrong_tries_are_limited_per_address(hall: Hall, settings: Settings) -> None:
    settings.LOGIN_TRIES_PER_ADDRESS_AND_MINUTE = 3
    one, other = await hall.open(), await hall.open()
    for n in range(3):
        with pytest.raises(ProtocolError, match="invalid-credentials"):
            await one.request("login", token=f"maru_{n}")
    with pytest.raises(ProtocolError, match="rate-limited"):
        await other.request("login", username="alice", password=PASSWORD)


async def test_after_a_log_out_nothing_comes_and_nothing_goes(
    hall: Hall, alice: User, general: Channel
) -> None:
    client = await hall.enter("bob")
    await client.request("logout")
    await in_database(say, alice, general, "one")
    await client.prove_silence()
    with pytest.raises(ProtocolError, match="not-authenticated"):
        await client.request("list-channels")
    await client.login("bob")
    await in_database(say, alice, general, "two")
    assert (await client.next_event("new-message"))["client_id"] == "two"


async def test_another_user_on_the_same_socket_sees_only_their_own(
    hall: Hall, alice: User, general: Channel
) -> None:
    client = await hall.enter("bob")
    ready = await client.login("charlie")
    assert (ready["user"]["username"], ready["channels"]) == ("charlie", [])
    await in_database(say, alice, general, "one")
    await client.prove_silence()
    ready = await client.login("alice")
    assert [channel["id"] for channel in ready["channels"]] == [general.pk]


async def test_a_failed_log_in_changes_nothing(hall: Hall, alice: User, general: Channel) -> None:
    client = await hall.enter("bob")
    with pytest.raises(ProtocolError, match="invalid-credentials"):
        await client.request("login", username="alice", password="wrong")
    await in_database(say, alice, general, "one")
    assert (await client.next_event("new-message"))["client_id"] == "one"


async def test_nothing_falls_between_the_subscriptions_and_ready(
    hall: Hall, alice: User, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is said while `ready` is read is in it or comes after it."""
    real = queries.readies

    def read_after_a_message(newcomers: Sequence[queries.Newcomer]) -> object:
        say(alice, general, "before")
        states = real(newcomers)
        say(alice, general, "after")
        return states

    monkeypatch.setattr(queries, "readies", read_after_a_message)
    client = await hall.open()
    ready = await client.login("bob")
    assert ready["channels"][0]["version"] == 1
    await client.request("ping")
    heard = [data["version"] for event, data in client.events if event == "new-message"]
    assert 2 in heard
    assert set(heard) <= {1, 2}


def say(author: User, channel: Channel, client_id: str) -> None:
    send_message(author, channel_id=channel.pk, text="hi", client_id=client_id)


# --- put out ---


async def test_a_revoked_token_closes_exactly_its_sockets(hall: Hall, alice: User) -> None:
    revoked = await in_database(create_token, alice, name="one")
    kept = await in_database(create_token, alice, name="two")
    by_handshake = await hall.open(token=revoked.plain)
    over_socket = await hall.open()
    await over_socket.login_with_token(revoked.plain)
    living = [await hall.open(token=kept.plain), await hall.enter("alice")]
    await in_database(revoke_token, alice, token_id=revoked.token.pk)
    for client in (by_handshake, over_socket):
        assert await client.closed() == CloseCode.REVOKED
    for client in living:
        await client.request("list-channels")


async def test_ended_sessions_close_their_sockets(hall: Hall, alice: User) -> None:
    headers = await in_database(cookie_of, alice)
    async with connect(hall.server.socket_url, headers=headers) as page:
        program = await hall.enter("alice")
        await in_database(end_sessions, alice, user=alice)
        assert await page.closed() == CloseCode.REVOKED
        await program.request("list-channels")


async def test_a_log_out_on_the_page_closes_its_sockets(hall: Hall, alice: User) -> None:
    headers = await in_database(cookie_of, alice)

    def log_out() -> None:
        browser = Browser()
        browser.cookies.load(headers["Cookie"])
        assert browser.post("/accounts/logout/").status_code == 302

    async with connect(hall.server.socket_url, headers=headers) as page:
        await page.next_event("ready")
        await in_database(log_out)
        assert await page.closed() == CloseCode.REVOKED


async def test_a_new_password_closes_what_rests_on_the_old_one(hall: Hall, alice: User) -> None:
    by_password = await hall.enter("alice")
    token = (await in_database(create_token, alice, name="one")).plain
    by_token = await hall.open(token=token)

    headers = await in_database(cookie_of, alice)

    def change_on_the_page() -> None:
        browser = Browser()
        browser.cookies.load(headers["Cookie"])
        passwords = {
            "oldpassword": PASSWORD,
            "password1": "a-quite-other-house",
            "password2": "a-quite-other-house",
        }
        assert browser.post("/accounts/password/change/", passwords).status_code == 302

    await in_database(change_on_the_page)
    assert await by_password.closed() == CloseCode.REVOKED
    await by_token.request("list-channels")


async def test_the_banned_are_put_out_and_do_not_come_in_again(
    hall: Hall, alice: User, make_user: Callable[..., User]
) -> None:
    staff = await in_database(make_user, "sam", is_superuser=True)
    token = (await in_database(create_token, alice, name="one")).plain
    sockets = [await hall.enter("alice"), await hall.open(token=token)]
    await in_database(deactivate_users, staff, users=[alice])
    for client in sockets:
        assert await client.closed() == CloseCode.BANNED
    with pytest.raises(InvalidStatus):
        await hall.open(token=token)
    client = await hall.open()
    with pytest.raises(ProtocolError, match="invalid-credentials"):
        await client.login("alice")


@pytest.mark.usefixtures("alice")
async def test_many_log_in_at_once(hall: Hall) -> None:
    clients = [await hall.open() for _ in range(8)]
    ready = await asyncio.gather(*(client.login("alice") for client in clients))
    assert [state["user"]["username"] for state in ready] == ["alice"] * 8
