"""What the hall is called and how it looks, as its administrator chooses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.people import go_to, messages

ACCENT = "getComputedStyle(document.documentElement).getPropertyValue('--accent')"


@contextmanager
def furnished(page: Page, name: str, accent: str) -> Iterator[None]:
    """All browser tests share one house."""
    for called, coloured in ((name, accent), ("Maru", "")):
        page.goto("/admin/accounts/house/1/change/")
        page.locator("input[name=name]").fill(called)
        page.locator("input[name=accent]").fill(coloured)
        page.locator("[name=_save]").first.click()
        expect(page.get_by_text("changed successfully")).to_be_visible()
        if called == name:
            yield


def test_a_new_name_and_colour_are_seen_at_once_by_everybody(
    page_for: Callable[..., Page], sessions: dict[Any, Any]
) -> None:
    sessions.clear()  # ten minutes after a log-in the admin asks again who it is
    alice, bob = page_for("alice"), page_for("bob")
    go_to(bob, "general")
    ours, marked = bob.evaluate(ACCENT), bob.evaluate("performance.mark('here').name")
    with furnished(alice, "우리 마루", "#aa3311"):
        expect(bob.locator(".logo-name")).to_have_text("우리 마루")
        bob.wait_for_function("document.title.endsWith('우리 마루')")
        bob.wait_for_function(f"(ours) => {ACCENT} !== ours", arg=ours)
        theirs = bob.evaluate(ACCENT)
        expect(messages(bob)).to_be_visible()
        # So it is from the first look on, before the page's own code has come.
        other = page_for("bob")
        held: list[Route] = []
        other.route("**/assets/session-*", lambda route: held.append(route))
        other.reload(wait_until="domcontentloaded")
        expect(other.locator(".first-look .logo-name")).to_have_text("우리 마루")
        other.wait_for_function(f"(theirs) => {ACCENT} === theirs", arg=theirs)
        for route in held:
            route.continue_()
    bob.wait_for_function("document.title.endsWith('Maru')")
    bob.wait_for_function(f"(ours) => {ACCENT} === ours", arg=ours)
    assert bob.evaluate(f"performance.getEntriesByName('{marked}').length") == 1, "no reload"
