"""Pictures of the demo world for README and for whoever changes a page: docs/screenshots/.

Every screen, also when it is empty, waits, has failed or is full, in each language and theme, on a
desktop and on a phone. Given words, only the screens whose names begin with one of them.
"""

import itertools
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.browser.people import Cable
from tests.chromium import launch
from tests.client import PASSWORD
from tests.servers import PROJECT, Worker

TARGET = PROJECT / "docs" / "screenshots"
SIZES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 2,
        "has_touch": True,
        "is_mobile": True,
    },
}
LOCALES = {"en": "en-US", "ko": "ko-KR"}
# Whose own language it is, and where people talk in it.
PEOPLE = {"en": ("alice", "general"), "ko": ("이영희", "점심")}
THEMES = ("light", "dark")
OWNER = "alice"
KEYS = {"switcher": "Control+k", "preferences": "Control+,", "shortcuts": "Control+/"}
PATHS = {
    "threads": "/threads",
    "saved": "/saved",
    "nothing": "/c/999999",
    "documents": "/documents/",
    "settings": "/settings/",
}
# Every component in every state: as long as they are.
GALLERIES = {"components": "/components/", "forms": "/components/pages/"}
# A page is there once something of this is.
CONTENT = "article, form, .panel-empty, .emblem, main a[href^='/documents/']"
# And a panel beside a channel.
LISTED = ".person, .card, .document-link, .panel-empty"
DOCUMENT = "주간 회의록"  # in general, by the demo world
LONG_TEXT = "마루에서 나눈 긴 이야기는 줄을 바꾸며 이어집니다. " * 12 + "x" * 120
# The fonts are there, and what was on its way has arrived; typing dots never do.
STILL = """async () => {
  await document.fonts.ready;
  const moving = document.getAnimations().filter(
    ({ effect }) => effect.getComputedTiming().endTime < Infinity);
  await Promise.allSettled(moving.map(({ finished }) => finished));
  await new Promise(requestAnimationFrame);
}"""

# What scrolls within the page stands there at its whole length.
UNROLL = """() => document.querySelectorAll("html, body, maru-gallery").forEach(({ style }) => {
  style.height = "auto";
  style.overflow = "visible";
})"""

wanted = tuple(sys.argv[1:])
names = itertools.count(1)


class Album:
    """The pictures of one person's browser in one look."""

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


Scenes = tuple[Callable[[Album], None], ...]


def entrance(album: Album) -> None:
    for name, path in {"login": "login/", "signup": "signup/", "reset": "password/reset/"}.items():
        album.page.goto(f"/accounts/{path}")
        album.save(name)


def room(album: Album) -> None:
    """A channel full of people, and what stands beside it."""
    page = album.page
    album.log_in(album.username)
    album.go_to_channel()
    album.save("chat")
    address = page.url
    for panel in ("members", "pins", "documents"):
        page.goto(f"{address}?panel={panel}")
        album.settle()
        page.locator("aside").last.locator(LISTED).first.wait_for()
        album.save(f"{panel}-panel")
    page.goto(address)
    album.settle()
    summary = page.locator(".thread-summary").last
    summary.evaluate("(summary) => summary.click()")
    page.locator("maru-thread article").last.wait_for()
    album.save("thread")
    page.goto(address)
    album.settle()
    if "phone" in album.look:
        album.press(".room-head .only-narrow")()
        album.save("sidebar")
        page.goto(address)
        album.settle()
        album.press("[popovertarget=room-menu]")()
        album.save("room-menu")
        page.goto(address)
        album.settle()


def dialogs(album: Album) -> None:
    page = album.page
    for name, keys in KEYS.items():
        with album.dialog(name, lambda keys=keys: page.keyboard.press(keys)):  # type: ignore[misc]
            pass
    openers = page.locator(".sidebar-section header button")
    for index, name in enumerate(("browse", "create", "direct")):
        with album.dialog(name, lambda at=index: openers.nth(at).evaluate("(b) => b.click()")):  # type: ignore[misc]
            pass
    with album.dialog("membership", album.press(".sidebar-more")):
        pass
    with album.dialog("status", album.press("#user-menu .menu-item")):
        pass
    with album.dialog("profile", album.press(".message .avatar")):
        pass
    day = page.locator(".timeline .day button").last
    day.scroll_into_view_if_needed()
    with album.dialog("calendar", lambda: day.evaluate("(button) => button.click()")):
        pass


def deeds(album: Album) -> None:
    """What can be done with a message, none of it done."""
    page = album.page
    page.reload()
    album.settle()
    if "desktop" in album.look:
        # It welcomes whoever comes, and would take the focus back.
        page.locator(".composer textarea:focus").wait_for()
    album.last_message().focus()
    page.keyboard.press("Tab")
    album.save("actions")
    with album.dialog("picker", album.press(".message-actions [aria-haspopup=dialog]")):
        pass
    album.last_message().focus()
    album.press("[aria-haspopup=menu]")()
    page.get_by_role("menu").wait_for()
    album.save("menu")
    with album.dialog("seen", page.get_by_role("menuitem").nth(-2).click):
        pass
    page.get_by_role("textbox").last.press("ArrowUp")
    page.locator(".message-editor").wait_for()
    album.save("edit")
    page.keyboard.press("Escape")


def beginning(album: Album) -> None:
    """A channel in which nobody has said anything."""
    page = album.page
    page.goto("/")
    album.settle()
    page.locator(".sidebar-section header button").nth(1).evaluate("(button) => button.click()")
    name = f"first-{next(names)}"
    page.locator("dialog input[name=name]").fill(name)
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name=name).wait_for()
    page.locator(".beginning").wait_for()
    page.locator("dialog").wait_for(state="detached")
    album.save("empty")


def writing(album: Album) -> None:
    """Completing a name, somebody's longest text, what could not be sent, no connection."""
    page = album.page
    album.log_in(album.username)
    cable = Cable(page)
    album.go_to_channel()
    field = page.get_by_role("textbox").last
    field.fill("")
    field.press_sequentially("@")
    page.get_by_role("option").first.wait_for()
    album.save("completion")
    field.fill(LONG_TEXT)
    album.save("long")
    cable.refused = "send-message"
    field.press("Enter")
    page.locator(".message-failure").last.wait_for()
    album.save("failed")
    page.locator(".message-failure button").last.click()
    cable.pull()
    page.locator(".banner").wait_for()
    album.save("offline")
    page.route_web_socket(re.compile("/ws/chat/"), lambda socket: None)
    page.goto("/")
    page.get_by_role("status").first.wait_for()
    album.save("loading")


def document(album: Album) -> None:
    """One beside the talk; one with a long text on its own page."""
    page = album.page
    text = page.locator(".cm-content")
    album.log_in(album.username)
    album.channel = "general"
    album.go_to_channel()
    page.locator(".document-card", has_text=DOCUMENT).last.click()
    text.wait_for()
    text.filter(has_not=page.locator(".cm-placeholder")).wait_for()
    album.save("document-panel")
    album.go_to_channel()
    field = page.get_by_role("textbox").last
    field.fill("/doc 마루 회의록 ")
    field.press("Enter")
    page.wait_for_url(re.compile(r"document=\d+"))
    text.wait_for()
    number = re.search(r"document=(\d+)", page.url)
    page.goto(f"/documents/{number[1] if number else ''}")
    text.wait_for()
    text.fill(f"# 마루 회의록\n\n- [x] Lunch\n- [ ] {LONG_TEXT}")
    album.save("document")


def elsewhere(album: Album) -> None:
    page = album.page
    for name, path in PATHS.items():
        page.goto(path)
        page.locator(CONTENT).locator("visible=true").first.wait_for()
        album.save(name)
    for name, path in GALLERIES.items():
        page.goto(path)
        page.get_by_role("heading", level=1).first.wait_for()
        page.evaluate(UNROLL)
        album.save(name, whole=True)
    page.goto("/")
    album.settle()
    page.goto(re.sub(r"[?#].*", "", page.url) + "/space")
    page.locator("canvas").first.wait_for()
    album.save("space")


def console(album: Album) -> None:
    album.log_in(OWNER)
    album.page.goto("/admin/live/")
    album.page.locator("operations-console canvas").first.wait_for()
    album.save("console")


def wrong(album: Album) -> None:
    """As people see it, not as whoever writes the pages does."""
    album.page.goto("/no-such-page")
    album.save("missing")


# Each in a browser of its own. What changes the world comes after everything that shows it.
PEACEFUL: tuple[Scenes, ...] = ((entrance, room, dialogs, deeds, elsewhere), (console,))
BUSY: tuple[Scenes, ...] = ((document, beginning), (writing,))
PRODUCTION: tuple[Scenes, ...] = ((wrong,),)


def photograph(browser: Browser, url: str, sittings: tuple[Scenes, ...]) -> None:
    for scenes, size, language, theme in itertools.product(sittings, SIZES, LOCALES, THEMES):
        page = new_page(browser, url, size, language, theme)
        for scene in scenes:
            scene(Album(page, language, f"{size}-{language}-{theme}"))
        page.context.close()


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    print("Making the demo world …", flush=True)
    key = secrets.token_urlsafe(50)
    house = Worker(DEBUG=False, SECRET_KEY=key, ALLOWED_HOSTS="127.0.0.1", HTTPS=False)
    house.manage("migrate", "--verbosity", "0")
    house.manage("collectstatic", "--no-input")
    with sync_playwright() as playwright, launch(playwright) as browser:
        with Worker().populate() as demo:
            photograph(browser, demo.url, (*PEACEFUL, *BUSY))
        with house:
            photograph(browser, house.url, PRODUCTION)


def new_page(browser: Browser, url: str, size: str, language: str, theme: str) -> Page:
    return browser.new_page(
        **SIZES[size],
        base_url=url,
        locale=LOCALES[language],
        color_scheme="dark" if theme == "dark" else "light",
        timezone_id="Asia/Seoul",
        reduced_motion="reduce",
        service_workers="block",
    )


if __name__ == "__main__":
    main()
