"""What the server draws is what the browser code draws: nobody sees that one takes over."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.people import PageFor

SESSION = re.compile("/assets/session-")
PHONE = {"viewport": {"width": 390, "height": 844}}
# Everything that is seen, where it stands, and what it says. What one looks at is being read:
# nothing in it counts as unread for long.
SEEN = """(root) => {
  const parts = `.sidebar-link, .sidebar-name, .sidebar-section h2, .sidebar-search, .logo, .badge,
    .user-button, .user-names span, h1, .room-topic, .button-icon, .icon, .avatar, .composer, .day,
    .message, .message-sender, time, .message-says, .message-body, .message-edited, .reaction,
    .thread-summary, .quote, .message-marks, .loading-more, .beginning, .mark`;
  const aside = ".sidebar-more, .banner, .gutter-time, [aria-current] > :not(.icon), [popover]";
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
    const text = said(element).replace(/\\s+/g, "");
    element.closest("[aria-current]")?.classList.remove("unread");
    return [{ what: `${[...element.classList].join(" ")}: ${text}`, place }];
  });
}"""
FONTS = """async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  await document.fonts.ready;
}"""
WATCH_SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      window.shifts.push([entry.value, ...entry.sources.map(({ node }) => node?.className)]);
  }).observe({ type: "layout-shift", buffered: true });
"""


Look = list[dict[str, Any]]


def both_looks(page: Page, address: str) -> tuple[Look, Look]:
    """The server's, while the browser code is held up; then that code's."""
    held: list[Route] = []
    page.route(SESSION, lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    expect(page.locator(".first-look .message").last).to_be_attached()
    page.evaluate(FONTS)
    drawn = page.evaluate(SEEN, ".first-look")
    page.evaluate("window.shifts = []")  # until now the fonts came
    for route in held:
        route.continue_()
    page.unroute(SESSION)
    expect(page.locator("maru-timeline [aria-busy=false]")).to_be_visible()
    expect(page.locator(".first-look")).to_have_count(0)
    return drawn, page.evaluate(SEEN, "maru-chat")


@pytest.mark.parametrize("options", [{}, {"locale": "ko-KR"}, PHONE])
def test_nobody_sees_who_has_drawn_the_page(page_for: PageFor, options: dict[str, Any]) -> None:
    page = page_for("alice", **options)
    page.add_init_script(WATCH_SHIFTS)
    for address in ("/c/12", "/c/6", "/c/3", "/"):
        drawn, taken_over = both_looks(page, address)
        assert [part["what"] for part in drawn] == [part["what"] for part in taken_over]
        for before, after in zip(drawn, taken_over, strict=True):
            moved = max(abs(a - b) for a, b in zip(before["place"], after["place"], strict=True))
            assert moved < 1.5, (before, after)  # a font that comes later may round otherwise
        assert page.evaluate("window.shifts") == []
