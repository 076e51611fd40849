"""The pictures of one person's browser in one look: docs/screenshots/.

Given words, only those whose names begin with one of them are kept.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PIL import Image
from playwright.sync_api import Locator, Page

from tests.client import PASSWORD
from tests.servers import PROJECT

TARGET = PROJECT / "docs" / "screenshots"
# Whose own language it is, and where people talk in it.
PEOPLE = {"en": ("alice", "general"), "ko": ("이영희", "점심")}
# The fonts are there, and what was on its way has arrived; typing dots never do.
STILL = """async () => {
  await document.fonts.ready;
  const moving = document.getAnimations().filter(
    ({ effect }) => effect.getComputedTiming().endTime < Infinity);
  await Promise.allSettled(moving.map(({ finished }) => finished));
  await new Promise(requestAnimationFrame);
}"""

wanted = tuple(sys.argv[1:])


class Album:
    def __init__(self, page: Page, language: str, look: str) -> None:
        self.page, self.look = page, look
        self.username, self.channel = PEOPLE[language]

    def save(self, name: str, *, whole: bool = False) -> None:
        if wanted and not name.startswith(wanted):
            return
        self.page.wait_for_load_state()
        self.page.locator(".first-look").wait_for(state="detached")
        self.page.evaluate(STILL)
        path = TARGET / f"{name}-{self.look}.png"
        self.page.screenshot(path=path, full_page=whole)
        # A third of the size, and nobody sees it: the pages have few colours.
        with Image.open(path) as picture:
            few = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        print(f"docs/screenshots/{path.name}", flush=True)

    def log_in(self, username: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("form:has(input[name=password]) [type=submit]").first.click()
        self.page.wait_for_url(lambda url: "/accounts/" not in url)

    def go_to_channel(self) -> None:
        # On a phone the link is there but not shown.
        link = self.page.locator("maru-sidebar nav a", has_text=self.channel).first
        self.page.goto(link.get_attribute("href") or "/")
        self.settle()

    def settle(self) -> None:
        """The app stands where the first look did, and knows the documents it speaks of."""
        self.page.locator(".first-look").wait_for(state="detached")
        self.page.locator("maru-timeline [role=log][aria-busy=false]").first.wait_for()
        self.last_message().wait_for()
        self.page.locator("div.document-card").first.wait_for(state="detached")

    def last_message(self) -> Locator:
        """Not of the first look, which does nothing."""
        return self.page.locator("maru-timeline").first.get_by_role("article").last

    @contextmanager
    def dialog(self, name: str, ask: Callable[[], object]) -> Iterator[Locator]:
        """What `ask` opens, with its picture; Escape closes it."""
        ask()
        dialog = self.page.get_by_role("dialog").last
        dialog.wait_for()
        self.save(name)
        yield dialog
        self.page.keyboard.press("Escape")
        dialog.wait_for(state="hidden")

    def press(self, selector: str) -> Callable[[], object]:
        """On a phone some buttons are out of sight, but do what they do."""
        return lambda: self.page.locator(selector).first.evaluate("(button) => button.click()")
