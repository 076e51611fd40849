"""Announcements in the admin, and the way from there to the console."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin as django_admin
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Entry
from chat.models import Channel
from operations.announcing import Said, acknowledge, announce
from operations.models import Announcement
from tests.accounts.conftest import Browse, browse
from tests.operations.conftest import pending

__all__ = ["browse"]  # a fixture

PAGE = "/admin/operations/announcement/"
WATER = {
    "title_en": "Water",
    "text_en": "None at **noon**.",
    "title_ko": "단수",
    "text_ko": "",
    "level": "warning",
    "requires_acknowledgement": "on",
    "expires_hours": "24",
    "channel": "",
    "group": "",
}


@pytest.fixture
def admin(owner: User, general: Channel, browse: Browse) -> Client:
    return browse("alice")


def act(admin: Client, action: str, *rows: Announcement) -> str:
    """What the page says after it."""
    form = {"action": action, "_selected_action": [row.pk for row in rows]}
    return admin.post(PAGE, form, follow=True).content.decode()


def noted() -> list[str]:
    return [*Entry.objects.exclude(action__startswith="session").values_list("action", flat=True)]


def test_it_is_composed_followed_and_withdrawn(admin: Client, bob: User, charlie: User) -> None:
    answer = admin.post(f"{PAGE}add/", WATER)
    assert answer.status_code == 302, answer.context["errors"]
    row = Announcement.objects.get()
    assert answer["Location"] == f"{PAGE}{row.pk}/change/"
    [told] = pending(bob)
    assert (told.title, told.level, told.requires_acknowledgement) == ("Water", "warning", True)
    assert "<strong>noon</strong>" in told.html
    assert row.expires_at is not None

    acknowledge(charlie, announcement_id=row.pk)
    page = admin.get(answer["Location"]).content.decode()
    assert "2 people have not confirmed it" in page
    assert "@bob" in page
    assert "@charlie" not in page
    assert "<strong>noon</strong>" in page

    assert "2 people have not confirmed it." in act(admin, "remind_again", row)
    assert "It is withdrawn." in act(admin, "take_back", row)
    assert pending(bob) == []
    assert "It is over already." in act(admin, "take_back", row)
    assert "Remind them" not in admin.get(answer["Location"]).content.decode()
    assert noted() == [
        "announcement.made",
        "admin.added",
        "announcement.reminded",
        "announcement.withdrawn",
    ]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"title_en": "", "title_ko": ""}, "title_en"),
        ({"channel": "general", "group": "readers"}, "group"),
        ({"channel": "thread"}, "channel"),
        ({"level": "loud"}, "level"),
    ],
)
def test_what_cannot_be_announced_is_told_beside_its_field(
    admin: Client, general: Channel, change: dict[str, str], wrong: str
) -> None:
    thread = Channel.objects.create(kind="thread", parent=general)
    group = Group.objects.create(name="readers")
    ids = {"general": general.pk, "thread": thread.pk, "readers": group.pk}
    form = WATER | {name: ids.get(value, value) for name, value in change.items()}
    answer = admin.post(f"{PAGE}add/", form)
    assert answer.status_code == 200
    assert set(answer.context["adminform"].form.errors) == {wrong}
    assert not Announcement.objects.exists()


def test_only_its_channel_hears_it(
    admin: Client, general: Channel, bob: User, charlie: User
) -> None:
    admin.post(f"{PAGE}add/", WATER | {"channel": general.pk, "expires_hours": "0"})
    assert (len(pending(bob)), pending(charlie)) == (1, [])
    assert Announcement.objects.get().expires_at is None


def test_what_was_said_stays_as_it_was_said(admin: Client, owner: User) -> None:
    row = announce(owner, english=Said("Water"))
    assert admin.post(f"{PAGE}{row.pk}/change/", WATER).status_code == 403
    assert admin.post(f"{PAGE}{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_it_is_for_who_may(bob: User, owner: User, browse: Browse) -> None:
    row = announce(owner, english=Said("Water"))
    browser = browse("bob")
    for path in (PAGE, f"{PAGE}add/", f"{PAGE}{row.pk}/change/"):
        assert browser.get(path)["Location"].startswith("/admin/login/")
    assert browser.post(f"{PAGE}add/", WATER).status_code == 302
    assert Announcement.objects.count() == 1
    bob.is_staff = True
    bob.save()
    assert browse("bob").post(f"{PAGE}add/", WATER).status_code == 403
    bob.user_permissions.add(Permission.objects.get(codename="view_announcement"))
    assert "Remind" not in browse("bob").get(f"{PAGE}{row.pk}/change/").content.decode()
    assert Announcement.objects.count() == 1


def test_the_list_does_not_grow_without_bound(
    admin: Client, owner: User, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(60):
        announce(owner, english=Said(f"News {number}"))
    admin.get("/admin/")
    with django_assert_max_num_queries(12):
        page = admin.get(PAGE).content.decode()
    assert page.count('name="_selected_action"') == 50
    assert "News 59" in admin.get(f"{PAGE}?q=59").content.decode()


def test_the_console_and_every_list_stand_beside_each_page(
    admin: Client, bob: User, browse: Browse
) -> None:
    page = admin.get("/admin/").content.decode()
    sidebar = page[page.index('id="nav-sidebar"') :]
    links = [reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist")
             for m in django_admin.site._registry]  # fmt: skip
    assert [link for link in ["/admin/live/", *links] if f'href="{link}"' not in sidebar] == []
    bob.is_staff = True
    bob.save()
    few = browse("bob").get("/admin/").content.decode()
    assert 'href="/admin/live/"' in few
    assert 'href="/admin/accounts/user/"' not in few
