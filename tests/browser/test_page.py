"""The page on a phone, in the dark, for a screen reader, and for who is not logged in."""

import gzip
import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import PageFor, go_to, messages, oneself
from tests.servers import PROJECT

PHONE = {"viewport": {"width": 390, "height": 844}}
AXE = (PROJECT / "node_modules" / "axe-core" / "axe.min.js").read_text()
HEADINGS = {
    "?panel=pins": "Pinned messages",
    "?panel=documents": "Documents",
    "/space": "general",
    "/threads": "Threads",
    "/saved": "Saved messages",
    "/documents/": "Documents",
}
BESIDE = ("?panel=pins", "?panel=documents", "/space")
KEYS = {
    "Control+k": "Go to",
    "Control+,": "Preferences",
    "Control+/": "Keyboard shortcuts",
}
JAVASCRIPT_BUDGET_BYTES = 70_000


def test_who_is_not_logged_in_is_asked_to(new_page: PageFor) -> None:
    page = new_page()
    page.goto("/c/1")
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next=/c/1$"))


def test_logging_out_ends_the_session(page_for: PageFor) -> None:
    page = page_for("lucas")
    oneself(page).click()
    page.get_by_role("button", name="Log out").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.goto("/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_on_a_phone_the_sidebar_is_a_drawer(page_for: PageFor) -> None:
    page = page_for("alice", **PHONE)
    expect(page.get_by_role("textbox", name=re.compile("^Message "))).to_be_visible()
    sidebar = page.get_by_role("navigation", name="Channels")
    expect(sidebar).to_be_hidden()
    page.get_by_role("button", name="Open the sidebar").click()
    sidebar.get_by_role("link", name="general").click()
    expect(sidebar).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_have_text("general")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == PHONE["viewport"]["width"], "nothing is wider than the phone"
    # The heading leaves room for the name: what else belongs to the channel is in a menu.
    assert page.locator(".room-title").evaluate("(title) => title.clientWidth") > width / 2
    more = page.get_by_role("button", name="More", exact=True)
    more.click()
    page.locator("#room-menu").get_by_role("button", name="Settings of #general").click()
    expect(page.get_by_role("dialog", name="#general")).to_be_visible()
    page.keyboard.press("Escape")
    more.click()
    page.locator("#room-menu").get_by_role("button", name="Pinned messages").click()
    expect(page.get_by_role("complementary", name="Pinned messages")).to_be_visible()


def test_a_swipe_opens_the_sidebar_and_a_long_press_the_actions(page_for: PageFor) -> None:
    page = page_for("alice", has_touch=True, **PHONE)
    sidebar = page.get_by_role("navigation", name="Channels")
    expect(messages(page).get_by_role("article").last).to_be_visible()
    finger = page.context.new_cdp_session(page)

    began = time.time()

    def touch(kind: str, *points: tuple[float, float], after: float = 0) -> None:
        """A busy machine is slow with its fingers: they say themselves when they moved."""
        spots = [{"x": x, "y": y} for x, y in points]
        event = {"type": kind, "touchPoints": spots, "timestamp": began + after}
        finger.send("Input.dispatchTouchEvent", event)

    for start, end, is_open in ((20, 200, True), (260, 60, False)):
        touch("touchStart", (start, 400))
        touch("touchMove", (end, 402), after=0.1)
        touch("touchEnd", after=0.2)
        expect(sidebar).to_be_visible(visible=is_open)
    # What has come from the right goes where it came from.
    page.get_by_role("button", name=re.compile("members$")).click()
    members = page.get_by_role("complementary", name="Members")
    expect(members).to_be_visible()
    touch("touchStart", (40, 600))
    touch("touchMove", (240, 602), after=0.1)
    touch("touchEnd", after=0.2)
    expect(members).to_have_count(0)
    expect(sidebar).to_be_hidden()
    box = messages(page).get_by_role("article").last.bounding_box()
    assert box
    touch("touchStart", (box["x"] + 90, box["y"] + 10))
    expect(page.get_by_role("toolbar", name="Message actions")).to_be_visible()
    touch("touchEnd")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page_for: PageFor, scheme: str) -> None:
    page = page_for("alice", color_scheme=scheme, reduced_motion="reduce")
    go_to(page, "general")
    page.get_by_role("button", name=re.compile("members$")).click()
    members = page.get_by_role("complementary", name="Members")
    expect(members.get_by_role("listitem")).not_to_have_count(0)
    messages(page).get_by_role("article").last.hover()
    page.evaluate(AXE)
    assert violations(page, "body") == []
    for opener in ("Browse channels", "Create a channel", "Start a conversation"):
        page.get_by_role("button", name=opener).first.click()
        expect(page.get_by_role("dialog", name=opener)).to_be_visible()
        assert violations(page, "dialog") == [], opener
        page.keyboard.press("Escape")
    oneself(page).click()
    assert violations(page, "#user-menu") == []
    page.keyboard.press("Escape")
    last = messages(page).get_by_role("article").last
    last.hover()
    last.get_by_role("button", name="More actions").click()
    assert violations(page, "[role=menu]") == []
    page.keyboard.press("Escape")
    last.hover()
    last.get_by_role("button", name="Add a reaction").click()
    expect(page.get_by_role("button", name="grinning face", exact=True)).to_be_visible()
    assert violations(page, ".emoji-picker") == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Jump to a date").first.click()
    expect(page.get_by_role("grid")).to_be_visible()
    assert violations(page, ".calendar-popup") == []
    page.keyboard.press("Escape")
    channel = re.sub(r"\?.*", "", page.url)
    for place, name in HEADINGS.items():
        page.goto(channel + place if place in BESIDE else place)
        expect(page.get_by_role("heading", name=name).first).to_be_visible()
        expect(page.locator(".panel-note")).to_have_count(0)
        page.evaluate(AXE)
        assert violations(page, "body") == [], place
    axe_finds_nothing_in_korean_on_a_phone(page, channel)
    axe_finds_nothing_in_the_console(page)


def axe_finds_nothing_in_the_console(page: Page) -> None:
    page.goto("/admin/live/")
    expect(page.locator("operations-console canvas").first).to_be_visible()
    page.evaluate(AXE)
    assert violations(page, "operations-console") == []


def axe_finds_nothing_in_korean_on_a_phone(page: Page, channel: str) -> None:
    size = page.viewport_size
    assert size
    page.set_viewport_size({"width": 390, "height": 844})
    page.set_extra_http_headers({"Accept-Language": "ko"})
    page.goto(channel)
    expect(page.get_by_role("log", name="메시지")).to_have_attribute("aria-busy", "false")
    expect(page.locator(".first-look")).to_have_count(0)
    page.evaluate(AXE)
    assert violations(page, "body") == []
    page.set_viewport_size(size)
    page.set_extra_http_headers({})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_is_ones_own(page_for: PageFor, scheme: str) -> None:
    page = page_for("alice", color_scheme=scheme, reduced_motion="reduce")
    go_to(page, "general")
    page.evaluate(AXE)
    for keys, name in KEYS.items():
        page.keyboard.press(keys)
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
        assert violations(page, "dialog") == [], name
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Settings of general").click()
    expect(page.get_by_role("dialog", name="#general")).to_be_visible()
    assert violations(page, "dialog") == []
    page.keyboard.press("Escape")
    messages(page).locator(".avatar").last.click()
    expect(page.get_by_role("dialog", name="Profile")).to_contain_text("Here since")
    assert violations(page, "dialog") == []
    page.keyboard.press("Escape")
    messages(page).locator(".thread-summary").last.click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread.get_by_role("article").last).to_be_visible()
    assert violations(page, "body") == []
    oneself(page).click()
    page.locator("#user-menu").get_by_role("button").first.click()
    expect(page.get_by_role("dialog", name="Your status")).to_be_visible()
    assert violations(page, "dialog") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_is_shown_and_accessible(new_page: PageFor, scheme: str) -> None:
    page = new_page(color_scheme=scheme, reduced_motion="reduce", locale="ko-KR")
    page.goto("/components/", wait_until="domcontentloaded")
    expect(page.get_by_role("heading", level=1, name="구성 요소")).to_be_visible()
    expect(page.locator("maru-message article")).not_to_have_count(0)
    expect(page.locator("maru-composer")).to_have_count(5)
    page.evaluate(AXE)
    assert violations(page, "body") == []
    page.get_by_text("compact", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-density", "compact")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("innerWidth === 390")
    assert page.locator("maru-gallery").evaluate("(page) => page.scrollWidth") <= 390
    assert violations(page, "body") == []
    page.goto("/components/pages/")
    page.evaluate(AXE)
    assert violations(page, "body") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def violations(page: Page, part: str) -> list[str]:
    found = page.evaluate("(part) => axe.run(part)", part)["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def test_the_first_load_is_small(page_for: PageFor) -> None:
    page = page_for("alice")
    go_to(page, "general")
    loaded = page.evaluate(
        """() => performance.getEntriesByType('resource')
          .map((entry) => new URL(entry.name).pathname)
          .filter((path) => path.startsWith('/static/assets/') && path.endsWith('.js'))"""
    )
    assert loaded
    built = [PROJECT / "frontend" / "dist" / path.removeprefix("/static/") for path in loaded]
    size = sum(len(gzip.compress(path.read_bytes())) for path in built)
    assert size <= JAVASCRIPT_BUDGET_BYTES
