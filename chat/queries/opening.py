"""Opening a channel, alone or with many others who come at once.

The newest messages of a channel, and what changed since a version, are the same for everybody who
may read it. So they are kept as JSON, as long as the channel's version and the names in it are what
they were: both, and whether one is in the channel at all, are asked for each person every time, in
one look at the database.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pydantic import TypeAdapter

from accounts.models import User
from chat import wire
from chat.queries.frames import (
    own_row_statement,
    owned_rows,
    row_frames,
    senders_statement,
)
from chat.queries.messages import Look, look_at, newest
from realtime.frames import Prepared
from realtime.statements import Rows, at_one_moment, numbers

NEWEST_COUNT = 50
CATCH_UP_LIMIT = 500

KEPT_BYTES = 16 * 1024 * 1024  # of all pages
PAGE_BYTES = 1_000  # of each beside its messages: anybody may ask since any version
LARGEST_KEPT_BYTES = 512 * 1024
LOOKS = 3  # while the channels go on; then each is opened by itself

Opened = Prepared[wire.ChannelOpened]

messages_json = TypeAdapter(list[wire.Message]).dump_json


def open_channel(user: User, *, channel_id: int, since: int | None = None) -> wire.ChannelOpened:
    """NotFound as in channel_for."""
    return _opened(look_at(user, channel_id, _condition(channel_id, since)), since)


def _condition(channel_id: int, since: int | None) -> str:
    if since is None:
        return newest(channel_id, NEWEST_COUNT)
    return f"version > {int(since)} ORDER BY version LIMIT {CATCH_UP_LIMIT + 1}"


def _opened(look: Look, since: int | None) -> wire.ChannelOpened:
    if since is None:
        complete, messages = look.last <= NEWEST_COUNT, look.messages
    else:
        complete = len(look.messages) <= CATCH_UP_LIMIT
        messages = look.messages[:CATCH_UP_LIMIT]
    return wire.ChannelOpened(channel=look.frame(), messages=messages, complete=complete)


class Opening(NamedTuple):
    """Who wants to open what, as in open_channel."""

    user_id: int
    channel_id: int
    since: int | None


class Page(NamedTuple):
    """What everybody gets who opens the channel at this version, while its people are called as in
    `senders`."""

    version: int
    senders: Rows
    messages: bytes
    complete: bool

    @property
    def size(self) -> int:
        return PAGE_BYTES + len(self.messages)

    def reply(self, channel: wire.Channel) -> Opened:
        parts = (
            channel.model_dump_json().encode(),
            self.messages,
            b"true" if self.complete else b"false",
        )
        return Prepared(b'{"channel":%s,"messages":%s,"complete":%s}' % parts)


class Pages:
    """Those opened last. For one thread at a time."""

    def __init__(self) -> None:
        self.kept: OrderedDict[tuple[int, int | None], Page] = OrderedDict()
        self.size = 0

    def open_all(self, asked: Sequence[Opening]) -> list[Opened | None]:
        """None where open_channel has to look: at threads, and at what one is not in."""
        opened: dict[Opening, Opened | None] = {}
        waiting = list(dict.fromkeys(asked))
        for _ in range(LOOKS):
            waiting = self._share(self._lead(waiting, opened), opened) if waiting else []
        return [opened.get(opening) for opening in asked]

    def clear(self) -> None:
        self.kept.clear()
        self.size = 0

    def _lead(
        self, waiting: Iterable[Opening], opened: dict[Opening, Opened | None]
    ) -> list[Opening]:
        """The first to want a page that is not kept reads it; gives the others."""
        others = []
        for opening in waiting:
            if self._page(opening) is None:
                opened[opening] = self._read(opening)
            else:
                others.append(opening)
        return others

    def _read(self, opening: Opening) -> Opened | None:
        _, channel_id, since = opening
        look = Look(opening.user_id, channel_id, _condition(channel_id, since))
        if not look.own:
            return None
        whole = _opened(look, since)
        messages = messages_json(whole.messages)
        page = Page(whole.channel.version, look.senders, messages, whole.complete)
        self._keep(opening, page)
        return page.reply(whole.channel)

    def _share(
        self, waiting: Sequence[Opening], opened: dict[Opening, Opened | None]
    ) -> list[Opening]:
        """Who is in the channel gets the page, if it is as the database has it; gives those for
        whom it is not."""
        if not waiting:
            return []
        late = []
        frames, fresh = self._look(waiting)
        for opening in waiting:
            frame, page = frames.get(opening[:2]), self._page(opening)
            if frame is None:
                opened[opening] = None
            elif page is not None and page.version == frame.version and fresh[opening[1:]]:
                opened[opening] = page.reply(frame)
            else:
                self._forget(opening)
                late.append(opening)
        return late

    def _look(
        self, waiting: Sequence[Opening]
    ) -> tuple[dict[tuple[int, int], wire.Channel], dict[tuple[int, int | None], bool]]:
        """The channels as those see them who are in them, and whether the names in the pages are
        what they were."""
        pages = {opening[1:]: page for opening in waiting if (page := self._page(opening))}
        people = {row[0] for page in pages.values() for row in page.senders}
        places = ", ".join(f"({int(user)}, {int(channel)})" for user, channel, _ in waiting)
        own, senders = at_one_moment(
            own_row_statement(
                f"(own.user_id, own.channel_id) IN (VALUES {places}) AND channel.parent_id IS NULL"
            ),
            senders_statement(numbers(people)),
        )
        rows, names = owned_rows(own), set(senders)
        frames = row_frames([row[1:] for row in rows])
        return (
            {(row[0], frame.id): frame for row, frame in zip(rows, frames, strict=True)},
            {key: names.issuperset(page.senders) for key, page in pages.items()},
        )

    def _page(self, opening: Opening) -> Page | None:
        return self.kept.get(opening[1:])

    def _keep(self, opening: Opening, page: Page) -> None:
        self._forget(opening)
        if len(page.messages) > LARGEST_KEPT_BYTES:
            return
        self.kept[opening[1:]] = page
        self.size += page.size
        while self.size > KEPT_BYTES:
            _, oldest = self.kept.popitem(last=False)
            self.size -= oldest.size

    def _forget(self, opening: Opening) -> None:
        page = self.kept.pop(opening[1:], None)
        if page is not None:
            self.size -= page.size


pages = Pages()
