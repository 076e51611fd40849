"""Six browsers on two workers in one space: they see the same, at the same time."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from signal import SIGTERM
from time import monotonic
from typing import Any

import pytest
import redis
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import PATIENCE_MS
from tests.browser.test_spaces import hall
from tests.client import PASSWORD
from tests.servers import Redis, Worker

NAMES = ("alice", "bob", "charlie", "emma", "lucas", "최준호")
TOGETHER_MS = 200
PLACES = 30  # so many are compared; there are twice as many on the way to the wall
LIGHTS = 2
SMALL = {"width": 640, "height": 480}  # six halls are drawn on two cores

# From now on the page notes when it hears of which place, and which lights are gone.
WATCH = """() => {
  const { world } = document.querySelector("maru-space").visit;
  const take = world.takeChange.bind(world);
  window.heard = [];
  window.taken = [];
  world.takeChange = (change, now) => {
    take(change, now);
    for (const [id, { x, y }] of Object.entries(change.players)) {
      const player = world.figures.get(Number(id))?.player;
      const hasMoved = x !== undefined || y !== undefined;
      if (player && hasMoved) heard.push([`${id}:${player.x},${player.y}`, Date.now()]);
    }
    for (const [id, thing] of Object.entries(change.objects ?? {})) if (!thing) taken.push(id);
  };
}"""
WHOLE = """() => {
  const { figures } = document.querySelector("maru-space").visit.world;
  return [...figures.values()].map(({ player }) => player).sort((a, b) => a.id - b.id);
}"""
# And how many each one has; in one breath.
LIGHTS_GONE = """() => {
  const { figures } = document.querySelector("maru-space").visit.world;
  const players = [...figures.values()].map(({ player }) => player).sort((a, b) => a.id - b.id);
  return [taken.toSorted(), players.map(({ score }) => score)];
}"""
# All of them want the same one.
TO_A_LIGHT = """() => {
  const space = document.querySelector("maru-space");
  const { world, steering } = space.visit;
  const far = ({ x, y }) => Math.hypot(x - 480, y - 320);
  const lights = [...world.objects.values()].filter(({ kind }) => kind === "light");
  const [nearest] = lights.sort((a, b) => far(a) - far(b));
  steering.goTo(world, nearest);
  space.stage.wake();
}"""


@pytest.fixture
def pair(demo: Worker, own_redis: Redis) -> Iterator[list[Worker]]:
    """Two more workers in front of the demo world."""
    database = f"sqlite:///{demo.directory}/maru.sqlite3"
    workers = [Worker(DATABASE_URL=database, REDIS_URL=own_redis.url) for _ in range(2)]
    with ThreadPoolExecutor() as threads:  # a server dies with the thread that started it
        list(threads.map(Worker.start, workers))
        yield workers
        for worker in workers:
            worker.close()


def log_in(page: Page, server: Worker, username: str) -> None:
    door = f"{server.url}/accounts/login/"
    page.request.get(door)
    [token] = [c["value"] for c in page.context.cookies() if c["name"] == "csrftoken"]
    form: Any = {"login": username, "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert page.request.post(door, form=form).ok


def channel_of(demo: Worker, name: str) -> int:
    with closing(sqlite3.connect(demo.directory / "maru.sqlite3")) as database:
        [[pk]] = database.execute("SELECT id FROM chat_channel WHERE name = ?", [name])
    return int(pk)


def whole(page: Page) -> list[dict[str, Any]]:
    players: list[dict[str, Any]] = page.evaluate(WHOLE)
    return players


def present(page: Page) -> Locator:
    """In whatever language."""
    return page.locator(".space-roll li")


def until(ready: Callable[[], bool]) -> None:
    deadline = monotonic() + 3 * PATIENCE_MS / 1_000
    while not ready():
        assert monotonic() < deadline


def until_all_agree(pages: list[Page], key: Callable[[dict[str, Any]], object]) -> None:
    before: list[str] = []

    def agree() -> bool:
        nonlocal before
        views = [json.dumps([key(player) for player in whole(page)]) for page in pages]
        views, before = [*views, *before], views
        return len(views) > len(pages) and len({*views}) == 1  # twice the same

    until(agree)


def agree_on_lights(pages: list[Page]) -> bool:
    """Everybody knows of the same lights that they are gone, each once, and who has them."""
    views = [page.evaluate(LIGHTS_GONE) for page in pages]
    taken, scores = views[0]
    agree = all(view == views[0] for view in views)
    return agree and len(taken) == len({*taken}) == sum(scores)


def spreads(groups: list[list[Page]]) -> list[int]:
    """Of each place that all groups have heard of: how long after the first the last one did, in
    ms. A group is as fast as the fastest in it."""
    times: dict[str, list[int]] = defaultdict(list)
    for group in groups:
        firsts: dict[str, int] = {}
        for place, at in chain.from_iterable(page.evaluate("heard") for page in group):
            firsts[place] = min(at, firsts.get(place, at))
        for place, at in firsts.items():
            times[place].append(at)
    return sorted(max(at) - min(at) for at in times.values() if len(at) == len(groups))


def test_six_see_the_same_on_two_workers(
    new_page: Callable[..., Page], demo: Worker, pair: list[Worker], own_redis: Redis
) -> None:
    pages = [new_page(viewport=SMALL) for _ in NAMES]
    go_in(pages, pair, f"/c/{channel_of(demo, 'general')}/space")
    for page in pages:
        expect(present(page)).to_have_count(6, timeout=3 * PATIENCE_MS)
        page.evaluate(WATCH)

    for page in pages:
        hall(page).focus()
        page.keyboard.down("ArrowUp")
    until(lambda: pages[0].evaluate("heard.length") > PLACES)
    for page in pages:
        page.keyboard.up("ArrowUp")
    until_all_agree(pages, lambda player: (player["id"], player["x"], player["y"]))
    waits = spreads([pages[::2], pages[1::2]])  # on the one worker and on the other
    assert waits[len(waits) // 2] <= TOGETHER_MS, waits
    # A page has to wait for its turn on the machine: what hindered them least shows how it is.
    waits = spreads([[page] for page in pages])
    assert len(waits) > PLACES // 2
    assert waits[len(waits) // 10] <= TOGETHER_MS, waits

    for _ in range(LIGHTS):
        before = len(pages[0].evaluate("taken"))
        for page in pages:
            page.evaluate(TO_A_LIGHT)
        until(lambda: len(pages[0].evaluate("taken")) > before)  # noqa: B023 - within the round
    # Who is still on the way may come upon another one.
    until(lambda: agree_on_lights(pages))

    pair[1].kill()
    database: Any = redis.Redis(port=own_redis.port)
    # Its twelve seconds go by (tests/spaces waits for them); who lives renews its lease.
    leases = dict.fromkeys(database.zrange("spaces:workers", 0, -1), 0)
    database.zadd("spaces:workers", leases)
    for page in pages[::2]:
        expect(present(page)).to_have_count(3, timeout=3 * PATIENCE_MS)
    pair[1].start()
    drain_from_the_console(pages[0], *pair)


def go_in(pages: list[Page], pair: list[Worker], place: str) -> None:
    for number, (page, name) in enumerate(zip(pages, NAMES, strict=True)):
        log_in(page, pair[number % 2], name)
        page.goto(pair[number % 2].url + place, wait_until="commit")


def drain_from_the_console(alice: Page, here: Worker, other: Worker) -> None:
    """The other one ends as at a deploy, and this one goes on."""
    assert other.process
    alice.goto(f"{here.url}/admin/live/", wait_until="commit")
    row = alice.get_by_role("row", name=f" {other.process.pid} ")
    row.get_by_role("button").click(timeout=3 * PATIENCE_MS)
    form = alice.locator("operations-commands form")
    form.locator("[value=real]").click()
    expect(form.get_by_role("status")).to_contain_text("✓")
    assert other.exited_within(60)
    assert other.process.returncode == -SIGTERM  # and not of SIGKILL
    expect(row).to_have_count(0, timeout=3 * PATIENCE_MS)
