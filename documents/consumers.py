"""The socket door `/ws/documents/<id>/`: the y-websocket protocol, for the stock providers.

Unlike `/ws/chat/` it speaks binary frames only: what else a socket of the house would be told in
JSON is dropped at its outbox.
"""

import asyncio
import logging
from functools import partial
from typing import Any

from accounts.models import User
from chat.consumers import proven_by
from documents.actions import participation
from documents.actions.writing import BadUpdate, Write
from documents.batches import batcher, thread
from documents.queries.held import lacking
from documents.queries.visibility import open_document
from documents.rooms import Room, Rooms
from documents.yjs import messages
from documents.yjs.press import Fell
from documents.yjs.reader import Malformed
from realtime import maintenance, topics
from realtime.commands import Commands, as_domain_error
from realtime.consumer import IN_FLIGHT_LIMIT, SocketConsumer
from realtime.database import in_database, submit
from realtime.envelope import CloseCode
from realtime.errors import (
    DomainError,
    Forbidden,
    Maintenance,
    NotAuthenticated,
    NotFound,
    TooLarge,
)
from realtime.frames import BinaryEvent
from realtime.limits import Limit
from realtime.outbox import Outbox
from realtime.posts import Batch, Post
from realtime.source import Key

logger = logging.getLogger(__name__)

LARGEST_MESSAGE_BYTES = 1024 * 1024  # what somebody pastes, or wrote while they were away
FRAMES_PER_SECOND, FRAMES_BURST = 200, 2_000  # of one socket; a hand makes ten
SHOWN_PER_SECOND, SHOWN_BURST = 30, 300


class BinaryOutbox:
    """An outbox that lets only binary frames through."""

    place = None

    def __init__(self, inner: Outbox) -> None:
        self.inner = inner

    @property
    def closing(self) -> bool:
        return bool(self.inner.closing)

    @property
    def dropped(self) -> int:
        return self.inner.dropped

    def waiting_bytes(self) -> int:
        return self.inner.waiting_bytes()

    def reply(self, payload: bytes) -> None:
        """JSON: not for this socket."""

    def write(self, batch: Batch) -> None:
        if batch.posts and batch.posts[0].binary:  # a topic has one kind
            self.inner.write(batch)

    def close(self, code: int, reason: str = "") -> None:
        self.inner.close(code, reason)

    def end(self) -> None:
        self.inner.end()


class DocumentConsumer(SocketConsumer):
    commands = Commands()  # none: nothing is asked in JSON
    flood = Limit(FRAMES_PER_SECOND, FRAMES_BURST)
    shown = Limit(SHOWN_PER_SECOND, SHOWN_BURST)

    def __init__(self) -> None:
        super().__init__()
        self.room: Room | None = None

    @property
    def document_id(self) -> int:
        return int(self.scope["url_route"]["kwargs"]["document_id"])

    async def authenticate(self) -> tuple[User, Key]:
        proven = await proven_by(self.scope["headers"])
        if proven is None:
            raise NotAuthenticated
        return proven

    def greet(self) -> None:
        raw = self.scope.get("extensions", {}).get("websocket.raw")
        if raw:
            raw.allow(LARGEST_MESSAGE_BYTES)
        self.outbox = BinaryOutbox(self.outbox)  # type: ignore[assignment]

    async def make_ready(self) -> None:
        """The document is followed before it is read: nothing falls between."""
        try:
            opening = await in_database(open_document, self.user, self.document_id)
        except NotFound:
            self.close(CloseCode.NOT_ALLOWED)
            return
        self.room = Rooms.of(self.worker).enter(self, self.document_id, opening)
        if opening.is_member:  # for the moment when they are it no more
            self.worker.hub.follow(self, topics.channel(opening.channel_id))
        await self.worker.relay.subscribed([self.room.topic])
        self.send(messages.Awareness(self.room.awareness.now()))
        await in_database(participation.enter, self.user, self.document_id, self.connection)

    def send(self, event: BinaryEvent) -> None:
        self.outbox.write(Batch([Post.of(event)]))

    def _forget(self) -> None:
        if self.room is not None:
            Rooms.of(self.worker).leave(self, self.document_id)
        super()._forget()

    # --- what the client sends ---

    async def take(self, message: dict[str, Any]) -> None:
        data = message.get("bytes")
        if self.outbox.closing or self.room is None:
            return
        if data is None or self.flood.take(self.connection):
            self.close(CloseCode.ABUSE)
            return
        if messages.shows(data) and self.shown.take(self.connection):
            return  # before it is read: a large one takes its time
        try:
            await self._take(messages.parse(data), self.room)
        except Malformed:
            self.close(CloseCode.BAD_UPDATE)
        except Exception as error:  # of the same mapper as the base class's
            self._refuse(error)

    async def _take(self, message: messages.Message, room: Room) -> None:
        if isinstance(message, messages.Brought):
            await self._write(message)
        elif isinstance(message, messages.Asked):
            await self._answer_state(message)
        elif isinstance(message, messages.WhoIsHere):
            self.send(messages.Awareness(room.awareness.now()))
        else:
            room.show(self, message.states)

    async def _answer_state(self, message: messages.Asked) -> None:
        """What the client lacks, and the question what we lack."""
        call = partial(lacking, self.document_id, message.state)
        try:
            updates, own_state = await submit(thread, call)
        except ValueError:
            raise BadUpdate from None
        self.send(messages.Answer(updates[0]))
        for update in updates[1:]:
            self.send(messages.Update(update))
        self.send(messages.Question(own_state))

    async def _write(self, message: messages.Brought) -> None:
        while len(self.in_flight) >= IN_FLIGHT_LIMIT:
            await asyncio.wait(self.in_flight, return_when=asyncio.FIRST_COMPLETED)
        if message.new:  # what a client had before is asked of it when it comes
            maintenance.check()
        write = Write(self.user, self.document_id, message.update, message.new)
        future = batcher.run(self, write)
        self.in_flight.add(future)
        future.add_done_callback(self._written)

    def _written(self, future: "asyncio.Future[Any]") -> None:
        self.in_flight.discard(future)
        if not future.cancelled() and (error := future.exception()) is not None:
            self._refuse(error)

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, (Forbidden, Maintenance)):
            self.send(messages.Refusal(error.message))
        elif isinstance(error, BadUpdate):
            self.close(CloseCode.BAD_UPDATE)
        elif isinstance(error, TooLarge):
            self.close(CloseCode.TOO_LARGE)
        else:
            if not isinstance(error, (DomainError, Fell)):
                as_domain_error(error, "a document")
            self.close(CloseCode.GOING_AWAY)  # the client comes back and brings it again
