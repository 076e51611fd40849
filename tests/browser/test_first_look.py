"""What the server draws is what the browser code draws: nobody sees that one takes over."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.hangul import Hangul
from tests.browser.people import (
    AT_REST,
    CONNECTED,
    PageFor,
    composer,
    go_to,
    is_told,
    something_new,
)

SESSION = re.compile("/assets/session-")
PHONE = {"viewport": {"width": 390, "height": 844}}
# Everything that is seen, where it stands, and what it says. What one looks at is being read:
# nothing in it counts as unread for long.
SEEN = """(root) => {
  const parts = `.sidebar-link, .sidebar-name, .sidebar-section h2, .sidebar-search, .logo, .badge,
    .user-button, .user-names span, h1, .room-topic, .button-icon, .icon, .avatar, .composer, .day,
    .message, .message-sender, time, .message-says, .message-body, .message-edited, .reaction,
    .thread-summary, .quote, .message-marks, .loading-more, .beginning, .mark`;
  const aside = `.sidebar-more, .banner, .gutter-time, [aria-current] > :not(.icon), [popover],
    .message-actions, .way-down, .way-down > .icon`;
  const said = (element) => [...element.childNodes].map((node) => {
    if (node instanceof Text) return node.data;
    if (node instanceof HTMLTextAreaElement) return node.value || node.placeholder;
    const isSeen = node instanceof Element && !node.matches(`.visually-hidden, svg, ${aside}`);
    return isSeen ? said(node) : "";
  }).join("");
  return [...document.querySelector(root).querySelectorAll(parts)].flatMap((element) => {
    const box = element.getBoundingClientRect();
    if (!element.checkVisibility() || element.closest(aside)) return [];
    if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0) return [];
    const place = [box.left, box.top, box.width, box.height];
    const peeks = Math.min(box.bottom, innerHeight - box.top, box.right);
    const text = said(element).replace(/\\s+/g, "");
    element.closest("[aria-current]")?.classList.remove("unread");
    return [{ what: `${[...element.classList].join(" ")}: ${text}`, place, peeks }];
  });
}"""
READ = """async () => {
  const { chat } = document.querySelector("maru-chat");
  const { conversation } = document.querySelector("maru-room");
  const position = conversation.channel.last_position;
  await chat.connection.request("mark-read", { channel: conversation.id, position });
}"""
NO_DRAFT = "() => document.querySelector('maru-chat').chat.drafts.unsaved.all().length === 0"
WATCH_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      window.shifts.push([entry.value, ...entry.sources.map(({ node }) => node?.className)]);
  }).observe({ type: "layout-shift", buffered: true });
"""


ROUNDING_PX = 1.5  # a font that comes later may round otherwise
Part = dict[str, Any]
Look = list[Part]


@contextmanager
def before_the_code(page: Page, address: str) -> Iterator[None]:
    """The server's look is there; the browser code is held up until the end of the block."""
    held: list[Route] = []
    page.route(SESSION, lambda route: held.append(route))
    page.goto(address, wait_until="domcontentloaded")  # the look comes whole, with its script
    expect(page.locator(".first-look .message").last).to_be_attached()
    yield
    for route in held:
        route.continue_()
    page.unroute(SESSION)


def code_is_there(page: Page) -> None:
    expect(page.locator("maru-timeline [aria-busy=false]")).to_be_visible()
    expect(page.locator(".first-look")).to_have_count(0)


def has_read(page: Page) -> None:
    """What is told half a second later, or when one goes elsewhere: the next page is to know it."""
    code_is_there(page)
    page.wait_for_function(CONNECTED)
    page.evaluate(READ)


def has_sent(page: Page, text: str) -> None:
    """It is a draft no more, which is told a second later: the next page begins without it."""
    is_told(page, text)
    page.wait_for_function(NO_DRAFT)


def both_looks(page: Page, address: str) -> tuple[Look, Look]:
    with before_the_code(page, address):
        page.evaluate(AT_REST)
        drawn = page.evaluate(SEEN, ".first-look")
        page.evaluate("window.shifts = []")  # until now the fonts came
    code_is_there(page)
    return drawn, page.evaluate(SEEN, "maru-chat")


def is_same(before: Part, after: Part) -> bool:
    moved = max(abs(a - b) for a, b in zip(before["place"], after["place"], strict=True))
    return bool(before["what"] == after["what"] and moved < ROUNDING_PX)


def compare(drawn: Look, taken_over: Look) -> None:
    """Nothing else is seen, and nothing has moved. Of what peeks in by less than it may have moved,
    only one of the two may see something."""
    before, after = [*reversed(drawn)], [*reversed(taken_over)]
    while before or after:
        if before and after and is_same(before[-1], after[-1]):
            before.pop()
            after.pop()
        elif before and before[-1]["peeks"] < ROUNDING_PX:
            before.pop()
        elif after and after[-1]["peeks"] < ROUNDING_PX:
            after.pop()
        else:
            pytest.fail(f"{before[-1:]} has become {after[-1:]}")


@pytest.mark.parametrize("options", [{}, {"locale": "ko-KR"}, PHONE])
def test_nobody_sees_who_has_drawn_the_page(page_for: PageFor, options: dict[str, Any]) -> None:
    page = page_for("alice", **options)
    page.add_init_script(WATCH_SHIFTS)
    has_read(page)
    for address in ("/c/12", "/c/6", "/c/1/m/20", "/c/3", "/"):
        drawn, taken_over = both_looks(page, address)
        compare(drawn, taken_over)
        assert page.evaluate("window.shifts") == []
        has_read(page)


def test_what_one_writes_before_the_code_comes_is_not_lost(page_for: PageFor) -> None:
    page = page_for("alice")
    go_to(page, "general")
    field, text, early = composer(page), something_new("Before"), something_new("Early")
    with before_the_code(page, page.url):
        expect(field).to_be_focused()
        page.keyboard.type(f"{text} helo")
        page.keyboard.press("ArrowLeft")
    code_is_there(page)
    expect(field).to_be_focused()
    page.keyboard.type("l")
    expect(field).to_have_value(f"{text} hello")
    page.keyboard.press("Enter")
    has_sent(page, text)
    with before_the_code(page, page.url):
        expect(field).to_be_focused()
        page.keyboard.type(early)
        page.keyboard.press("Enter")
    has_sent(page, early)
    expect(field).to_have_value("")
    # Nobody takes a syllable out of an input method's hands.
    with before_the_code(page, page.url):
        hangul = Hangul(page, field)
        hangul.compose("ㅎ", "하")
    expect(page.locator("maru-timeline [aria-busy=false]")).to_be_visible()
    hangul.compose("한")
    hangul.commit("한")
    code_is_there(page)
    expect(field).to_have_value("한")
    expect(field).to_be_focused()
