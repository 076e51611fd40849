"""Dangerous pages of the admin ask again, after ten minutes, for a password or a passkey."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from tests.accounts.conftest import Browse
from tests.client import PASSWORD

MoveClock = Callable[[timedelta], None]
ASK = "/accounts/reauthenticate/?next="


@pytest.fixture
def later(admin: Client, move_clock: MoveClock) -> Client:
    """Alice's browser, eleven minutes after her log-in."""
    move_clock(timedelta(minutes=11))
    return admin


def asks(answer: object) -> bool:
    return getattr(answer, "headers", {}).get("Location", "").startswith(ASK)


def prove(browser: Client, next_page: str) -> None:
    answer = browser.post(ASK + next_page, {"password": PASSWORD, "next": next_page})
    assert answer["Location"] == next_page


def shut_out(browser: Client, user: User) -> object:
    form = {"action": "deactivate", "_selected_action": str(user.pk)}
    return browser.post("/admin/accounts/user/", form)


def test_who_has_just_logged_in_is_not_asked(admin: Client, bob: User) -> None:
    assert admin.get(f"/admin/accounts/user/{bob.pk}/change/").status_code == 200
    shut_out(admin, bob)
    bob.refresh_from_db()
    assert not bob.is_active


@pytest.mark.parametrize(
    "path",
    [
        "/admin/accounts/user/add/",
        "/admin/accounts/user/{bob}/change/",
        "/admin/accounts/user/{bob}/password/",
        "/admin/accounts/accesstoken/1/delete/",
        "/admin/accounts/invitation/1/change/",
        "/admin/password_change/",
    ],
)
def test_a_form_asks_when_it_is_opened(later: Client, bob: User, path: str) -> None:
    assert asks(later.get(path.format(bob=bob.pk)))


@pytest.mark.parametrize("path", ["/admin/", "/admin/accounts/user/", "/admin/audit/entry/"])
def test_reading_does_not_ask(later: Client, path: str) -> None:
    assert later.get(path).status_code == 200


@pytest.mark.parametrize("path", ["user/", "accesstoken/", "invitation/", "session/", "user/add/"])
def test_whatever_is_sent_asks(later: Client, path: str) -> None:
    before = Entry.objects.count()
    answer = later.post(f"/admin/accounts/{path}", {"action": "revoke", "_selected_action": "1"})
    assert asks(answer)
    assert Entry.objects.count() == before


def test_nothing_happens_until_the_password_is_shown(later: Client, bob: User) -> None:
    assert asks(shut_out(later, bob))
    bob.refresh_from_db()
    assert bob.is_active
    prove(later, "/admin/accounts/user/")
    assert not asks(shut_out(later, bob))
    bob.refresh_from_db()
    assert not bob.is_active


def test_what_was_sent_does_not_wait_in_the_session(later: Client, bob: User) -> None:
    form = {"password1": "a-quiet-hall-42", "password2": "a-quiet-hall-42"}
    assert asks(later.post(f"/admin/accounts/user/{bob.pk}/password/", form))
    assert "a-quiet-hall-42" not in str(dict(later.session))


def test_a_wrong_password_proves_nothing(later: Client, bob: User) -> None:
    answer = later.post(ASK + "/admin/", {"password": "wrong", "next": "/admin/"})
    assert answer.status_code == 200
    assert asks(shut_out(later, bob))


def test_the_proof_lasts_ten_minutes(
    later: Client, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    prove(later, "/admin/")
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 9 * 60)
    assert not asks(later.get("/admin/accounts/user/add/"))
    monkeypatch.setattr(time, "time", lambda: real() + 11 * 60)
    assert asks(later.get("/admin/accounts/user/add/"))


def test_a_log_out_is_always_possible(later: Client) -> None:
    assert later.post("/admin/logout/").status_code == 200
    assert later.get("/admin/").status_code == 302


def test_a_bot_has_no_business_in_the_admin(owner: User, browse: Browse, bob: User) -> None:
    browser = browse("alice")
    User.objects.filter(pk=owner.pk).update(is_bot=True)
    assert shut_out(browser, bob).status_code == 403  # type: ignore[attr-defined]
    bob.refresh_from_db()
    assert bob.is_active


def test_who_has_neither_password_nor_passkey_logs_in_again(
    owner: User, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes from an OpenID provider."""
    User.objects.filter(pk=owner.pk).update(password="!nothing")
    owner.refresh_from_db()
    browser = Client()
    browser.force_login(owner)
    assert browser.get("/admin/accounts/user/add/").status_code == 200
    now = timezone.now()
    monkeypatch.setattr(
        timezone, "now", lambda: datetime.fromtimestamp(now.timestamp() + 660, now.tzinfo)
    )
    answer = browser.get("/admin/accounts/user/add/")
    assert answer["Location"] == "/accounts/login/?next=%2Fadmin%2Faccounts%2Fuser%2Fadd%2F"
    assert browser.get("/settings/").status_code == 302


def test_making_an_invitation_asks(later: Client) -> None:
    answer = later.post("/settings/invitations/", {"max_uses": 1, "days": 7})
    assert asks(answer)


def test_changing_the_address_asks(later: Client, alice: User) -> None:
    later.post("/accounts/email/", {"action_add": "", "email": "new@example.com"})
    assert not Entry.objects.filter(action="email.added").exists()


def test_staff_who_are_no_owners_touch_no_owner_and_no_other_staff(
    owner: User, bob: User, charlie: User, browse: Browse
) -> None:
    from django.contrib.auth.models import Permission

    for user in (bob, charlie):
        user.is_staff = True
        user.save()
    bob.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    browser = browse("bob")
    for person in (owner, charlie):
        assert browser.get(f"/admin/accounts/user/{person.pk}/password/").status_code == 403
    assert browser.get(f"/admin/accounts/user/{bob.pk}/password/").status_code == 200
    answer = browser.post(f"/admin/accounts/user/{owner.pk}/change/", {"email": "bob@example.com"})
    assert answer.status_code == 403
    shut_out(browser, owner)
    owner.refresh_from_db()
    assert owner.is_active
    assert owner.email == "alice@example.com"
