"""Who is here. A user is here while any socket of theirs is open, on any worker.

Each worker counts its own sockets and tells the store only when a user's first one comes or the
last one has been gone for a while: a second tab, a reload or a reconnect makes no event. Changes
are collected for a tick and written together. The store says what the change means over all
workers, and the events go to the watchers.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterable

from django.utils import timezone

from realtime import topics
from realtime.hub import Hub
from realtime.posts import Post
from realtime.presence_store import STORE_ERRORS, Change, Setting, Store
from realtime.wire import (
    Presence as State,
)
from realtime.wire import (
    PresenceChange,
    UserAway,
    UserOffline,
    UserOnline,
)

logger = logging.getLogger(__name__)

GRACE_SECONDS = 5.0  # a reload or a reconnect is no departure
TICK_SECONDS = 0.05
HEARTBEAT_SECONDS = 5.0

EVENTS = {"online": UserOnline, "busy": UserOnline, "away": UserAway, "offline": UserOffline}


class Presence:
    def __init__(self, hub: Hub, store: Store, on_departures: Callable[[list[int]], None]) -> None:
        self.hub, self.store, self.on_departures = hub, store, on_departures
        self.loop = hub.loop
        self.sockets: Counter[int] = Counter()
        self.leaving: dict[int, asyncio.TimerHandle] = {}
        self.changes: dict[int, Setting | None] = {}
        self.changed = asyncio.Event()
        self.asked: set[int] = set()
        self.answer: asyncio.Future[dict[int, State]] | None = None
        self.asking = asyncio.Lock()

    def start(self) -> list["asyncio.Task[None]"]:
        return [asyncio.create_task(self._write()), asyncio.create_task(self._beat())]

    def arrive(self, user_id: int, setting: Setting) -> None:
        """One more socket of the user is open here."""
        self.sockets[user_id] += 1
        timer = self.leaving.pop(user_id, None)
        if timer is not None:
            timer.cancel()
        if self.sockets[user_id] == 1:  # maybe with another setting, from another worker
            self._change(user_id, setting)

    def depart(self, user_id: int) -> None:
        """One socket of the user is closed here."""
        self.sockets[user_id] -= 1
        if self.sockets[user_id] == 0:
            self.leaving[user_id] = self.loop.call_later(GRACE_SECONDS, self._gone, user_id)

    def set(self, user_id: int, setting: Setting) -> None:
        """The user has set themselves to automatic, away or busy."""
        if self.sockets[user_id] > 0:
            self._change(user_id, setting)

    async def states(self, user_ids: Iterable[int]) -> dict[int, State]:
        """Now, over all workers; with the store out of reach, what this worker knows."""
        user_ids = set(user_ids)
        self.asked |= user_ids
        if self.answer is None:
            self.answer = asyncio.ensure_future(self._ask())
        states = await asyncio.shield(self.answer)
        return {user_id: states[user_id] for user_id in user_ids}

    async def count(self) -> int:
        """How many people are here, over all workers; with the store out of reach, on this one."""
        try:
            return await self.store.count()
        except STORE_ERRORS:
            return len(self.store.here)

    async def _ask(self) -> dict[int, State]:
        """One question at a time; what is asked meanwhile goes together into the next."""
        async with self.asking:
            asked, self.asked, self.answer = self.asked, set(), None
            try:
                return await self.store.states(list(asked))
            except STORE_ERRORS:
                return self.store.local_states(asked)

    def _gone(self, user_id: int) -> None:
        del self.leaving[user_id], self.sockets[user_id]
        self._change(user_id, None)

    def _change(self, user_id: int, setting: Setting | None) -> None:
        self.changes[user_id] = setting
        self.changed.set()

    async def _write(self) -> None:
        while True:
            await self.changed.wait()
            await asyncio.sleep(TICK_SECONDS)
            self.changed.clear()
            changes, self.changes = self.changes, {}
            self._tell(await self._store(changes))

    async def _store(self, changes: dict[int, Setting | None]) -> list[Change]:
        try:
            return await self.store.write(changes)
        except STORE_ERRORS as error:
            logger.warning("Presence is kept in this worker alone: %s", error)
            return self.store.write_locally(changes)

    async def _beat(self) -> None:
        """Renews this worker's lease, and buries workers whose lease has run out."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            try:
                self._tell(await self.store.beat())
            except STORE_ERRORS as error:
                logger.warning("Presence cannot renew its lease: %s", error)

    def _tell(self, changes: list[Change]) -> None:
        now = timezone.now()
        for user_id, state in changes:
            event = EVENTS[state](PresenceChange(user=user_id, presence=state, last_seen=now))
            self.hub.publish(topics.presence(user_id), [Post.of(event)])
        departed = [user_id for user_id, state in changes if state == "offline"]
        if departed:
            self.on_departures(departed)
