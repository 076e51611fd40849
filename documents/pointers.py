"""Where people are in a text, told between clients of Yjs, which show it in their awareness, and
programs without it. What comes within a moment is told together: each telling asks the keeper."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from random import getrandbits
from typing import TYPE_CHECKING, Any

from documents import wire
from documents.batches import thread
from documents.queries.cursors import cursors, shown_cursor
from documents.yjs.messages import State
from documents.yjs.press import Fell
from realtime.database import submit
from realtime.posts import Batch, Post

if TYPE_CHECKING:
    from documents.rooms import Room
    from realtime.consumer import SocketConsumer as Socket

TOLD_EVERY_SECONDS = 0.1
# To look through a long text takes a while, in which nobody's writing is stored.
PAUSE_PER_WORK = 4
# In the state of who speaks no Yjs: programs have been told their cursors already.
PLACE = "place"


class Pointers:
    def __init__(self, room: "Room") -> None:
        self.room = room
        self.moved: dict[int, dict[str, Any]] = {}  # clients of Yjs and what they show
        self.pointed: dict[Socket, wire.Place] = {}
        self.shown: dict[Socket, State] = {}
        self.telling: asyncio.Task[None] | None = None
        self.pause_seconds = TOLD_EVERY_SECONDS

    def see(self, states: Sequence[State]) -> None:
        """Clients of Yjs have moved."""
        if any(reader.told for reader in self.room.readers.values()):
            self.moved |= {s.client: s.shown for s in states if s.shown and PLACE not in s.shown}
            self._start()

    def point(self, socket: "Socket", place: wire.Place) -> None:
        """Somebody without Yjs has moved."""
        self.pointed[socket] = place
        self._start()

    def renew(self) -> None:
        """Clients of Yjs forget who is silent for half a minute."""
        for socket, state in list(self.shown.items()):
            self._show(socket, state.client, state.shown or {})

    def forget(self, socket: "Socket") -> None:
        self.pointed.pop(socket, None)
        self.shown.pop(socket, None)

    def _start(self) -> None:
        waits = self.moved or self.pointed
        if waits and (self.telling is None or self.telling.done()):
            self.telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        while self.moved or self.pointed:
            await asyncio.sleep(self.pause_seconds)
            began = time.monotonic()
            moved, self.moved = list(self.moved.values()), {}
            pointed, self.pointed = self.pointed, {}
            with suppress(Fell):  # the next move is told again
                if moved:
                    await self._tell_readers(moved)
                for socket, place in pointed.items():
                    await self._tell_writers(socket, place)
            took = time.monotonic() - began
            self.pause_seconds = max(TOLD_EVERY_SECONDS, PAUSE_PER_WORK * took)

    async def _tell_readers(self, moved: Sequence[dict[str, Any]]) -> None:
        found = await submit(thread, partial(cursors, self.room.document_id, moved))
        if not found:
            return
        batch = Batch([Post.of(wire.RemoteCursor(cursor)) for cursor in found])
        for socket, reader in self.room.readers.items():
            if reader.told is not None:
                socket.outbox.write(batch)

    async def _tell_writers(self, socket: "Socket", place: wire.Place) -> None:
        try:
            cursor = await submit(thread, partial(shown_cursor, self.room.document_id, place))
        except ValueError:
            return  # beyond the text
        if socket in self.room.readers:
            known = self.shown.get(socket)
            client = known.client if known else getrandbits(32)
            self._show(socket, client, {"cursor": cursor, PLACE: place.model_dump()})

    def _show(self, socket: "Socket", client: int, shown: dict[str, Any]) -> None:
        known = self.shown.get(socket)
        state = State(client, known.clock + 1 if known else 1, shown)
        self.shown[socket] = state
        self.room.show(socket, [state])
