"""The admin of people: quick, with actions that close doors, read-only where the system writes."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from PIL import Image

from accounts.actions.invitations import create_invitation
from accounts.actions.tokens import create_token
from accounts.models import AccessToken, Invitation, LoginAttempt, Session, User
from accounts.paginator import MAX_COUNT, BoundedPaginator
from tests.accounts.conftest import Browse

LISTS = ["user", "accesstoken", "invitation", "session", "loginattempt"]


@pytest.fixture
def admin(alice: User, browse: Browse) -> Client:
    alice.is_staff = alice.is_superuser = True
    alice.save()
    return browse("alice")


def act(admin: Client, model: str, action: str, *ids: object) -> None:
    answer = admin.post(
        f"/admin/accounts/{model}/", {"action": action, "_selected_action": [str(i) for i in ids]}
    )
    assert answer.status_code == 302


@pytest.mark.parametrize("model", LISTS)
def test_lists_and_searches(admin: Client, alice: User, model: str) -> None:
    create_token(alice, name="bot")
    create_invitation(alice, max_uses=1, days=1)
    admin.post("/accounts/login/", {"login": "nobody", "password": "x"})
    for query in ("", "?q=alice", "?q=nothing"):
        assert admin.get(f"/admin/accounts/{model}/{query}").status_code == 200


def test_no_list_counts_or_grows_without_bound(
    admin: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    User.objects.bulk_create(User(username=f"user{n}") for n in range(200))
    admin.get("/admin/")
    with django_assert_max_num_queries(12) as queries:  # type: ignore[attr-defined]
        page = admin.get("/admin/accounts/user/").content.decode()
    assert page.count('name="_selected_action"') == 50
    counts = [query["sql"] for query in queries if "COUNT" in query["sql"]]
    assert counts
    assert all(f"LIMIT {MAX_COUNT}" in sql for sql in counts), counts
    assert BoundedPaginator(User.objects.order_by("pk"), 50).count == 201


def test_a_user_s_page_holds_no_list_of_other_users(admin: Client, alice: User) -> None:
    page = admin.get(f"/admin/accounts/user/{alice.pk}/change/").content.decode()
    assert "<select" in page  # language, presence
    assert 'name="groups"' not in page
    assert 'name="is_active"' not in page


def test_a_user_is_made(admin: Client) -> None:
    form = {
        "username": "dana",
        "display_name": "Dana",
        "email": "dana@example.com",
        "usable_password": "true",
        "password1": "a-quiet-hall-42",
        "password2": "a-quiet-hall-42",
    }
    assert admin.post("/admin/accounts/user/add/", form).status_code == 302
    assert User.objects.get(username="dana").check_password("a-quiet-hall-42")


def test_shutting_out_ends_sessions_and_letting_in_opens(
    admin: Client, bob: User, browse: Browse
) -> None:
    browser = browse("bob")
    bob.refresh_from_db()
    epoch = bob.epoch
    act(admin, "user", "deactivate", bob.pk)
    bob.refresh_from_db()
    assert not bob.is_active
    assert bob.epoch > epoch
    assert not Session.objects.filter(user=bob).exists()
    assert browser.get("/settings/").status_code == 302
    act(admin, "user", "reactivate", bob.pk)
    assert browse("bob").get("/settings/").status_code == 200


def test_nobody_shuts_out_themselves(admin: Client, alice: User) -> None:
    act(admin, "user", "deactivate", alice.pk)
    alice.refresh_from_db()
    assert alice.is_active


def test_only_an_owner_hands_out_rights(alice: User, bob: User, browse: Browse) -> None:
    bob.is_staff = True
    bob.save()
    bob.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    page = browse("bob").get(f"/admin/accounts/user/{bob.pk}/change/").content.decode()
    assert 'name="display_name"' in page
    assert 'name="is_superuser"' not in page


def test_new_rights_step_the_epoch(admin: Client, bob: User) -> None:
    epoch = bob.epoch
    form = {
        "username": "bob",
        "display_name": "Bob",
        "time_zone": "Asia/Seoul",
        "presence_setting": "auto",
        "is_staff": "on",
    }
    answer = admin.post(f"/admin/accounts/user/{bob.pk}/change/", form)
    assert answer.status_code == 302, answer.context["errors"]
    bob.refresh_from_db()
    assert bob.is_staff
    assert bob.epoch == epoch + 1


def test_tokens_and_invitations_are_revoked(admin: Client, alice: User, bob: User) -> None:
    token = create_token(bob, name="bot").token
    other = create_token(bob, name="bot").token
    invitation = create_invitation(alice, max_uses=1, days=1).invitation
    act(admin, "accesstoken", "revoke", token.pk)
    act(admin, "user", "revoke_access_tokens", bob.pk)
    act(admin, "invitation", "revoke", invitation.pk)
    assert not AccessToken.objects.usable().filter(pk__in=[token.pk, other.pk]).exists()
    assert not Invitation.objects.usable().exists()


@pytest.mark.parametrize(
    ("model", "action", "right"),
    [("accesstoken", "revoke", "change"), ("invitation", "revoke", "change"),
     ("session", "end", "delete")],
)  # fmt: skip
def test_who_may_look_may_not_therefore_revoke(
    alice: User, bob: User, browse: Browse, model: str, action: str, right: str
) -> None:
    alice.is_staff = bob.is_staff = True
    alice.save()
    bob.save()
    rows = {
        "accesstoken": AccessToken.objects.filter(pk=create_token(alice, name="bot").token.pk),
        "invitation": Invitation.objects.filter(
            pk=create_invitation(alice, max_uses=1, days=1).invitation.pk
        ),
        "session": Session.objects.filter(user=alice),
    }[model]
    browse("alice")
    before, browser = list(rows.values()), browse("bob")
    rights = Permission.objects.filter(content_type__app_label="accounts")
    form = {"action": action, "_selected_action": [*rows.values_list("pk", flat=True)]}
    bob.user_permissions.add(rights.get(codename=f"view_{model}"))
    assert browser.post(f"/admin/accounts/{model}/", form).status_code == 200
    assert list(rows.values()) == before
    bob.user_permissions.add(rights.get(codename=f"{right}_{model}"))
    assert browser.post(f"/admin/accounts/{model}/", form).status_code == 302
    assert list(rows.values()) != before


def test_a_picture_is_drawn_anew_here_too(admin: Client, bob: User) -> None:
    form = {
        "username": "bob",
        "display_name": "Bob",
        "time_zone": "UTC",
        "presence_setting": "auto",
    }
    address = f"/admin/accounts/user/{bob.pk}/change/"
    page = admin.post(address, form | {"avatar": SimpleUploadedFile("a.png", b"<script>")})
    assert page.status_code == 200
    picture = SimpleUploadedFile("<b>.html.png", png() + b"<script>alert(1)</script>")
    assert admin.post(address, form | {"avatar": picture}).status_code == 302
    bob.refresh_from_db()
    assert re.fullmatch(r"avatars/[0-9a-f]{32}\.webp", bob.avatar.name)
    assert b"script" not in Path(bob.avatar.path).read_bytes()
    assert Client().get(bob.avatar_url).status_code == 200
    old = Path(bob.avatar.path)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert admin.post(address, form | {"avatar-clear": "on"}).status_code == 302
    assert not old.exists()


def png() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (30, 30), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def test_sessions_are_ended_and_their_keys_not_shown(
    admin: Client, bob: User, browse: Browse
) -> None:
    browser = browse("bob")
    session = Session.objects.get(user=bob)
    for path in ("", f"{session.pk}/change/"):
        page = admin.get(f"/admin/accounts/session/{path}").content.decode()
        assert session.session_data not in page
    act(admin, "session", "end", session.pk)
    assert browser.get("/settings/").status_code == 302


@pytest.mark.parametrize("model", ["accesstoken", "invitation", "session", "loginattempt"])
def test_what_the_system_writes_is_not_edited(admin: Client, model: str) -> None:
    assert admin.get(f"/admin/accounts/{model}/add/").status_code == 403
    LoginAttempt.objects.all().delete()


def test_others_do_not_get_in(alice: User, bob: User, browse: Browse) -> None:
    assert browse().get("/admin/").status_code == 302
    assert browse("bob").get("/admin/accounts/user/").status_code in {302, 403}
