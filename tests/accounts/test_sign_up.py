"""Coming in: open, by invitation, or not at all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from accounts.actions.invitations import (
    accept_invitation,
    create_invitation,
    revoke_invitation,
)
from accounts.models import Invitation, User
from realtime.errors import Forbidden
from tests.accounts.conftest import Browse

FORM = {
    "username": "dana",
    "display_name": "김다나",
    "email": "dana@example.com",
    "password1": "a-quiet-hall-42",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture
def owner(alice: User) -> User:
    alice.is_staff = True
    alice.save()
    return alice


@pytest.fixture
def code(owner: User) -> str:
    return create_invitation(owner, max_uses=1, days=7).code


def sign_up(browser: Client, **changes: str) -> User | None:
    answer = browser.post("/accounts/signup/", FORM | changes)
    if answer.status_code != 302:
        return None
    assert answer["Location"] == "/"
    return User.objects.get(username=changes.get("username", FORM["username"]))


def errors_of(browser: Client, **changes: str) -> dict[str, list[str]]:
    answer = browser.post("/accounts/signup/", FORM | changes)
    assert answer.status_code == 200
    errors: dict[str, list[str]] = answer.context["form"].errors
    return errors


def test_who_signs_up_is_in_with_name_and_time_zone(browse: Browse) -> None:
    browser = browse()
    dana = sign_up(browser)
    assert dana is not None
    assert (dana.display_name, dana.time_zone, dana.email) == (
        "김다나",
        "Europe/Berlin",
        "dana@example.com",
    )
    assert dana.password.startswith("argon2")
    assert browser.get("/settings/").status_code == 200


def test_without_a_display_name_the_username_is_shown(browse: Browse) -> None:
    dana = sign_up(browse(), display_name="", time_zone="Nowhere/Land")
    assert dana is not None
    assert (dana.display_name, dana.time_zone) == ("dana", "Asia/Seoul")


@pytest.mark.parametrize("username", ["김철수", "o.neil", "a_b-c"])
def test_usernames_of_every_script(browse: Browse, username: str) -> None:
    assert sign_up(browse(), username=username) is not None


@pytest.mark.parametrize(
    "username", ["a b", ".dot", "x" * 33, "everyone", "<b>", "ALICE", "ａｌｉｃｅ"]
)
def test_unfit_and_taken_usernames(browse: Browse, alice: User, username: str) -> None:
    assert "username" in errors_of(browse(), username=username)


@pytest.mark.parametrize(
    "name", ["two\nlines", "bell\x07", "e" + "\u0301" * 400, ("e" + "\u0344" * 3) * 80, "x" * 81]
)
def test_unfit_display_names(browse: Browse, alice: User, name: str) -> None:
    assert "display_name" in errors_of(browse(), display_name=name)
    page = browse("alice").post("/settings/", {"display_name": name, "time_zone": "UTC"})
    assert "display_name" in page.context["form"].errors


@pytest.mark.parametrize("password", ["password123", "12345678901", "dana", "dana@example"])
def test_weak_passwords(browse: Browse, password: str) -> None:
    assert "password1" in errors_of(browse(), password1=password)


def test_signing_up_does_not_tell_which_addresses_are_known(browse: Browse) -> None:
    assert sign_up(browse())
    assert sign_up(browse(), username="dana2")


def test_closed_sign_up_stays_closed_even_with_an_invitation(
    browse: Browse, settings: Settings, code: str
) -> None:
    settings.SIGNUP = "closed"
    browser = browse()
    browser.get(f"/invitation/{code}/")
    assert b"Sign-up is closed" in browser.get("/accounts/signup/").content
    assert sign_up(browser) is None
    assert not User.objects.filter(username="dana").exists()


def test_only_an_invitation_opens_sign_up(browse: Browse, settings: Settings, code: str) -> None:
    settings.SIGNUP = "invitation"
    assert sign_up(browse()) is None
    browser = browse()
    page = browser.get(f"/invitation/{code}/", follow=True)
    assert b"Alice invites you to Maru" in page.content
    assert sign_up(browser) is not None
    assert Invitation.objects.get().uses == 1


def test_a_used_up_invitation_lets_nobody_in(browse: Browse, settings: Settings, code: str) -> None:
    settings.SIGNUP = "invitation"
    first, second = browse(), browse()
    for browser in (first, second):
        browser.get(f"/invitation/{code}/")
    assert sign_up(first) is not None
    assert sign_up(second, username="eve", email="eve@example.com") is None
    assert browse().get(f"/invitation/{code}/").status_code == 404
    assert not User.objects.filter(username="eve").exists()


def test_an_expired_or_revoked_invitation_is_over(
    browse: Browse, owner: User, code: str, move_clock: Callable[[timedelta], None]
) -> None:
    revoked = create_invitation(owner, max_uses=9, days=7)
    assert browse().get(f"/invitation/{revoked.code}/").status_code == 302
    revoke_invitation(owner, invitation_id=revoked.invitation.pk)
    assert browse().get(f"/invitation/{revoked.code}/").status_code == 404
    assert browse().get(f"/invitation/{code}/").status_code == 302
    move_clock(timedelta(days=8))
    assert browse().get(f"/invitation/{code}/").status_code == 404


@pytest.mark.parametrize("lost", ["is_active", "is_staff"])
def test_the_invitation_of_somebody_who_may_invite_no_more_is_over(
    browse: Browse, owner: User, code: str, lost: str
) -> None:
    User.objects.filter(pk=owner.pk).update(**{lost: False})
    assert browse().get(f"/invitation/{code}/").status_code == 404


def test_a_failed_sign_up_uses_no_place(browse: Browse, settings: Settings, code: str) -> None:
    settings.SIGNUP = "invitation"
    browser = browse()
    browser.get(f"/invitation/{code}/")
    assert "password1" in errors_of(browser, password1="short")
    assert Invitation.objects.get().uses == 0
    assert sign_up(browser) is not None


@pytest.mark.django_db(transaction=True)
def test_of_two_who_race_for_the_last_place_one_gets_it(owner: User) -> None:
    invitation = create_invitation(owner, max_uses=1, days=1).invitation
    start = Barrier(2)

    def accept(_: int) -> bool:
        try:
            start.wait()
            return accept_invitation(invitation_id=invitation.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(accept, range(2))) == [False, True]
    invitation.refresh_from_db()
    assert invitation.uses == 1


def test_the_code_is_stored_as_a_hash(owner: User) -> None:
    created = create_invitation(owner, max_uses=1, days=1)
    row = Invitation.objects.values().get()
    assert created.code not in str(row)
    assert created.code.startswith(row["prefix"])


def test_only_staff_invite(bob: User, browse: Browse) -> None:
    with pytest.raises(Forbidden):
        create_invitation(bob, max_uses=1, days=1)
    assert browse("bob").get("/settings/invitations/").status_code == 403


def test_an_owner_makes_a_link_on_the_page(owner: User, browse: Browse) -> None:
    browser = browse("alice")
    page = browser.post("/settings/invitations/", {"max_uses": 3, "days": 7})
    link = page.context["link"]
    assert link in page.content.decode()
    assert browse().get(link.removeprefix("http://testserver")).status_code == 302
    assert link not in browser.get("/settings/invitations/").content.decode()
    browser.post(f"/settings/invitations/{Invitation.objects.get().pk}/revoke/")
    assert browse().get(link.removeprefix("http://testserver")).status_code == 404
