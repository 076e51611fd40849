"""Sessions are seen and ended by their owner, and end with their password."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from accounts.actions.sessions import end_session
from accounts.credentials import Credential, from_handshake, from_password, still_valid
from accounts.models import Session, User
from accounts.user_agents import browser_of, system_of
from realtime.errors import NotFound
from tests.accounts.conftest import Browse
from tests.client import PASSWORD

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NEW_PASSWORD = "another-hall-77"


def credential_of(browser: Client) -> Credential | None:
    return from_handshake({settings.SESSION_COOKIE_NAME: browser.cookies["sessionid"].value}, "")


def key(credential: Credential | None) -> tuple[int, str | None, int | None]:
    assert credential is not None
    return credential.user.pk, credential.session_key, credential.token_id


def is_in(browser: Client) -> bool:
    return browser.get("/settings/").status_code == 200


def test_a_cookie_opens_the_socket_door(alice: User, browse: Browse) -> None:
    held = key(credential_of(browse("alice")))
    assert held[0] == alice.pk
    assert still_valid([held]) == {held}
    assert from_handshake({settings.SESSION_COOKIE_NAME: "stolen"}, "") is None
    anonymous = browse()
    anonymous.post("/i18n/setlang/", {"language": "ko"})
    assert from_handshake({"sessionid": "x" * 32}, "") is None


def test_the_name_of_a_session_is_not_its_key(alice: User, browse: Browse) -> None:
    browser = browse("alice")
    name = key(credential_of(browser))[1]
    assert name
    assert name not in browser.cookies["sessionid"].value
    assert from_handshake({settings.SESSION_COOKIE_NAME: name}, "") is None


def test_log_out_ends_the_session(alice: User, browse: Browse) -> None:
    browser = browse("alice")
    held = key(credential_of(browser))
    browser.post("/accounts/logout/")
    assert not is_in(browser)
    assert still_valid([held]) == set()


def test_one_session_is_ended_and_the_others_stay(alice: User, browse: Browse) -> None:
    here, there, elsewhere = browse("alice"), browse("alice"), browse("alice")
    name = key(credential_of(there))[1]
    here.post(f"/settings/sessions/{name}/end/")
    assert (is_in(here), is_in(there), is_in(elsewhere)) == (True, False, True)


def test_all_other_sessions_are_ended(alice: User, bob: User, browse: Browse) -> None:
    here, there, other = browse("alice"), browse("alice"), browse("bob")
    here.post("/settings/sessions/end/")
    assert (is_in(here), is_in(there), is_in(other)) == (True, False, True)


def test_nobody_ends_the_session_of_another(alice: User, bob: User, browse: Browse) -> None:
    theirs = browse("bob")
    name = key(credential_of(theirs))[1]
    assert name
    with pytest.raises(NotFound):
        end_session(alice, name=name)
    assert browse("alice").post(f"/settings/sessions/{name}/end/").status_code == 404
    assert is_in(theirs)


def test_a_new_password_ends_the_other_sessions(alice: User, browse: Browse) -> None:
    here, there = browse("alice"), browse("alice")
    stays, ends = key(credential_of(here)), key(credential_of(there))
    socket = key(from_password("alice", PASSWORD, address=""))
    epoch = alice.epoch
    answer = here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert (is_in(here), is_in(there)) == (True, False)
    assert key(credential_of(here)) == stays
    assert still_valid([stays, ends, socket]) == {stays}
    alice.refresh_from_db()
    assert alice.epoch > epoch


def test_a_password_set_by_the_system_ends_all_sessions(alice: User, browse: Browse) -> None:
    browser = browse("alice")
    socket = key(from_password("alice", PASSWORD, address=""))
    assert still_valid([socket]) == {socket}
    alice.set_password(NEW_PASSWORD)
    alice.save()
    assert not is_in(browser)
    assert not Session.objects.filter(user=alice).exists()
    assert still_valid([socket]) == set()


def test_who_is_shut_out_has_no_valid_credential(alice: User, browse: Browse) -> None:
    held = {key(credential_of(browse("alice"))), key(from_password("alice", PASSWORD, address=""))}
    assert still_valid(held) == held
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert still_valid(held) == set()


def test_still_valid_costs_three_queries(
    alice: User, bob: User, browse: Browse, django_assert_max_num_queries: Callable[..., object]
) -> None:
    held = [key(credential_of(browse(name))) for name in ("alice", "bob", "alice")]
    with django_assert_max_num_queries(3):  # type: ignore[attr-defined]
        assert still_valid(held) == set(held)


def test_the_list_names_browser_and_address(alice: User, browse: Browse) -> None:
    browser = browse("alice", **{"User-Agent": FIREFOX})
    page = browser.get("/settings/sessions/").content.decode()
    assert "Firefox on Linux" in page
    assert "127.0.0.1" in page
    assert "This browser" in page


def test_last_activity_is_noted_once_a_minute(
    alice: User, browse: Browse, move_clock: Callable[[timedelta], None]
) -> None:
    browser = browse("alice")
    first = Session.objects.get(user=alice).last_active_at
    assert first is not None
    move_clock(timedelta(seconds=40))
    browser.get("/settings/")
    assert Session.objects.get(user=alice).last_active_at == first
    move_clock(timedelta(seconds=70))
    browser.get("/settings/")
    last = Session.objects.get(user=alice).last_active_at
    assert last is not None
    assert last > first


@pytest.mark.parametrize(
    ("agent", "browser", "system"),
    [
        (FIREFOX, "Firefox", "Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0", "Edge", "Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
         "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "Safari", "iPhone"),
        ("Mozilla/5.0 (Linux; Android 15; SM-S931N) AppleWebKit/537.36 (KHTML, like Gecko) "
         "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
         "Samsung Internet", "Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/139.0.0.0 Safari/537.36", "Chrome", "macOS"),
        ("something new", "", ""),
    ],
)  # fmt: skip
def test_what_a_user_agent_tells(agent: str, browser: str, system: str) -> None:
    assert (browser_of(agent), system_of(agent)) == (browser, system)
