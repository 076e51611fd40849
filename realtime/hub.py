"""One hub per worker process: which local sockets follow which topic, and what waits for them.

An event is encoded once. A flush writes all waiting frames of a topic, joined, with one write per
socket; it is scheduled at once when idle, and what comes meanwhile fills the next one: the more
load, the more frames per write. Local sockets are served first; the relay then takes the same
posts to the other workers. All of it runs on the worker's event loop and nowhere else.

Who watches many people follows a topic for each. What is told of them leaves together, and no
sooner than after a rest: when everybody comes back at once, each change goes to everybody.

A write to a socket costs 70 times what a frame in it costs. So a large room that had several
frames to carry rests before the next flush, three times as long as this one took: what is stored
meanwhile, here and in other workers, comes along. One message at a time never waits.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

from realtime import topics
from realtime.posts import Batch, Post
from realtime.relay import Relay
from realtime.room import Room
from realtime.seen import Seen
from realtime.uring import Ring

if TYPE_CHECKING:
    from realtime.consumer import SocketConsumer as Socket


LARGE_ROOM_SOCKETS = 100  # a flush takes a millisecond
# Two workers that share a room write for half as long, but their messages take no less to store.
RESTS_PER_FLUSH = 3
LONGEST_REST_SECONDS = 0.025
# Of what is told of people, for each second that the last telling took.
GLANCE_REST_SECONDS = 4.0
LONGEST_GLANCE_REST_SECONDS = 2.0

# What apps above do when a socket stops to follow a topic: because it left, lost access or closed.
on_unfollow: list[Callable[["Socket", str], None]] = []


@dataclass(slots=True)
class Topic:
    """The local side of one topic. `seen` is None where events carry no version; `passed` counts
    the events; `room` is of these followers, None after a change; `rests_until` is a time of
    perf_counter()."""

    followers: "set[Socket]" = field(default_factory=set)
    waiting: list[Post] = field(default_factory=list)
    seen: Seen | None = None
    room: Room | None = None
    passed: int = 0
    rests_until: float = 0.0
    is_glance: bool = False  # flushed together with the others


class Hub:
    def __init__(self, relay: Relay) -> None:
        self.loop = asyncio.get_running_loop()
        self.relay = relay
        self.topics: dict[str, Topic] = {}
        self.glances: list[Topic] = []  # that have something waiting
        self.glances_rest_until = 0.0
        self.delivered = 0
        self.ring: Ring | None = None  # the production server gives one

    def publish(self, name: str, posts: Sequence[Post]) -> None:
        """To the local followers, then to the other workers."""
        self.deliver(name, posts)
        self.relay.send(name, posts)

    def deliver(self, name: str, posts: Iterable[Post]) -> None:
        """To the local followers only. A version that passed before is not delivered again."""
        topic = self.topics.get(name)
        if topic is None:
            return
        seen = topic.seen
        fresh = [p for p in posts if seen is None or p.version is None or seen.mark(p.version)]
        if fresh and not topic.waiting:
            self._schedule(topic)
        topic.waiting += fresh
        topic.passed += len(fresh)

    def follow(self, socket: "Socket", name: str, version: int | None = None) -> None:
        """`version`: the reader holds, or will read, everything up to it."""
        topic = self.topics.get(name)
        if topic is None:
            topic = self.topics[name] = Topic(is_glance=topics.is_presence(name))
            self.relay.subscribe(name)
        if topic.seen is None and version is not None:
            topic.seen = Seen(version)
        topic.followers.add(socket)
        topic.room = None
        socket.topics.add(name)

    def unfollow(self, socket: "Socket", name: str) -> None:
        socket.topics.discard(name)
        topic = self.topics.get(name)
        if topic is None:
            return
        # What was published before the socket left is still its own (its own `user-left`).
        self._flush(topic)
        topic.followers.discard(socket)
        topic.room = None
        if not topic.followers:
            del self.topics[name]
            self.relay.unsubscribe(name)
        for call in on_unfollow:
            call(socket, name)

    def leave(self, socket: "Socket") -> None:
        for name in list(socket.topics):
            self.unfollow(socket, name)

    def followers(self, name: str) -> "list[Socket]":
        topic = self.topics.get(name)
        return list(topic.followers) if topic else []

    def versions(self) -> dict[str, int]:
        """Per topic with versions: everything up to which has been delivered here."""
        return {name: t.seen.contiguous for name, t in self.topics.items() if t.seen}

    def _schedule(self, topic: Topic) -> None:
        if topic.is_glance:
            self._schedule_glance(topic)
            return
        rest = topic.rests_until - perf_counter() if topic.rests_until else 0.0
        if rest > 0:
            self.loop.call_later(rest, self._flush, topic)
        else:
            self.loop.call_soon(self._flush, topic)

    def _flush(self, topic: Topic) -> None:
        posts, topic.waiting = topic.waiting, []
        if not posts:
            return
        began = perf_counter()
        self._write(topic, posts)
        topic.rests_until = 0.0
        if len(posts) > 1 and len(topic.followers) >= LARGE_ROOM_SOCKETS:
            topic.rests_until = began + LONGEST_REST_SECONDS
            # What was written waits in the transports until the loop comes round.
            self.loop.call_soon(self._rest, topic, began)

    def _rest(self, topic: Topic, began: float) -> None:
        ended = perf_counter()
        rest = (ended - began) * RESTS_PER_FLUSH
        topic.rests_until = ended + min(rest, LONGEST_REST_SECONDS)

    def _schedule_glance(self, topic: Topic) -> None:
        self.glances.append(topic)
        if len(self.glances) == 1:
            rest = self.glances_rest_until - perf_counter()
            if rest > 0:
                self.loop.call_later(rest, self._flush_glances)
            else:
                self.loop.call_soon(self._flush_glances)

    def _flush_glances(self) -> None:
        """One write per socket, however many people it watches; the same bytes for all who watch
        the same of them."""
        began = perf_counter()
        glances, self.glances = self.glances, []
        waiting: dict[Socket, list[Post]] = defaultdict(list)
        for topic in glances:
            posts, topic.waiting = topic.waiting, []
            self.delivered += len(posts) * len(topic.followers)
            for socket in topic.followers if posts else ():
                waiting[socket] += posts
        alike: dict[tuple[int, ...], list[Socket]] = defaultdict(list)
        for socket, posts in waiting.items():
            alike[tuple(map(id, posts))].append(socket)
        for sockets in alike.values():
            room = Room(socket.outbox for socket in sockets)
            room.write(Batch(waiting[sockets[0]]), self.ring)
        ended = perf_counter()
        rest = min((ended - began) * GLANCE_REST_SECONDS, LONGEST_GLANCE_REST_SECONDS)
        self.glances_rest_until = ended + rest

    def _write(self, topic: Topic, posts: Sequence[Post]) -> None:
        self.delivered += len(posts) * len(topic.followers)
        skipped = frozenset().union(*[post.skip for post in posts])
        if topic.room is None:
            topic.room = Room(socket.outbox for socket in topic.followers)
        room = _without(skipped, topic, posts) if skipped else topic.room
        room.write(Batch(posts), self.ring)


def _without(skipped: frozenset[int | str], topic: Topic, posts: Sequence[Post]) -> Room:
    """Serves those who get not all of the posts. Gives the others."""
    others = []
    for socket in list(topic.followers):
        names = {socket.user_id, socket.connection}
        if names.isdisjoint(skipped):
            others.append(socket.outbox)
        else:
            theirs = [post for post in posts if names.isdisjoint(post.skip)]
            socket.outbox.write(Batch(theirs))
    return Room(others)
