"""The console in a browser: it lives, it tries a command before it carries it out, it asks for who
one is, and nobody else gets it."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.client import PASSWORD
from tests.servers import Worker

# On the phone's own width too: nothing may stick out.
PHONE = {"width": 390, "height": 844}

# What is filled in, and whether it is carried out here: the world is shared by all tests.
COMMANDS: list[tuple[str, dict[str, str], bool]] = [
    ("disconnect-user", {"user": "charlie"}, False),
    ("ban-user", {"user": "charlie"}, False),
    ("archive-channel", {"channel": "general"}, False),
    ("announce", {"title": "Water", "text": "No water at noon."}, False),
    ("clear-rate-limits", {}, True),
    ("log-level", {"logger": "maru.test"}, True),
    ("maintenance", {"message": "A new disk", "countdown_seconds": "3600"}, True),
]


def come_in(page: Page, username: str = "alice") -> None:
    page.goto("/accounts/login/?next=/admin/live/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) [type=submit]").first.click()


def fill_in(page: Page, command: str, values: dict[str, str]) -> Any:
    """Chooses a command and asks what it would do; the form."""
    page.get_by_role("button", name=command, exact=True).click()
    form = page.locator("operations-commands form")
    for name, value in values.items():
        form.locator(f"[name={name}]").fill(value)
    expect(form.get_by_role("button", name="Carry out")).to_have_count(0)
    form.get_by_role("button", name="Preview").click()
    expect(form.get_by_role("status")).to_contain_text("It would say:")
    return form


def test_staff_see_the_house_and_try_before_they_order(new_page: Callable[..., Page]) -> None:
    page = new_page()
    come_in(page)
    sockets = page.locator("operations-console .tile", has_text="Sockets").locator("dd")
    expect(sockets).to_have_text(re.compile(r"[1-9]"))
    expect(page.get_by_role("img", name="Messages per second").locator("canvas")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Workers"))).to_be_visible()
    for command, values, is_real in COMMANDS:
        form = fill_in(page, command, values)
        if is_real:
            form.get_by_role("button", name="Carry out").click()
            expect(form.get_by_role("status")).to_contain_text("✓")
    expect(page.get_by_text("The house closes for writing at")).to_be_visible()
    page.get_by_role("button", name="maintenance", exact=True).click()
    form = page.locator("operations-commands form")
    form.locator("select[name=on]").select_option("false")
    form.get_by_role("button", name="Preview").click()
    form.get_by_role("button", name="Carry out").click()
    expect(page.get_by_text("The house closes for writing at")).to_have_count(0)
    expect(page.get_by_text("console.maintenance").first).to_be_visible()

    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_console_is_in_korean_too(new_page: Callable[..., Page]) -> None:
    page = new_page(locale="ko-KR")
    come_in(page)
    expect(page.get_by_role("heading", name=re.compile("워커"))).to_be_visible()


def test_members_do_not_get_in(page_for: Callable[..., Page], demo: Worker) -> None:
    page = page_for("bob")
    page.goto("/admin/live/")
    expect(page.locator("operations-console")).to_have_count(0)
