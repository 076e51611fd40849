"""The documents that sockets of this worker are in: who is there, and what they show.

A room follows its document's topic like a socket, so it hears what other workers tell. Who is in
a document stands in the database, as leases: every worker knows it, and a dead one is forgotten.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from django.db import Error as DatabaseError

from documents.actions import participation
from documents.awareness import Awareness
from documents.yjs import messages
from realtime import topics
from realtime.database import in_database
from realtime.posts import Batch, Control, Post
from realtime.worker import Worker

if TYPE_CHECKING:
    from realtime.consumer import SocketConsumer as Socket

logger = logging.getLogger(__name__)

RENEW_SECONDS = 20.0


class Room:
    """`write` and the first attributes are what the hub wants of a follower."""

    user_id: int | None = None
    closing = False

    def __init__(self, worker: Worker, document_id: int) -> None:
        self.worker, self.document_id = worker, document_id
        self.outbox = self
        self.connection = f"room {document_id}"
        self.topics: set[str] = set()
        self.awareness = Awareness()
        self.sockets: set[Socket] = set()

    @property
    def topic(self) -> str:
        return topics.document(self.document_id)

    def open(self, version: int) -> None:
        self.worker.hub.follow(cast("Socket", self), self.topic, version)
        self.worker.relay.control(Control("tell_awareness", {"document_id": self.document_id}))

    def close(self) -> None:
        self.worker.hub.unfollow(cast("Socket", self), self.topic)

    def write(self, batch: Batch) -> None:
        """What goes to the sockets in the document."""
        for post in batch.posts:
            if post.volatile and isinstance(heard := messages.parse(post.payload), messages.Shown):
                self.awareness.hear(heard.states)

    def show(self, socket: "Socket", states: list[messages.State]) -> None:
        self.publish(self.awareness.show(socket.connection, socket.user, states))

    def forget(self, socket: "Socket") -> None:
        self.sockets.discard(socket)
        self.publish(self.awareness.leave(socket.connection))

    def publish(self, states: list[messages.State]) -> None:
        """Each in a frame of its own, so that few clients have something to send back."""
        posts = [Post.of(messages.Awareness([state])) for state in states]
        if posts:
            self.worker.hub.publish(self.topic, posts)

    def tell(self) -> None:
        """To the other workers: one of them has just opened this document."""
        if own := self.awareness.own():
            self.worker.relay.send(self.topic, [Post.of(messages.Awareness(own))])


class Rooms:
    """All rooms of one worker."""

    of_workers: "WeakKeyDictionary[Worker, Rooms]" = WeakKeyDictionary()

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.rooms: dict[int, Room] = {}
        worker.tasks.append(asyncio.create_task(self._every(RENEW_SECONDS, self.renew)))

    @classmethod
    def of(cls, worker: Worker) -> "Rooms":
        if worker not in cls.of_workers:
            cls.of_workers[worker] = cls(worker)
        return cls.of_workers[worker]

    def enter(self, socket: "Socket", document_id: int, version: int) -> Room:
        """`version`: the socket will read everything up to it."""
        room = self.rooms.get(document_id)
        if room is None:
            room = self.rooms[document_id] = Room(self.worker, document_id)
            room.open(version)
        room.sockets.add(socket)
        return room

    def leave(self, socket: "Socket", document_id: int) -> None:
        room = self.rooms.get(document_id)
        if room is None or socket not in room.sockets:
            return
        room.forget(socket)
        if not room.sockets:
            room.close()
            del self.rooms[document_id]

    async def renew(self) -> None:
        """The leases of everybody here."""
        here = {
            (document_id, socket.connection)
            for document_id, room in self.rooms.items()
            for socket in room.sockets
        }
        if here:
            await in_database(participation.renew, here)

    async def _every(self, seconds: float, call: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await call()
            except DatabaseError as error:
                logger.warning("The database does not answer the documents: %s", error)


def tell_awareness(worker: Worker, document_id: int) -> None:
    """An order to every worker."""
    rooms = Rooms.of_workers.get(worker)
    if rooms is not None and document_id in rooms.rooms:
        rooms.rooms[document_id].tell()
