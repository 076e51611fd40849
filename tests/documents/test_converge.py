"""Everybody ends with the same text: stock clients, a program without Yjs, somebody at a browser,
two workers, and everything that can break in the middle. CONVERGE_SECONDS=60 for the long run."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from random import Random
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright
from websockets.exceptions import WebSocketException

from documents.actions.tidying import tidy
from documents.models import Document
from documents.yjs.press import press
from documents.yjs.text import units
from realtime.database import in_database
from tests.chromium import launch_async
from tests.client import PASSWORD, ProtocolError, connect
from tests.documents.desk import Desk
from tests.documents.program import Program
from tests.documents.stock import Node, Stock, until
from tests.servers import Redis, Worker, Workers

SECONDS = float(os.environ.get("CONVERGE_SECONDS", "6"))
SEED = int(os.environ.get("CONVERGE_SEED", "1"))
PIECES = ["a", " ", "\n", "가", "é", "😀", "나다", "xyz"]


async def edit_stock(client: Stock, until_: float, random: Random) -> None:
    while time.monotonic() < until_:
        await client.call("edit", count=random.randrange(1, 4))
        await asyncio.sleep(random.random() * 0.05)
        if random.random() < 0.02:
            await client.call("drop")
        if random.random() < 0.01:
            await client.call("disconnect")
            await client.call("edit", count=5)
            await client.call("connect")


def random_ops(random: Random, text: str) -> list[dict[str, Any]]:
    at = random.randrange(len(text) + 1)
    retain = [{"retain": units(text[:at])}] if at else []
    if text[at:] and random.random() < 0.4:
        return [*retain, {"delete": units(text[at])}]
    return [*retain, {"insert": random.choice(PIECES)}]


async def edit_program(url: str, desk: Desk, until_: float, random: Random) -> None:
    """Comes back whenever its worker is gone; what it was told is what it changes."""
    while time.monotonic() < until_:
        try:
            async with connect(url, token=desk.tokens["bob"]) as client:
                await client.next_event("ready")
                program = Program(client, desk.document)
                await program.join()
                while time.monotonic() < until_:
                    await program.read()
                    await _try(program, random_ops(random, program.text))
        except (OSError, WebSocketException):
            await asyncio.sleep(0.1)


async def _try(program: Program, ops: list[dict[str, Any]]) -> None:
    try:
        reply = await program.client.request(
            "document-change", document=program.document, base=program.version, ops=ops
        )
    except ProtocolError as error:
        if error.code == "rate-limited":
            await asyncio.sleep(error.retry_after or 0.1)
            return
        if error.code != "conflict":
            raise
        program.text, program.version = error.body["text"], error.body["version"]
    else:
        program.apply(ops)
        program.version = reply["version"]
        await asyncio.sleep(0.02)


KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "Control+Home", "Enter"]


@asynccontextmanager
async def browser_of(name: str, url: str, desk: Desk) -> AsyncIterator[Page]:
    """Logged in, with the document open and the caret in it."""
    async with async_playwright() as playwright:
        browser = await launch_async(playwright)
        page = await browser.new_page(base_url=url, service_workers="block")
        await page.goto(f"/documents/{desk.document}", wait_until="domcontentloaded")
        await page.locator("input[name=login]").fill(name)
        await page.locator("input[name=password]").fill(PASSWORD)
        await page.locator("form:has(input[name=password]) [type=submit]").first.click()
        await page.locator(".cm-content[contenteditable=true]").focus()
        yield page
        await browser.close()


async def edit_browser(page: Page, until_: float, random: Random) -> None:
    """With the keyboard, and taking back now and then what was one's own."""
    while time.monotonic() < until_:
        choice = random.random()
        if choice < 0.4:
            await page.keyboard.insert_text(random.choice(PIECES))
        elif choice < 0.55:
            await page.keyboard.press(random.choice(["Backspace", "Delete"]))
        else:
            await page.keyboard.press("Control+z" if choice > 0.97 else random.choice(KEYS))


async def text_in(page: Page) -> str:
    return str(await page.locator("maru-document").evaluate("(one) => one.shared.text.toString()"))


async def break_things(one: Worker, other: Worker, redis: Redis, seconds: float) -> None:
    """A crash of a worker, the loss of Redis, a restart of everything."""

    def start(*servers: Redis | Worker) -> None:
        for server in servers:
            server.start()

    await asyncio.sleep(seconds / 5)
    one.kill()
    await asyncio.to_thread(start, one)
    await asyncio.sleep(seconds / 5)
    redis.kill()
    await asyncio.sleep(seconds / 5)
    await asyncio.to_thread(start, redis)
    await asyncio.sleep(seconds / 5)
    for server in (one, other, redis):
        server.kill()
    await asyncio.to_thread(start, redis, one, other)


async def tidy_now_and_then(desk: Desk, until_: float) -> None:
    """Compaction in the midst of it, by a third process: this one."""
    while time.monotonic() < until_:
        await asyncio.sleep(1)
        await in_database(tidy, desk.document)


async def test_all_end_with_the_same_text(
    node: Node, desk: Desk, workers: Workers, own_redis: Redis
) -> None:
    one, other = workers
    stocks = [
        await node.open(worker.url, desk.document, desk.tokens[name])
        for worker, name in ((one, "alice"), (other, "bob"))
    ]
    async with browser_of("alice", one.url, desk) as page:
        until_ = time.monotonic() + SECONDS
        await asyncio.gather(
            *(edit_stock(client, until_, Random(SEED + n)) for n, client in enumerate(stocks)),
            edit_program(other.socket_url, desk, until_, Random(SEED)),
            edit_browser(page, until_, Random(SEED)),
            break_things(one, other, own_redis, SECONDS),
            tidy_now_and_then(desk, until_),
        )
        await asyncio.gather(*(client.synced() for client in stocks))
        await settled(desk, *(client.text for client in stocks), partial(text_in, page))
    async with connect(one.socket_url, token=desk.tokens["alice"]) as client:
        await client.next_event("ready")
        program = Program(client, desk.document)
        await program.join()
        assert program.text == await stocks[0].text()
    late = await (await node.open(other.url, desk.document, desk.tokens["alice"])).synced()
    assert await late.text() == program.text


def stored(desk: Desk) -> str:
    """From the database, not from what this process remembers."""
    with press.lock:
        press.forget(desk.document)
        return desk.text()


async def settled(desk: Desk, *readers: Callable[[], Awaitable[str]]) -> None:
    async def texts() -> int:
        return len({*[await read() for read in readers], await in_database(stored, desk)})

    await until(texts, 1)
    document = await Document.objects.aget(pk=desk.document)
    assert document.version > 20, "much was written"


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_random_edits_merge(node: Node, desk: Desk, server: Any, seed: int) -> None:
    """Three stock clients on one worker, with lines that break."""
    names = ("alice", "bob", "alice")
    clients = [await node.open(server.url, desk.document, desk.tokens[name]) for name in names]
    until_ = time.monotonic() + 1
    await asyncio.gather(
        *(edit_stock(client, until_, Random(seed + n)) for n, client in enumerate(clients))
    )
    await asyncio.gather(*(client.synced() for client in clients))
    await settled(desk, *(client.text for client in clients))
