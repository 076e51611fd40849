"""Everything of one worker process that outlives a socket: hub, relay, presence, watch.

Started once per event loop: by the production server before it listens, under other servers by the
first socket.
"""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings

from realtime.controls import obey
from realtime.crowd import Crowd
from realtime.database import readers
from realtime.hub import Hub
from realtime.posts import Batch, Control, Post
from realtime.presence import Presence
from realtime.presence_store import MemoryStore, RedisStore
from realtime.relay import Relay
from realtime.source import source
from realtime.tracing import span
from realtime.watch import Watch
from realtime.wire import GoingAway, Nothing, Reconnection, Resync

if TYPE_CHECKING:
    from realtime.consumer import SocketConsumer as Socket

RESYNC_SPREAD_SECONDS = 2.0  # all clients at once would be a storm
RECONNECT_WITHIN_MS = 5_000
DRAIN_SECONDS = 8.0  # spread over this: all at once would be a storm elsewhere
PRESENCE_PATIENCE_SECONDS = 5.0  # the store itself gives up after one
DRAIN_PAUSE_SECONDS = 0.05  # but few clients need not wait for it

Order = tuple[str, list[Post]] | Control

# What apps above let run in each worker: called once with it, gives the tasks it started.
companions: "list[Callable[[Worker], Iterable[asyncio.Task[Any]]]]" = []


class Worker:
    """`current` is this process's worker while it serves sockets, else None."""

    current: ClassVar["Worker | None"] = None

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.sockets: set[Socket] = set()
        self.crowd = Crowd(settings.CONNECTIONS_PER_ADDRESS)
        self.orders: deque[Order] = deque()
        self.woken = False
        self.draining = False
        self.relay = Relay(self._deliver, self.obey, self.resync)
        self.hub = Hub(self.relay)
        url = settings.REDIS_URL
        store = RedisStore(url, self.relay.origin) if url else MemoryStore()
        self.presence = Presence(self.hub, store, self._note_departures)
        self.watch = Watch(self)

    @classmethod
    def of_loop(cls) -> "Worker":
        """The worker of the running event loop, started at the first call."""
        worker = cls.current
        if worker is None or worker.loop is not asyncio.get_running_loop():
            worker = cls.current = cls()
            worker.start()
        return worker

    def start(self) -> None:
        self.relay.start()
        tasks = [task for start in companions for task in start(self)]
        self.tasks = [*self.presence.start(), *self.watch.start(), *tasks]

    def stop(self) -> None:
        for task in (*self.tasks, *self.relay.tasks):
            task.cancel()
        if Worker.current is self:
            Worker.current = None

    def hand_over(self, order: Order) -> None:
        """From any thread. Many orders of one commit wake the loop once."""
        self.orders.append(order)
        if not self.woken:
            self.woken = True
            self.loop.call_soon_threadsafe(self._carry_out)

    def obey(self, control: Control) -> None:
        obey(self, control)

    def resync(self) -> None:
        """Tells every client here to catch up, spread over a moment."""
        batch = Batch([Post.of(Resync(Nothing()))])
        for socket in [socket for socket in self.sockets if socket.user is not None]:
            delay = random.uniform(0, RESYNC_SPREAD_SECONDS)  # noqa: S311 - jitter
            self.loop.call_later(delay, socket.outbox.write, batch)

    def present(self, user_ids: Collection[int]) -> set[int]:
        """Which of these people are here and have not set themselves away. From any thread but the
        loop's own; all of them while the loop stands still."""
        asked = asyncio.run_coroutine_threadsafe(self.presence.states(user_ids), self.loop)
        try:
            states = asked.result(PRESENCE_PATIENCE_SECONDS)
        except TimeoutError:
            return set(user_ids)
        return {user_id for user_id, state in states.items() if state in ("online", "busy")}

    async def drain(self) -> None:
        """Tells the clients to go elsewhere, one after the other."""
        self.draining = True
        sockets = list(self.sockets)
        pause = min(DRAIN_SECONDS / max(len(sockets), 1), DRAIN_PAUSE_SECONDS)
        for socket in sockets:
            reconnection = Reconnection(reconnect_after_ms=random.randrange(RECONNECT_WITHIN_MS))  # noqa: S311
            socket.outbox.write(Batch([Post.of(GoingAway(reconnection))]))
            await asyncio.sleep(pause)

    def _carry_out(self) -> None:
        self.woken = False  # before the queue is emptied: an order that comes now wakes again
        with span("publish", orders=len(self.orders)):
            self._empty_orders()

    def _empty_orders(self) -> None:
        while self.orders:
            order = self.orders.popleft()
            if isinstance(order, Control):
                self.obey(order)
                self.relay.control(order)
            else:
                self.hub.publish(*order)

    def _deliver(self, topic: str, posts: list[Post]) -> None:
        self.hub.deliver(topic, posts)

    def _note_departures(self, user_ids: list[int]) -> None:
        self.loop.run_in_executor(readers, source().departed, user_ids)
