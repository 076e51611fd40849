"""The console in a browser: it lives, it tries a command before it carries it out, it asks for who
one is, and nobody else gets it."""

import re
from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page, expect

from operations.commands import COMMANDS as KNOWN
from tests.client import PASSWORD
from tests.servers import Worker

# On the phone's own width too: nothing may stick out.
PHONE = {"width": 390, "height": 844}


class Row(NamedTuple):
    """What is filled in; what the page says it would do; whether it is carried out here, in a
    world that all tests share."""

    values: dict[str, str]
    says: str
    is_real: bool = True


COMMANDS = {
    "announce": Row(
        {"title": "Water", "text": "No water at **noon**.", "channel": "quiet"}, "to 1 person"
    ),
    "remind-announcement": Row({}, "1 person has not confirmed it"),
    "withdraw-announcement": Row({}, "It is withdrawn"),
    "disconnect-user": Row({"user": "lodger"}, "Every socket of lodger is closed"),
    "ban-user": Row({"user": "lodger"}, "lodger is shut out"),
    "unban-user": Row({"user": "lodger"}, "lodger may come in again"),
    "archive-channel": Row({"channel": "quiet"}, "is archived"),
    "maintenance": Row(
        {"message": "A new disk", "countdown_seconds": "3600"}, "closes for writing in 3600"
    ),
    "clear-rate-limits": Row({}, "Every limit begins anew"),
    "log-level": Row({"logger": "maru.test"}, "maru.test is logged from DEBUG on"),
    "drain-worker": Row({"worker": "none"}, "There is no such worker", is_real=False),
}
# Somebody and a channel that no other test knows.
LODGER = (
    "from accounts.models import User; from chat.actions.channels import create_channel;"
    "lodger = User.objects.create_user('lodger');"
    "create_channel(lodger, kind='private', name='quiet')"
)

# Of the staff, with one right.
STEWARD = (
    "from accounts.models import User; from django.contrib.auth.models import Permission;"
    "steward = User.objects.create_user('steward', password='{password}', is_staff=True);"
    "steward.user_permissions.set(Permission.objects.filter(codename='change_user'))"
)


def come_in(page: Page, username: str = "alice") -> None:
    page.goto("/accounts/login/?next=/admin/live/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) [type=submit]").first.click()


def carry_out(page: Page, command: str, row: Row) -> None:
    """Fills a command in, asks what it would do, and does it."""
    form = page.locator("operations-commands form")
    if command in ("remind-announcement", "withdraw-announcement"):
        verb = command.partition("-")[0].title()
        newest = page.get_by_role("row", name="Water").first
        newest.get_by_role("button", name=verb).click()
    else:
        page.get_by_role("button", name=command, exact=True).click()
        for name, value in row.values.items():
            form.locator(f"[name={name}]").fill(value)
        expect(form.get_by_role("button", name="Carry out")).to_have_count(0)
        form.get_by_role("button", name="Preview").click()
    expect(form.locator(".notice")).to_contain_text(row.says)
    if row.is_real:
        form.get_by_role("button", name="Carry out").click()
        expect(form.get_by_role("status")).to_contain_text("✓")
        done = page.locator("section", has=page.get_by_role("heading", name="Audit log"))
        expect(done.get_by_text(f"console.{command}").first).to_be_visible()


def test_staff_see_the_house_and_try_before_they_order(
    new_page: Callable[..., Page], demo: Worker
) -> None:
    assert {*COMMANDS} == {*KNOWN}
    demo.manage("shell", "-c", LODGER)
    page = new_page()
    come_in(page)
    sockets = page.locator("operations-console .tile", has_text="Sockets").locator("dd")
    expect(sockets).to_have_text(re.compile(r"[1-9]"))
    expect(page.get_by_role("img", name="Messages per second").locator("canvas")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Workers"))).to_be_visible()
    for command, row in COMMANDS.items():
        carry_out(page, command, row)
    expect(page.get_by_text("The house closes for writing at")).to_be_visible()
    page.get_by_role("button", name="maintenance", exact=True).click()
    form = page.locator("operations-commands form")
    form.locator("select[name=on]").select_option("false")
    form.get_by_role("button", name="Preview").click()
    form.get_by_role("button", name="Carry out").click()
    expect(page.get_by_text("The house closes for writing at")).to_have_count(0)

    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    # The charts take their new width in a frame of their own.
    page.wait_for_function(f"document.documentElement.scrollWidth <= {PHONE['width']}")


def test_the_console_is_in_korean_and_shows_the_commands_that_one_may_give(
    new_page: Callable[..., Page], demo: Worker
) -> None:
    demo.manage("shell", "-c", STEWARD.format(password=PASSWORD))
    page = new_page(locale="ko-KR")
    come_in(page, "steward")
    expect(page.get_by_role("heading", name=re.compile("워커"))).to_be_visible()
    offered = page.locator("operations-commands .chip")
    expect(offered).to_have_text(["disconnect-user", "ban-user", "unban-user"])
    expect(page.get_by_role("button", name="연결 끊기").first).to_be_visible()
    expect(page.get_by_role("button", name="거두기")).to_have_count(0)
    page.get_by_role("button", name="ban-user", exact=True).click()
    expect(page.get_by_text("사용자 이름 또는 번호")).to_be_visible()


def test_members_do_not_get_in(page_for: Callable[..., Page], demo: Worker) -> None:
    page = page_for("bob")
    page.goto("/admin/live/")
    expect(page.locator("operations-console")).to_have_count(0)
