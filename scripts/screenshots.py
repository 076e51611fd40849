"""Pictures of the demo world for README and for whoever changes a page: docs/screenshots/.

Every scene (scenes.py) in each language and theme, on a desktop and on a phone. Given words, only
the screens whose names begin with one of them.
"""

import itertools
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import scenes
from album import TARGET, Album

from tests.chromium import launch
from tests.servers import Worker

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
THEMES = ("light", "dark")

Sitting = tuple[Callable[[Album], None], ...]

# Each in a browser of its own. What changes the world comes after everything that shows it.
PEACEFUL: tuple[Sitting, ...] = (
    (scenes.entrance, scenes.room, scenes.dialogs, scenes.deeds, scenes.elsewhere),
    (scenes.console,),
)
BUSY: tuple[Sitting, ...] = ((scenes.document, scenes.beginning), (scenes.writing,))
PRODUCTION: tuple[Sitting, ...] = ((scenes.wrong,),)


def photograph(browser: Browser, url: str, sittings: tuple[Sitting, ...]) -> None:
    for sitting, size, language, theme in itertools.product(sittings, SIZES, LOCALES, THEMES):
        page = new_page(browser, url, size, language, theme)
        for scene in sitting:
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
