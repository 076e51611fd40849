"""Passwords at the page and at the socket: one set of limits, one answer for all who are wrong."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django import Settings

from accounts.actions.bans import deactivate_users
from accounts.credentials import from_password
from accounts.models import LoginAttempt, User
from realtime.errors import InvalidCredentials, RateLimited
from tests.accounts.conftest import Browse
from tests.client import PASSWORD

HERE = "192.0.2.1"
THERE = "192.0.2.2"


def try_page(name: str, password: str = "wrong", address: str = HERE) -> str:
    """What the page says: "" when it lets in."""
    answer = Client(REMOTE_ADDR=address).post(
        "/accounts/login/", {"login": name, "password": password}
    )
    return "" if answer.status_code == 302 else str(answer.context["form"].non_field_errors()[0])


def fail(name: str, times: int, address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(InvalidCredentials):
            from_password(name, "wrong", address=address)


def test_log_in_by_username_or_address(alice: User) -> None:
    assert try_page("alice", PASSWORD) == ""
    assert try_page("alice@example.com", PASSWORD) == ""
    assert from_password("alice", PASSWORD, address=HERE).user == alice


def test_known_and_unknown_names_get_the_same_answer(alice: User) -> None:
    User.objects.create_user("closed", password=PASSWORD, is_active=False)
    answers = set()
    for name, password in (("alice", "wrong"), ("nobody", "wrong"), ("closed", PASSWORD)):
        with pytest.raises(InvalidCredentials) as error:
            from_password(name, password, address=HERE)
        answers.add(str(error.value))
    assert len(answers) == 1
    assert try_page("alice") == try_page("nobody")


def test_the_same_work_for_known_and_unknown_names(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth.hashers import Argon2PasswordHasher

    hashed: list[str] = []
    encode = Argon2PasswordHasher.encode
    verify = Argon2PasswordHasher.verify

    def counting_encode(self: Argon2PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    def counting_verify(self: Argon2PasswordHasher, password: str, encoded: str) -> bool:
        hashed.append(password)
        return verify(self, password, encoded)

    monkeypatch.setattr(Argon2PasswordHasher, "encode", counting_encode)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", counting_verify)
    fail("alice", 1)
    known = len(hashed)
    fail("nobody", 1)
    assert known == 1
    assert len(hashed) == 2


def test_a_name_is_limited_over_page_and_socket_alike(alice: User) -> None:
    fail("alice", 3)
    for _ in range(2):
        assert "not correct" in try_page("ALICE", address=THERE)
    assert "Too many wrong tries" in try_page("alice", PASSWORD, address=THERE)
    with pytest.raises(RateLimited) as error:
        from_password("alice", PASSWORD, address=HERE)
    assert error.value.retry_after is not None
    assert 0 < error.value.retry_after <= 60


def test_other_names_and_places_are_not_held_up(alice: User, bob: User) -> None:
    fail("alice", 5)
    assert from_password("bob", PASSWORD, address=HERE).user == bob


def test_an_address_is_limited_over_all_names(alice: User, settings: Settings) -> None:
    settings.LOGIN_TRIES_PER_ADDRESS_AND_MINUTE = 3
    for name in ("a", "b", "c"):
        fail(name, 1)
    with pytest.raises(RateLimited):
        from_password("alice", PASSWORD, address=HERE)
    assert from_password("alice", PASSWORD, address=THERE).user == alice


def test_a_line_with_ipv6_is_limited_as_one(alice: User, settings: Settings) -> None:
    settings.LOGIN_TRIES_PER_ADDRESS_AND_MINUTE = 2
    fail("a", 1, "2001:db8:1:2::1")
    fail("b", 1, "2001:db8:1:2:ffff::9")
    with pytest.raises(RateLimited):
        from_password("alice", PASSWORD, address="2001:db8:1:2::77")
    assert from_password("alice", PASSWORD, address="2001:db8:1:3::1").user == alice


def test_after_a_minute_one_may_try_again(
    alice: User, move_clock: Callable[[timedelta], None]
) -> None:
    fail("alice", 5)
    move_clock(timedelta(seconds=50))
    with pytest.raises(RateLimited):
        from_password("alice", PASSWORD, address=HERE)
    move_clock(timedelta(seconds=61))
    assert from_password("alice", PASSWORD, address=HERE).user == alice


def test_right_tries_are_never_counted(alice: User, settings: Settings) -> None:
    settings.LOGIN_TRIES_PER_ADDRESS_AND_MINUTE = 1
    for _ in range(3):
        from_password("alice", PASSWORD, address=HERE)
        assert try_page("alice", PASSWORD) == ""
    assert not LoginAttempt.objects.exists()


def test_old_tries_are_forgotten(alice: User, move_clock: Callable[[timedelta], None]) -> None:
    fail("alice", 1)
    move_clock(timedelta(days=31))
    fail("alice", 1)
    assert LoginAttempt.objects.count() == 1


def test_a_second_factor_closes_the_door_for_bare_passwords(alice: User) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(alice, generate_totp_secret())
    with pytest.raises(InvalidCredentials, match="access token"):
        from_password("alice", PASSWORD, address=HERE)


def test_where_an_address_must_be_confirmed_the_socket_is_no_way_around(
    alice: User, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    with pytest.raises(InvalidCredentials, match="Confirm your email"):
        from_password("alice", PASSWORD, address=HERE)
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True)
    assert from_password("alice", PASSWORD, address=HERE).user == alice


def test_the_session_key_changes_at_log_in(alice: User, browse: Browse) -> None:
    browser = browse()
    browser.post("/i18n/setlang/", {"language": "en"})
    browser.get("/invitation/none/")
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    before = browser.cookies["sessionid"].value
    browser.post("/accounts/login/", {"login": "alice", "password": PASSWORD})
    assert browser.cookies["sessionid"].value != before


def test_who_is_shut_out_does_not_get_in(alice: User, bob: User, browse: Browse) -> None:
    alice.is_superuser = True
    browser = browse("bob")
    assert deactivate_users(alice, users=[bob]) == 1
    assert browser.get("/settings/").status_code == 302
    page = browse().post("/accounts/login/", {"login": "bob", "password": PASSWORD}, follow=True)
    assert b"This account is closed" in page.content


def test_the_admin_is_entered_through_the_same_door(alice: User, browse: Browse) -> None:
    answer = browse().get("/admin/login/?next=/admin/")
    assert answer["Location"].startswith("/accounts/login/")
    assert browse("alice").get("/admin/").status_code in {302, 403}
