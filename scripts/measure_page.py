"""What the chat page costs: its first load, and a channel that receives 50 messages a second.

    python scripts/measure_page.py

It serves the demo world itself and drives Debian's Chromium. Build the browser code first.
"""

import gzip
import os
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.browser.flood import flood, listen
from tests.chromium import launch
from tests.client import PASSWORD
from tests.servers import PROJECT, Worker

PER_SECOND = 50
SECONDS = 20
LATE_FRAME_MS = 1000 / 60 * 1.5


def main() -> None:
    with Worker().populate() as server, sync_playwright() as playwright:
        browser = launch(playwright)
        page = arrive(browser, server.url)
        print(f"JavaScript of the first load: {first_load_bytes(page) / 1000:.1f} kB (gzip)")
        measure_flood(page)
        browser.close()


def arrive(browser: Browser, url: str) -> Page:
    page = browser.new_context(base_url=url, viewport={"width": 1440, "height": 900}).new_page()
    listen(page)
    page.goto("/c/1")
    page.locator("input[name=login]").fill("alice")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) [type=submit]").first.click()
    page.locator(".message").last.wait_for()
    page.wait_for_load_state("networkidle")
    return page


def first_load_bytes(page: Page) -> int:
    names = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    paths = {name.partition("/static/")[2] for name in names if name.endswith(".js")}
    files = [PROJECT / "frontend" / "dist" / path for path in paths]
    return sum(len(gzip.compress(file.read_bytes())) for file in files if file.is_file())


def measure_flood(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    before = metrics(session)
    channel = int(page.url.rsplit("/", 1)[1])
    result = flood(page, channel, PER_SECOND, SECONDS)
    after = metrics(session)
    frames = sorted(result["frames"])
    late = sum(frame > LATE_FRAME_MS for frame in frames)
    busy = 100 * (after["TaskDuration"] - before["TaskDuration"]) / SECONDS
    print(f"{result['sent']} messages in {SECONDS} s, {result['rows']} rows at the end")
    print(f"frames a second: {1000 / statistics.fmean(frames):.1f}; late: {late} of {len(frames)}")
    median, p99 = statistics.median(frames), frames[len(frames) * 99 // 100]
    print(f"median frame {median:.1f} ms, p99 {p99:.1f} ms")
    print(f"the main thread was busy for {busy:.0f} % of the time")
    for name in ("JSHeapUsedSize", "Nodes"):
        print(f"{name}: {before[name]:,.0f} before, {after[name]:,.0f} after")


def metrics(session: CDPSession) -> dict[str, float]:
    session.send("HeapProfiler.collectGarbage")
    found = session.send("Performance.getMetrics")["metrics"]
    return {metric["name"]: metric["value"] for metric in found}


if __name__ == "__main__":
    main()
