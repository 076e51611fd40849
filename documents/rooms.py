"""The documents that sockets of this worker are in: who is there, and what they show.

A room follows its document's topic like a socket, so it hears what other workers tell. Who is in
a document stands in the database, as leases: every worker knows it, and a dead one is forgotten.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from django.db import Error as DatabaseError
from django.utils import timezone

from chat.wire import Sender
from documents import wire
from documents.actions import participation
from documents.actions.tidying import PAUSE_SECONDS, tidy_all
from documents.awareness import Awareness
from documents.batches import thread
from documents.pointers import Pointers
from documents.queries.state import text_of
from documents.queries.visibility import Opening, seeing_among
from documents.readers import Reader, Told
from documents.yjs import messages
from documents.yjs.text import ops_between
from realtime import topics
from realtime.database import in_database, submit
from realtime.envelope import CloseCode
from realtime.posts import Batch, Control, Post
from realtime.worker import Worker

if TYPE_CHECKING:
    from realtime.consumer import SocketConsumer as Socket

logger = logging.getLogger(__name__)

RENEW_SECONDS = 20.0
ACCESS_SECONDS = 10.0
SHOWN_EVERY_SECONDS = 0.025


class Room:
    """`write` and the first attributes are what the hub wants of a follower."""

    user_id: int | None = None
    closing = False

    place = None  # in no ring: nothing of it is a socket

    def __init__(self, worker: Worker, document_id: int, channel_id: int) -> None:
        self.worker, self.document_id, self.channel_id = worker, document_id, channel_id
        self.version = 0
        self.outbox = self
        self.connection = f"room {document_id}"
        self.topics: set[str] = set()
        self.awareness = Awareness()
        self.sockets: set[Socket] = set()
        self.readers: dict[Socket, Reader] = {}
        self.telling: asyncio.Task[None] | None = None
        self.pointers = Pointers(self)
        self.showing: dict[int, messages.State] = {}  # what is to be told, by client

    @property
    def topic(self) -> str:
        return topics.document(self.document_id)

    def open(self, version: int) -> None:
        self.version = version
        self.worker.hub.follow(cast("Socket", self), self.topic, version)
        self.worker.relay.control(Control("tell_awareness", {"document_id": self.document_id}))

    def close(self) -> None:
        self.worker.hub.unfollow(cast("Socket", self), self.topic)

    def write(self, batch: Batch) -> None:
        """What goes to the sockets in the document."""
        for post in batch.posts:
            if post.volatile and isinstance(heard := messages.parse(post.payload), messages.Shown):
                self.awareness.hear(heard.states)
                self.pointers.see(heard.states)
            elif post.version is not None:
                self.version = max(self.version, post.version)
        self.move()

    def move(self) -> None:
        """Readers of JSON who are behind are told, one text at a time."""
        behind = any(reader.is_behind(self.version) for reader in self.readers.values())
        if behind and (self.telling is None or self.telling.done()):
            self.telling = asyncio.create_task(self._tell_text())

    async def _tell_text(self) -> None:
        text, version, author = await submit(thread, partial(text_of, self.document_id))
        self.version = max(self.version, version)
        changes: dict[Told, Batch] = {}  # most have been told the same
        for socket, reader in self.readers.items():
            if reader.told is not None and reader.is_behind(version):
                if reader.told not in changes:
                    changes[reader.told] = self._change(reader.told, text, version, author)
                socket.outbox.write(changes[reader.told])
                reader.learn(text, version)
        self.worker.loop.call_soon(self.move)  # what came meanwhile

    def _change(self, told: Told, text: str, version: int, author: Sender | None) -> Batch:
        change = wire.Change(
            document=self.document_id,
            user=author,
            ops=wire.Op.of(ops_between(told.text, text)),
            version=version,
            timestamp=timezone.now(),
        )
        return Batch([Post.of(wire.TextChanged(change))])

    def show(self, socket: "Socket", states: list[messages.State]) -> None:
        self.publish(self.awareness.show(socket.connection, socket.user, states))

    def forget(self, socket: "Socket") -> None:
        self.sockets.discard(socket)
        self.readers.pop(socket, None)
        self.pointers.forget(socket)
        self.publish(self.awareness.leave(socket.connection))

    def publish(self, states: list[messages.State]) -> None:
        """A moment later, together with what the others show by then: who types moves a cursor with
        every key."""
        if states and not self.showing:
            self.worker.loop.call_later(SHOWN_EVERY_SECONDS, self._publish)
        self.showing |= {state.client: state for state in states}

    def _publish(self) -> None:
        """Each in a frame of its own, so that few clients have something to send back."""
        states, self.showing = self.showing, {}
        posts = [Post.of(messages.Awareness([state])) for state in states.values()]
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
        for seconds, call in (
            (RENEW_SECONDS, self.renew),
            (ACCESS_SECONDS, self.check_access),
            (PAUSE_SECONDS, self.tidy),
        ):
            worker.tasks.append(asyncio.create_task(self._every(seconds, call)))

    @classmethod
    def of(cls, worker: Worker) -> "Rooms":
        if worker not in cls.of_workers:
            cls.of_workers[worker] = cls(worker)
        return cls.of_workers[worker]

    def enter(self, socket: "Socket", document_id: int, opening: Opening) -> Room:
        """A socket that speaks Yjs. It will read everything up to the opening's version."""
        room = self._room(socket, document_id, opening)
        self.worker.hub.follow(socket, room.topic, opening.version)
        return room

    def join(self, socket: "Socket", document_id: int, opening: Opening) -> Room:
        """A socket of `/ws/chat/`."""
        room = self._room(socket, document_id, opening)
        self.worker.hub.follow(socket, topics.document_text(document_id))
        return room

    def find(self, document_id: int) -> Room | None:
        return self.rooms.get(document_id)

    def _room(self, socket: "Socket", document_id: int, opening: Opening) -> Room:
        room = self.rooms.get(document_id)
        if room is None:
            room = self.rooms[document_id] = Room(self.worker, document_id, opening.channel_id)
            room.open(opening.version)
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
        leaving = in_database(participation.leave, document_id, socket.connection)
        self.worker.watch.keep(leaving)

    def lose(self, socket: "Socket", topic: str) -> None:
        """A socket has stopped to follow a topic: it left, lost access, or closed."""
        for room in list(self.rooms.values()):
            if topic == topics.document_text(room.document_id):
                self.leave(socket, room.document_id)
            elif topic == topics.channel(room.channel_id) and socket in room.sockets:
                self._shut(socket, room)

    def _shut(self, socket: "Socket", room: Room) -> None:
        if socket in room.readers:
            self.worker.hub.unfollow(socket, topics.document_text(room.document_id))
        else:
            socket.close(CloseCode.NOT_ALLOWED)

    async def tidy(self) -> None:
        await in_database(tidy_all)

    async def check_access(self) -> None:
        """Of those who are in no channel whose end they would be told of, and of those whose end
        was told by an order that was lost."""
        for room in list(self.rooms.values()):
            sockets = [socket for socket in room.sockets if socket.user is not None]
            users = {socket.user.pk: socket.user for socket in sockets}
            seeing = await in_database(seeing_among, list(users.values()), room.document_id)
            for socket in sockets:
                if socket.user_id is not None and socket.user_id not in seeing:
                    self._shut(socket, room)

    async def renew(self) -> None:
        """The leases of everybody here."""
        here = {
            (document_id, socket.connection)
            for document_id, room in self.rooms.items()
            for socket in room.sockets
        }
        if here:
            await in_database(participation.renew, here)
        for room in list(self.rooms.values()):
            room.pointers.renew()
            room.move()  # where the text could not be read when it changed

    async def _every(self, seconds: float, call: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await call()
            except DatabaseError as error:
                logger.warning("The database does not answer the documents: %s", error)


def lose(socket: "Socket", topic: str) -> None:
    """For the hub (see on_unfollow)."""
    rooms = Rooms.of_workers.get(socket.worker)
    if rooms is not None:
        rooms.lose(socket, topic)


def tell_awareness(worker: Worker, document_id: int) -> None:
    """An order to every worker."""
    rooms = Rooms.of_workers.get(worker)
    if rooms is not None and document_id in rooms.rooms:
        rooms.rooms[document_id].tell()
