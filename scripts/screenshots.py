"""Pictures of the demo world for README and for whoever changes a page: docs/screenshots/.

Every page in each language and theme, on a desktop and on a phone.
"""

import itertools
import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.chromium import launch
from tests.client import PASSWORD
from tests.servers import PROJECT, Worker

TARGET = PROJECT / "docs" / "screenshots"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
LOCALES = {"en": "en-US", "ko": "ko-KR"}
# Whose own language it is, and where people talk in it.
PEOPLE = {"en": ("alice", "general"), "ko": ("이영희", "잡담")}
THEMES = ("light", "dark")
KEYS = {"switcher": "Control+k", "preferences": "Control+,", "shortcuts": "Control+/"}
PLACES = {"threads": "/threads", "saved": "/saved", "nothing": "/c/999999"}
LONG_TEXT = "마루에서 나눈 긴 이야기는 줄을 바꾸며 이어집니다. " * 12 + "x" * 120


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    print("Making the demo world …", flush=True)
    with Worker().populate() as server, sync_playwright() as playwright:
        browser = launch(playwright)
        for size, language, theme in itertools.product(SIZES, LOCALES, THEMES):
            page = new_page(browser, server.url, size, language, theme)
            photograph(page, *PEOPLE[language], f"{size}-{language}-{theme}")
            page.context.close()
        browser.close()


def new_page(browser: Browser, url: str, size: str, language: str, theme: str) -> Page:
    width, height = SIZES[size]
    return browser.new_page(
        base_url=url,
        viewport={"width": width, "height": height},
        locale=LOCALES[language],
        color_scheme="dark" if theme == "dark" else "light",
        timezone_id="Asia/Seoul",
        reduced_motion="reduce",
    )


def photograph(page: Page, username: str, channel: str, look: str) -> None:
    """The way in, then a channel full of people."""
    page.goto("/accounts/login/")
    save(page, f"login-{look}")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) [type=submit]").first.click()
    link = page.locator("nav a", has_text=channel).first  # on a phone it is there but not shown
    page.goto(link.get_attribute("href") or "/")
    page.get_by_role("log").get_by_role("article").last.wait_for()
    save(page, f"chat-{look}")
    for name, keys in KEYS.items():
        page.keyboard.press(keys)
        page.get_by_role("dialog").wait_for()
        save(page, f"{name}-{look}")
        page.keyboard.press("Escape")
    photograph_states(page, look)


def photograph_states(page: Page, look: str) -> None:
    """Completing a name, somebody's longest text, a place that is not there, and the wait."""
    field = page.get_by_role("textbox").last
    field.press_sequentially("@")
    page.get_by_role("option").first.wait_for()
    save(page, f"completion-{look}")
    field.fill(LONG_TEXT)
    save(page, f"long-{look}")
    field.fill("")
    for name, path in PLACES.items():
        page.goto(path)
        page.get_by_role("heading", level=1).wait_for()
        save(page, f"{name}-{look}")
    page.route_web_socket(re.compile("/ws/chat/"), lambda socket: None)
    page.goto("/")
    page.get_by_role("status").first.wait_for()
    save(page, f"loading-{look}")


def save(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=TARGET / f"{name}.png")
    print(f"docs/screenshots/{name}.png", flush=True)


if __name__ == "__main__":
    main()
