"""What the socket has to ask the project it serves: named by `settings.REALTIME_SOURCE`.

All of it is plain synchronous Django code and runs on a database thread. `User` is the project's
user model; it has `id`, `epoch` (steps whenever what the user may see changes) and
`presence_setting` ("auto", "away" or "busy").
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from realtime.frames import Event


class Key(NamedTuple):
    """What a socket's log-in rests on; a password login over the socket rests on the user alone."""

    user_id: int
    session_key: str | None
    token_id: int | None


class Changes(NamedTuple):
    """What happened on a topic after a version: events with the version that each carries, oldest
    first, and the version up to which they are complete."""

    topic: str
    events: list[tuple[Event, int]]
    version: int


class Source(Protocol):
    def feeds(self, user: Any) -> dict[str, int | None]:
        """The topics that a user's sockets follow, with their versions now (None: has none)."""

    def entrances(self, keys: Sequence[Key]) -> list[dict[str, int | None] | None]:
        """The same for sockets that have just logged in; None where what that rests on lives no
        longer."""

    def moved(self, user: Any, gained: Collection[str], lost: Collection[str]) -> list[Event]:
        """What tells a user's client that it follows these topics now, and those no longer."""

    def users(self, user_ids: Collection[int]) -> list[Any]:
        """The active users among these."""

    def epochs(self, user_ids: Collection[int]) -> dict[int, int]:
        """The epochs of the active users among these."""

    def still_valid(self, keys: Iterable[Key]) -> Collection[tuple[int, str | None, int | None]]:
        """Those whose user may log in and whose session or token lives."""

    def versions(self, topics: Collection[str]) -> dict[str, int]:
        """The versions of these topics now. Called every second: one cheap query."""

    def changes(self, since: dict[str, int]) -> list[Changes]:
        """What the database has beyond these versions."""

    def departed(self, user_ids: Collection[int]) -> None:
        """These users have just gone offline."""

    def last_seen(self, user_ids: Collection[int]) -> dict[int, Any]:
        """When these users were last here (a datetime or None); unknown ids are left out."""


class Feed(Protocol):
    """What an app above answers for the topics of its own that have versions."""

    def versions(self, topics: Collection[str]) -> dict[str, int]:
        """As Source.versions."""

    def changes(self, since: dict[str, int]) -> list[Changes]:
        """As Source.changes."""


feeds: dict[str, Feed] = {}  # by the word that the names of its topics begin with


def _feed(topic: str) -> Feed:
    return feeds.get(topic.partition(".")[0]) or source()


def versions_of(topics: Collection[str]) -> dict[str, int]:
    """As Source.versions, for topics of every kind."""
    found: dict[str, int] = {}
    for feed, names in _by_feed(topics).items():
        found |= feed.versions(names)
    return found


def changes_of(since: dict[str, int]) -> list[Changes]:
    """As Source.changes, for topics of every kind."""
    by_feed = _by_feed(since)
    return [
        changes
        for feed, names in by_feed.items()
        for changes in feed.changes({name: since[name] for name in names})
    ]


def _by_feed(topics: Iterable[str]) -> dict[Feed, list[str]]:
    grouped: dict[Feed, list[str]] = defaultdict(list)
    for topic in topics:
        grouped[_feed(topic)].append(topic)
    return grouped


@cache
def source() -> Source:
    found: Source = import_string(settings.REALTIME_SOURCE)()
    return found
