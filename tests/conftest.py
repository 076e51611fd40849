"""What every test may ask for: people, a channel, and servers to talk to.

Alice owns the channel `general`, Bob is a member, Charlie is outside and is refused.
"""

import os
import tempfile
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as hypothesis_settings

from accounts.models import User
from chat.actions.channels import create_channel
from chat.models import Channel
from chat.queries import pages
from documents.actions.log import touched
from documents.yjs.press import press
from realtime.limits import Limit
from tests import emptying
from tests.client import PASSWORD
from tests.databases import database_url, uses_database
from tests.servers import Redis, Worker, Workers
from tests.serving import Address, serving

WORKERS = pytest.StashKey[list[Worker]]()
FAILED = pytest.StashKey[bool]()

# On a busy machine a commit may take any time at all. The same examples each time, until somebody
# goes to look for others with `make fuzz`: what they find is seldom of the change that is tested.
hypothesis_settings.register_profile(
    "maru", deadline=None, print_blob=True, derandomize="FUZZ_SEED" not in os.environ
)
hypothesis_settings.load_profile("maru")


def pytest_configure(config: pytest.Config) -> None:
    emptying.install()
    settings.PASSWORD_HASHERS = ["tests.hashers.QuickArgon2"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    directory = tempfile.TemporaryDirectory(prefix="maru-tests-")
    config.add_cleanup(directory.cleanup)
    settings.MEDIA_ROOT = Path(directory.name) / "media"
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # A file: code on other threads, and a server beside the test, must see what was committed.
        database["TEST"]["NAME"] = str(Path(directory.name) / "test.sqlite3")
    else:
        # A test's own threads do not ask once more, as requests do (realtime/retry.py).
        database["OPTIONS"]["pool"]["timeout"] = 30


@pytest.fixture(autouse=True)
def _clean_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """No rate limit of one test reaches the next: the cache's table is none that Django empties."""
    if not uses_database(request.node):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    yield
    cache.clear()
    touched.clear()
    for limit in Limit.all:
        limit.clear()
    pages.clear()  # the next test's channels and documents have the same numbers
    for document_id in list(press.known):
        press.forget(document_id)


# --- people and a channel -----------------------------------------------------------------------


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """make_user("dana", is_staff=True): somebody with the password of all tests."""

    def make(username: str, **fields: object) -> User:
        email = f"{username}@example.com"
        return User.objects.create_user(username, email, PASSWORD, **fields)

    return make


@pytest.fixture
def alice(make_user: Callable[..., User]) -> User:
    return make_user("alice", display_name="Alice")


@pytest.fixture
def bob(make_user: Callable[..., User]) -> User:
    return make_user("bob", display_name="Bob")


@pytest.fixture
def charlie(make_user: Callable[..., User]) -> User:
    return make_user("charlie", display_name="Charlie")


@pytest.fixture
def general(alice: User, bob: User, charlie: User) -> Channel:
    """A private channel: Alice owns it, Bob is in it, Charlie may not know that it exists."""
    created = create_channel(alice, kind="private", name="general", member_ids=[bob.pk])
    return Channel.objects.get(pk=created.id)


@pytest.fixture
def move_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """move_clock(1.5): a second and a half go by for every limit, and no time else."""
    now = 1_000.0

    def move(seconds: float) -> None:
        nonlocal now
        now += seconds

    monkeypatch.setattr("realtime.limits.monotonic", lambda: now)
    return move


# --- servers --------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Redis]:
    """One Redis for the whole run."""
    with Redis() as server:
        yield server


@pytest.fixture
def own_redis() -> Iterator[Redis]:
    """One for a test that stops it, or looks at all that is in it."""
    with Redis() as server:
        yield server


@pytest.fixture
def start_worker(
    request: pytest.FixtureRequest, transactional_db: None
) -> Iterator[Callable[..., Worker]]:
    """start_worker(REDIS_URL=…): Maru as a process of its own, on the test's database."""
    workers = request.node.stash.setdefault(WORKERS, [])

    def start(**settings_: object) -> Worker:
        worker = Worker(DATABASE_URL=database_url(connection.settings_dict), **settings_)
        workers.append(worker)
        return worker.start()

    yield start
    for worker in workers:
        worker.close()


@pytest.fixture
def workers(start_worker: Callable[..., Worker], own_redis: Redis) -> Workers:
    """Two of one house."""
    return start_worker(REDIS_URL=own_redis.url), start_worker(REDIS_URL=own_redis.url)


@pytest.fixture
async def stack(workers: Workers) -> AsyncIterator[AsyncExitStack]:
    """What is opened on it is closed before the workers are."""
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def server(transactional_db: None) -> AsyncIterator[Address]:
    """Maru in this process, on the test's database; what the test patches is patched for it."""
    async with serving() as address:
        yield address


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the servers of a failed test wrote."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
        for worker in item.stash.get(WORKERS, []):
            report.sections.append((f"log of the worker at {worker.url}", worker.output()))
    return report
