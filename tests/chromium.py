"""Debian's Chromium, started so that it asks for nothing outside this machine."""

import shutil

from playwright.async_api import Browser as AsyncBrowser
from playwright.async_api import Playwright as AsyncPlaywright
from playwright.sync_api import Browser, Playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]


PROGRAM = shutil.which("chromium")
START_MS = 120_000


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS, timeout=START_MS)


async def launch_async(playwright: AsyncPlaywright) -> AsyncBrowser:
    return await playwright.chromium.launch(
        executable_path=PROGRAM, args=ARGUMENTS, timeout=START_MS
    )
