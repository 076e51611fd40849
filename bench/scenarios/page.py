"""The chat page in a browser that has never seen it, on a slow computer: headless Chromium with
its CPU slowed 4×. The clock is the page's own: from the request until its largest part is painted,
which is when messages are on the screen."""

from playwright.sync_api import Browser, sync_playwright

from bench.cores import LOAD_CORE, on_core
from bench.maru import Maru
from bench.results import Row, medians
from tests.chromium import launch

SLOWED = 4
GOAL_MS = 800
MESSAGES = 200
WARMING = 3  # server, and browser
PAINTED = """new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""
PASSWORD = "for-the-bench-alone"
NAMED = """
from accounts.models import User
user = User.objects.get(pk={user})
user.username = "bench"
user.set_password({password!r})
user.save()
"""


def run(rounds: int) -> list[Row]:
    with Maru() as maru, sync_playwright() as playwright:
        world = maru.world(1, [[0]], messages=MESSAGES)
        maru.collect_static_files()
        maru.worker.manage("shell", "-c", NAMED.format(user=world.users[0], password=PASSWORD))
        with on_core(LOAD_CORE):
            browser = launch(playwright)
        cookies = log_in(browser, maru.worker.url)
        for _ in range(WARMING):
            paint(browser, maru.worker.url, cookies)
        details = medians(
            [{"value": paint(browser, maru.worker.url, cookies)} for _ in range(rounds)]
        )
        browser.close()
    row = Row(
        f"chat page, CPU slowed {SLOWED}×", Maru.name, details["value"], "ms to the first message"
    )
    return [row.aim(f"< {GOAL_MS}", row.value < GOAL_MS)]


def log_in(browser: Browser, url: str) -> list[object]:
    context = browser.new_context(base_url=url)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("bench")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) [type=submit]").first.click()
    page.get_by_role("log").wait_for()
    cookies: list[object] = list(context.cookies())
    context.close()
    return cookies


def paint(browser: Browser, url: str, cookies: list[object]) -> float:
    """Milliseconds."""
    context = browser.new_context(base_url=url)
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto("/", wait_until="commit")
    page.get_by_role("log").get_by_text("Shall we meet").first.wait_for()
    milliseconds: float = page.evaluate(PAINTED)
    context.close()
    return milliseconds
