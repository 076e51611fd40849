"""A served demo world and a real browser.

The database is the server's own, not the test's: a browser test sees what people see. A test that
fails leaves a trace and a picture of each of its pages in test-results/.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.people import PATIENCE_MS
from tests.chromium import launch
from tests.client import PASSWORD
from tests.conftest import FAILED, WORKERS
from tests.servers import PROJECT, Worker

RESULTS = PROJECT / "test-results"
expect.set_options(timeout=PATIENCE_MS)


# Not longer than this directory's tests: Playwright's loop would be in the way of async tests.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def demo_server() -> Iterator[Worker]:
    with Worker().populate() as server:
        yield server


@pytest.fixture
def demo(demo_server: Worker, request: pytest.FixtureRequest) -> Worker:
    """The server with the demo world, shared by all browser tests. What one of them began to write
    must not stand in the next one's composer."""
    request.node.stash[WORKERS] = [demo_server]
    with closing(sqlite3.connect(demo_server.directory / "maru.sqlite3", timeout=30)) as database:
        database.execute("DELETE FROM chat_draft")
        database.commit()
    return demo_server


@pytest.fixture
def new_page(
    browser: Browser, demo: Worker, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """new_page(locale="ko-KR"): a browser of somebody's own, not logged in."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(**options: Any) -> Page:
        # A worker between page and server is for the tests that are about it.
        quiet = {"service_workers": "block"}
        options = {"locale": "en-US", "timezone_id": "Asia/Seoul", **quiet, **options}
        context = browser.new_context(base_url=demo.url, **options)
        context.set_default_timeout(PATIENCE_MS)
        context.tracing.start(snapshots=True)
        contexts.append(context)
        page = context.new_page()
        watch_for_faults(page, faults)
        return page

    yield make
    failed = request.node.stash.get(FAILED, False)
    for number, context in enumerate(contexts):
        leave(context, results_of(request.node) / str(number) if failed else None)
    assert failed or not faults, faults


@pytest.fixture(scope="package")
def sessions() -> dict[tuple[str, str], Any]:
    """Who has logged in where: their cookies. A form and a slow hash for each test add up."""
    return {}


@pytest.fixture
def page_for(
    new_page: Callable[..., Page], demo: Worker, sessions: dict[tuple[str, str], Any]
) -> Callable[..., Page]:
    """page_for("alice"): her own browser, logged in through the form once, at the chat page."""

    def log_in(username: str, **options: Any) -> Page:
        visit = (demo.url, username)
        page = new_page(storage_state=sessions.get(visit), **options)
        # Not until it is all loaded: the fonts alone are thirty files, and each browser is new.
        page.goto("/", wait_until="domcontentloaded")
        if visit not in sessions:
            page.locator("input[name=login]").fill(username)
            page.locator("input[name=password]").fill(PASSWORD)
            page.locator("form:has(input[name=password]) [type=submit]").first.click()
            page.wait_for_url(lambda url: "/accounts/" not in url, wait_until="domcontentloaded")
            sessions[visit] = {"cookies": page.context.cookies()}
        return page

    return log_in


def watch_for_faults(page: Page, faults: list[str]) -> None:
    """An uncaught exception, or something that the content security policy refused."""
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None,
    )


def results_of(item: pytest.Item) -> Path:
    return RESULTS / re.sub(r"[^\w.-]+", "-", item.nodeid)


def leave(context: BrowserContext, results: Path | None) -> None:
    """Close the browser of one person; with `results`, leave what it showed there."""
    if results:
        for number, page in enumerate(context.pages):
            page.screenshot(path=results / f"page-{number}.png")
        context.tracing.stop(path=results / "trace.zip")
    context.close()
