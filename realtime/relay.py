"""The hub's way to the other workers; the only user of the channel layer.

The layer sees one member per worker and group. The topic of a channel, a space or a document is a
group of its own; what goes to users, watchers of presence and hubs shares one group that every
worker belongs to. Whatever waits for a group leaves in one `group_send`, while one is on its way
the next one fills. The layer is only a hint: on any failure the posts are dropped, and watch.py
finds them in the database.

Layers lose messages silently: a full queue, a restart, a link that is black-holed. So every worker
sends a canary to the shared group, and numbers what it sends there. Who misses a number, or hears
not even itself, has been deaf for a while: it subscribes anew and its clients are told to `resync`.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any
from uuid import uuid4

from channels.layers import InMemoryChannelLayer, get_channel_layer
from redis.exceptions import RedisError

from realtime import topics
from realtime.posts import Control, Post

logger = logging.getLogger(__name__)

SEND_TIMEOUT_SECONDS = 1.0
CANARY_SECONDS = 2.0
DEAF_SECONDS = 6.0  # three canaries
BACKLOG_LIMIT = 10_000  # entries; the database has them all
GROUPS_AT_ONCE = 3  # beyond it one send to everybody is cheaper: each costs 150 µs
LAYER_ERRORS = (RedisError, OSError, TimeoutError)


def group_of(topic: str) -> str:
    return topic if topic.startswith(("channel.", "space.", "document.")) else topics.EVERYONE


class Relay:
    def __init__(
        self,
        on_posts: Callable[[str, list[Post]], None],
        on_control: Callable[[Control], None],
        on_disturbance: Callable[[], None],
    ) -> None:
        layer = get_channel_layer()
        # In memory there is nobody else to tell.
        self.layer: Any = None if isinstance(layer, InMemoryChannelLayer) else layer
        self.on_posts, self.on_control = on_posts, on_control
        self.on_disturbance = on_disturbance
        self.origin = uuid4().hex
        self.wanted: set[str] = {topics.EVERYONE}
        self.held: set[str] = set()
        self.channel = f"hub.{self.origin}"
        self.changed = asyncio.Event()
        self.changing = asyncio.Lock()
        self.settled = asyncio.Condition()
        self.outgoing: dict[str, list[list[Any]]] = defaultdict(list)
        self.backlog = 0
        self.waiting = asyncio.Event()
        self.sent = 0
        self.heard: dict[str, int] = {}
        self.heard_itself_at = asyncio.get_running_loop().time()
        self.healthy = True
        self.tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        if self.layer is not None:
            loops = (self._listen, self._subscribe, self._send, self._sing)
            self.tasks = [asyncio.create_task(loop()) for loop in loops]
            self.changed.set()

    def send(self, topic: str, posts: Sequence[Post]) -> None:
        self._queue(group_of(topic), [topic, [post.pack() for post in posts]])

    def control(self, control: Control) -> None:
        self._queue(topics.EVERYONE, [None, [control.name, control.arguments]])

    def subscribe(self, topic: str) -> None:
        self.wanted.add(group_of(topic))
        self.changed.set()

    def unsubscribe(self, topic: str) -> None:
        self.wanted.discard(group_of(topic))
        self.wanted.add(topics.EVERYONE)
        self.changed.set()

    async def subscribed(self, names: Iterable[str]) -> None:
        """Until the layer holds these topics; with the layer gone, at most a second."""
        groups = {group_of(name) for name in names}
        if self.layer is None or groups <= self.held or not self.healthy:
            return
        try:
            async with asyncio.timeout(SEND_TIMEOUT_SECONDS), self.settled:
                await self.settled.wait_for(lambda: groups & self.wanted <= self.held)
        except TimeoutError:
            logger.warning("The channel layer is slow to subscribe; the database fills in.")

    def _queue(self, group: str, entry: list[Any]) -> None:
        if self.layer is None or self.backlog >= BACKLOG_LIMIT:
            return
        self.backlog += 1
        self.outgoing[group].append(entry)
        self.waiting.set()

    async def _send(self) -> None:
        while True:
            await self.waiting.wait()
            self.waiting.clear()
            outgoing, self.outgoing, self.backlog = self._collected(), defaultdict(list), 0
            for group, entries in outgoing.items():
                if not await self._group_send(group, entries):
                    break

    def _collected(self) -> dict[str, list[list[Any]]]:
        """What waits, by group. A worker that does not follow a topic drops its posts unread."""
        if len(self.outgoing) <= GROUPS_AT_ONCE:
            return self.outgoing
        return {topics.EVERYONE: [entry for group in self.outgoing.values() for entry in group]}

    async def _group_send(self, group: str, entries: list[list[Any]]) -> bool:
        message: dict[str, Any] = {"type": "hub", "origin": self.origin, "entries": entries}
        if group == topics.EVERYONE:
            self.sent += 1
            message["number"] = self.sent
        return await self._attempt(self.layer.group_send(group, message))

    async def _attempt(self, call: Awaitable[None]) -> bool:
        """Whether the layer did it in time; the change between well and ill is logged once."""
        try:
            async with asyncio.timeout(SEND_TIMEOUT_SECONDS):
                await call
        except LAYER_ERRORS as error:
            if self.healthy:
                logger.warning("The channel layer fails (%s); the database fills in.", error)
            self.healthy = False
            return False
        if not self.healthy:
            logger.warning("The channel layer is back.")
        self.healthy = True
        return True

    async def _subscribe(self) -> None:
        """Makes what the layer holds follow what the hub wants."""
        while True:
            await self.changed.wait()
            self.changed.clear()
            async with self.changing:
                await self._change_groups()
            async with self.settled:
                self.settled.notify_all()

    async def _change_groups(self) -> None:
        for group in self.wanted - self.held:
            if not await self._attempt(self.layer.group_add(group, self.channel)):
                return
            self.held.add(group)
        while unwanted := self.held - self.wanted:
            group = unwanted.pop()
            self.held.discard(group)  # first: who wants it again meanwhile has to wait
            if not await self._attempt(self.layer.group_discard(group, self.channel)):
                self.held.add(group)
                return

    async def _sing(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(CANARY_SECONDS)
            self.changed.set()  # tries again what failed
            await self._group_send(topics.EVERYONE, [])
            if loop.time() - self.heard_itself_at > DEAF_SECONDS:
                await self._subscribe_anew()

    async def _subscribe_anew(self) -> None:
        logger.warning("The channel layer has gone silent; subscribing anew.")
        async with self.changing:
            with suppress(*LAYER_ERRORS):  # says nothing about the layer's health
                async with asyncio.timeout(SEND_TIMEOUT_SECONDS):
                    await self.layer.flush()
            self.tasks[0].cancel()
            self.tasks[0] = asyncio.create_task(self._listen())
            self.held.clear()
            self.heard.clear()
            self.heard_itself_at = asyncio.get_running_loop().time()
        self.changed.set()
        self.on_disturbance()

    async def _listen(self) -> None:
        while True:
            try:
                self._receive(await self.layer.receive(self.channel))
            except LAYER_ERRORS:
                # The channel is registered all the same, and its groups will fill it.
                self.healthy = False

    def _receive(self, message: dict[str, Any]) -> None:
        origin = message["origin"]
        if "number" in message:
            self._note_number(origin, message["number"])
        if origin == self.origin:
            self.heard_itself_at = asyncio.get_running_loop().time()
            return
        for topic, content in message["entries"]:
            if topic is None:
                self.on_control(Control(*content))
            elif group_of(topic) in self.wanted:
                self.on_posts(topic, [Post.unpack(packed) for packed in content])

    def _note_number(self, origin: str, number: int) -> None:
        last = self.heard.get(origin)
        self.heard[origin] = number
        if last is not None and number > last + 1:
            self.on_disturbance()
