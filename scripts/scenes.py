"""What is photographed: every screen, also when it is empty, waits, has failed or is full."""

import itertools
import re

from album import Album

from tests.browser.people import Cable

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
# What scrolls within the page stands there at its whole length.
UNROLL = """() => document.querySelectorAll("html, body, maru-gallery").forEach(({ style }) => {
  style.height = "auto";
  style.overflow = "visible";
})"""

names = itertools.count(1)


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
    counted = page.locator(".document-foot").filter(has_text=re.compile("[1-9]"))
    album.log_in(album.username)
    album.channel = "general"
    album.go_to_channel()
    page.locator(".document-card", has_text=DOCUMENT).last.click()
    text.wait_for()
    text.filter(has_not=page.locator(".cm-placeholder")).wait_for()
    counted.wait_for()
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
    counted.wait_for()
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
