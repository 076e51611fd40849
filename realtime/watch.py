"""The safety net: the database is the truth, and each worker compares with it.

Every second: which followed topics have moved past what was delivered here? What is still behind
a moment later (so it was not just on its way) is read from the database and delivered. With
the channel layer gone chat goes on a moment late; a worker killed between commit and publish loses
nothing. Every ten seconds: does each socket's log-in still hold, and does the user still see what
the socket follows?
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from django.db import Error as DatabaseError

from realtime import topics
from realtime.database import in_database
from realtime.envelope import CloseCode
from realtime.meter import timed
from realtime.posts import Post
from realtime.source import Changes, changes_of, source, versions_of

if TYPE_CHECKING:
    from realtime.worker import Worker

logger = logging.getLogger(__name__)

VERSIONS_SECONDS = 1.0
GRACE_SECONDS = 0.4  # what is behind may be just on its way; longer than that it is not
# Without the layer the database is the way to the other workers. Half of the time that clients wait
# for a missing version: or they would all ask for it themselves.
LAYERLESS_SECONDS = 0.1
LOGINS_SECONDS = 10.0


class Watch:
    def __init__(self, worker: "Worker") -> None:
        self.worker = worker
        self.behind: dict[str, int] = {}
        self.kept: set[asyncio.Future[Any]] = set()

    def start(self) -> list["asyncio.Task[None]"]:
        return [
            asyncio.create_task(self._every(self._until_versions, self.check_versions)),
            asyncio.create_task(self._every(lambda: LOGINS_SECONDS, self.check_logins)),
        ]

    def keep(self, work: Awaitable[Any]) -> None:
        """Carries it out to its end. The loop itself holds tasks only weakly."""
        task = asyncio.ensure_future(work)
        self.kept.add(task)
        task.add_done_callback(self.kept.discard)

    async def check_versions(self) -> None:
        """Delivers what has been in the database since the last check and has not passed here."""
        held = self.worker.hub.versions()
        if not held:
            return
        current = await in_database(versions_of, list(held))
        held = self.worker.hub.versions()
        missed = {
            topic: held[topic]
            for topic, version in self.behind.items()
            if held.get(topic, version) < version
        }
        if not self.worker.relay.healthy:
            missed = {t: v for t, v in held.items() if v < current.get(t, 0)}
        self.behind = {t: v for t, v in current.items() if t in held and held[t] < v}
        if missed:
            for changes in await in_database(changes_of, missed):
                self._deliver(changes)

    async def check_logins(self) -> None:
        """Closes what rests on an ended log-in; the others follow what their users may see now."""
        keys = {socket.key for socket in self.worker.sockets if socket.key}
        valid = await in_database(source().still_valid, keys)
        users = {s.user.id: s.user for s in self.worker.sockets if s.user is not None}
        epochs = await in_database(source().epochs, list(users))
        for socket in list(self.worker.sockets):
            if socket.key is not None and socket.key in keys and socket.key not in valid:
                is_active = socket.key.user_id in epochs
                socket.close(CloseCode.REVOKED if is_active else CloseCode.BANNED)
        await self._follow_epochs(users, epochs)

    async def _follow_epochs(self, users: dict[int, Any], epochs: dict[int, int]) -> None:
        stale = [user_id for user_id, epoch in epochs.items() if users[user_id].epoch != epoch]
        for user in await in_database(source().users, stale) if stale else ():
            feeds = await in_database(source().feeds, user)
            own = topics.user(user.id)
            # All at once: while one is told, another may log out or lose something else.
            moves = [self._align(s, user, feeds) for s in self.worker.hub.followers(own)]
            for socket, gained, lost in moves:
                # Nobody told them: the order that would have done this was lost.
                events = await in_database(source().moved, user, gained, lost)
                for event in events if own in socket.topics else ():
                    socket.send_event(event)

    def _align(
        self, socket: Any, user: Any, feeds: dict[str, int | None]
    ) -> tuple[Any, list[str], list[str]]:
        """The socket, what it follows from now on, and what it follows no more."""
        socket.user = user
        lost = [t for t in socket.topics if t.startswith("channel.") and t not in feeds]
        gained = [topic for topic in feeds if topic not in socket.topics]
        for topic in lost:
            self.worker.hub.unfollow(socket, topic)
        for topic in gained:
            self.worker.hub.follow(socket, topic, feeds[topic])
        return socket, gained, lost

    def _deliver(self, changes: Changes) -> None:
        hub = self.worker.hub
        topic = hub.topics.get(changes.topic)
        if topic is None or topic.seen is None:
            return
        logger.info("%s: %d changes from the database", changes.topic, len(changes.events))
        hub.deliver(changes.topic, [Post.of(event, version) for event, version in changes.events])
        topic.seen.advance(changes.version)

    def _until_versions(self) -> float:
        if not self.worker.relay.healthy:
            return LAYERLESS_SECONDS
        return GRACE_SECONDS if self.behind else VERSIONS_SECONDS

    async def _every(self, pause: Callable[[], float], check: Any) -> None:
        while True:
            await asyncio.sleep(pause())
            try:
                with timed(check.__name__):
                    await check()
            except DatabaseError as error:
                logger.warning("The database does not answer the watch: %s", error)
