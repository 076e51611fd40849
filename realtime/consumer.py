"""One socket: connect, receive, reply, close. An app subclasses it with its requests and log-in.

A Channels consumer whose `__call__` is our own: Channels would put each consumer on the channel
layer and hop to a thread for each message (270–345 µs). The hub is on the layer instead, and the
ASGI task of the connection reads, decodes and answers by itself: an idle socket has no other task.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter
from typing import Any, ClassVar
from uuid import uuid4

from channels.consumer import AsyncConsumer
from django.conf import settings

from realtime import maintenance, topics, tracing, whence
from realtime.addresses import limited_unit
from realtime.commands import Command, Commands, as_domain_error, parse
from realtime.database import in_database
from realtime.envelope import (
    LARGEST_FRAME_BYTES,
    CloseCode,
    Envelope,
    decode,
    encode_error,
    encode_event,
    encode_reply,
)
from realtime.errors import BadFrame, RateLimited
from realtime.frames import Event
from realtime.limits import Limit
from realtime.meter import meter
from realtime.origins import header, is_allowed
from realtime.outbox import ClosedOutbox, Outbox, QueueOutbox, RawOutbox
from realtime.retry import OutcomeUnknown
from realtime.source import Key, source
from realtime.wire import MaintenanceState, MaintenanceUpdated
from realtime.worker import Worker

logger = logging.getLogger(__name__)

LOGIN_SECONDS = 10
BAD_FRAMES_IN_A_ROW = 10
IN_FLIGHT_LIMIT = 256  # pipelined requests of one socket; further ones wait unread
# Requests past a limit that are still answered; a client that hears none of it is closed.
REFUSALS_PER_SECOND, REFUSALS_BURST = 5, 500

CONNECTIONS_PER_USER: int = settings.CONNECTIONS_PER_USER

REFUSAL = {"type": "websocket.close"}  # before the socket is accepted: HTTP 403


class SocketConsumer(AsyncConsumer):
    """Subclasses give `commands` and override `authenticate` and `make_ready`."""

    commands: ClassVar[Commands]
    late: ClassVar[CloseCode] = CloseCode.NOT_AUTHENTICATED  # for who does not log in in time
    flood: ClassVar[Limit] = Limit(settings.REQUESTS_PER_SECOND, settings.REQUESTS_BURST)
    patience: ClassVar[Limit] = Limit(REFUSALS_PER_SECOND, REFUSALS_BURST)

    def __init__(self) -> None:
        self.outbox: Outbox = ClosedOutbox()
        self.connection = uuid4().hex[:16]
        self.user: Any = None
        self.key: Key | None = None
        self.topics: set[str] = set()
        self.in_flight: set[asyncio.Future[Any]] = set()
        self.pipelined: Command | None = None  # what `in_flight` are
        self.asked = 0
        self.bad_frames = 0
        self.is_ready = False
        self.deadline: asyncio.TimerHandle | None = None

    @property
    def user_id(self) -> int | None:
        return None if self.key is None else self.key.user_id

    @property
    def address(self) -> str:
        client = self.scope.get("client")
        return str(client[0]) if client else ""

    # --- for subclasses ---

    async def authenticate(self) -> tuple[Any, Key] | None:
        """Whom the handshake proves, if anybody. DomainError refuses it with HTTP 403."""

    def greet(self) -> None:
        """Sends the first event."""

    async def still_holds(self, key: Key) -> bool:
        """Whether what the log-in rests on lives: what was revoked while it was being proved found
        no socket to close."""
        return key in await in_database(source().still_valid, [key])

    async def make_ready(self) -> None:
        """Follows the user's topics and sends what they need to begin, after each log-in."""

    async def take(self, message: dict[str, Any]) -> None:
        """One frame of the client."""
        await self._handle(message.get("text"))

    def log_in(self, user: Any, key: Key) -> None:
        """From now on this socket is the user's. RateLimited when they have too many."""
        if len(self.worker.hub.followers(topics.user(key.user_id))) >= CONNECTIONS_PER_USER:
            raise RateLimited("There are too many connections of this user.", retry_after=60)
        self._forget_user()
        self.user, self.key, self.is_ready = user, key, False
        self._stop_deadline()
        self.arrive(key.user_id)

    def arrive(self, user_id: int) -> None:
        """The socket gets what is the user's, and the user is here."""
        self.worker.hub.follow(self, topics.user(user_id))
        self.worker.presence.arrive(user_id, self.user.presence_setting)

    def depart(self, user_id: int) -> None:
        """The end of what `arrive` began."""
        self.worker.presence.depart(user_id)

    def log_out(self) -> None:
        """Back to an unauthenticated socket, with the time of a new one to log in."""
        self._forget_user()
        self._start_deadline()

    def send_event(self, event: Event) -> None:
        self.outbox.reply(encode_event(event))

    def close(self, code: int) -> None:
        self.outbox.close(code)

    # --- the socket's life ---

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[dict[str, Any]]],
        send: Callable[[dict[str, Any]], Awaitable[None]],
    ) -> None:
        self.scope, self.worker = scope, Worker.of_loop()
        whence.address.set(self.address)
        whence.connection.set(self.connection)
        await receive()
        line = limited_unit(self.address)
        if not self.worker.crowd.admit(line):
            await send(REFUSAL)
            return
        # Channels would not call `disconnect()` after an error; this runs whatever happens.
        try:
            if await self._open(send):
                await self._read(receive)
        finally:
            self.worker.crowd.dismiss(line)
            self._forget()

    async def _open(self, send: Callable[[dict[str, Any]], Awaitable[None]]) -> bool:
        headers = self.scope["headers"]
        if not is_allowed(header(headers, b"origin"), header(headers, b"host") or ""):
            await send(REFUSAL)
            return False
        try:
            proven = await self.authenticate()
        except Exception as error:  # of the same mapper as _handle
            as_domain_error(error, "the handshake")
            await send(REFUSAL)
            return False
        await send({"type": "websocket.accept"})
        raw = self.scope.get("extensions", {}).get("websocket.raw")
        self.outbox = RawOutbox(raw, self.worker.hub.ring) if raw else QueueOutbox(send)
        self.worker.sockets.add(self)
        meter.opened += 1
        await self._begin(proven)
        return True

    async def _begin(self, proven: tuple[Any, Key] | None) -> None:
        self._start_deadline()
        refusal = self._log_in_or_not(*proven) if proven else None
        self.greet()
        if refusal is not None:
            self._fail(None, refusal)
            self.close(CloseCode.ABUSE)
        await self._make_ready_once()

    def _log_in_or_not(self, user: Any, key: Key) -> RateLimited | None:
        try:
            self.log_in(user, key)
        except RateLimited as error:
            return error
        return None

    async def _make_ready_once(self) -> None:
        if self.key is None or self.is_ready:
            return
        self.is_ready = True
        try:
            if await self.still_holds(self.key):
                await self.make_ready()
                self._tell_maintenance()
            else:
                self.close(CloseCode.REVOKED)
        except Exception as error:  # of the same mapper as _handle
            self._fail(None, error)
            self.close(CloseCode.GOING_AWAY)  # the client comes back and tries again

    def _tell_maintenance(self) -> None:
        if maintenance.starts_at is not None:
            state = MaintenanceState(starts_at=maintenance.starts_at, message=maintenance.message)
            self.send_event(MaintenanceUpdated(state))

    async def _read(self, receive: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            await self.take(message)

    def _forget(self) -> None:
        self.worker.sockets.discard(self)
        meter.dropped += self.outbox.dropped
        self._forget_user()
        for future in self.in_flight:
            future.cancel()  # the answer has nowhere to go; the work itself goes on
        self.outbox.end()

    def _forget_user(self) -> None:
        self._stop_deadline()
        self.worker.hub.leave(self)
        if self.key is not None:
            self.depart(self.key.user_id)
        self.user = self.key = None

    @contextmanager
    def being_proved(self) -> Iterator[None]:
        """While we look at what somebody logs in with, their time to do so stands still."""
        loop, deadline = self.worker.loop, self.deadline
        began = loop.time()
        self._stop_deadline()
        try:
            yield
        except BaseException:
            if deadline is not None:
                left = max(deadline.when() - began, 0)
                self.deadline = loop.call_later(left, self.close, self.late)
            raise

    def _start_deadline(self) -> None:
        loop = self.worker.loop
        self.deadline = loop.call_later(LOGIN_SECONDS, self.close, self.late)

    def _stop_deadline(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    # --- requests ---

    async def _handle(self, text: str | None) -> None:
        request: Envelope | None = None
        self.asked += 1
        whence.request.set(f"{self.connection}-{self.asked}")
        try:
            request = self._decode(text)
            command = self._find(request)
            await self._run(command, request, parse(command, request.data))
        except Exception as error:
            self._fail(request, error)

    def _decode(self, text: str | None) -> Envelope:
        if text is None:
            raise BadFrame("This socket speaks text.")
        if len(text) > LARGEST_FRAME_BYTES // 4 and len(text.encode()) > LARGEST_FRAME_BYTES:
            self.close(CloseCode.ABUSE)
            raise BadFrame("The frame is larger than 64 KiB.")
        request = decode(text)
        self.bad_frames = 0
        return request

    def _find(self, request: Envelope) -> Command:
        try:
            return self.commands.find(request.event, self)
        except RateLimited:
            if self.patience.take(self.connection):
                self.close(CloseCode.ABUSE)
            raise

    async def _run(self, command: Command, request: Envelope, data: Any) -> None:
        """Requests of one socket are carried out in order; only pipelined ones of one kind, which
        go the same way, overlap."""
        if command is not self.pipelined or len(self.in_flight) >= IN_FLIGHT_LIMIT:
            while self.in_flight:
                await asyncio.wait(self.in_flight)
        if self.outbox.closing:  # what came before a ban but was read after it
            return
        began = perf_counter()
        answer = self._traced(command, request, data) if tracing.tracer else command.run(self, data)
        self.pipelined = command if command.pipelined else None
        if command.pipelined:
            future = answer if isinstance(answer, asyncio.Future) else asyncio.ensure_future(answer)
            self.in_flight.add(future)
            future.add_done_callback(partial(self._finish, command, request, began))
        else:
            self._answer(request, await answer)
            self._note_time(command, began)
            await self._make_ready_once()

    async def _traced(self, command: Command, request: Envelope, data: Any) -> Any:
        with tracing.span(request.event, request=whence.request.get()):
            return await command.run(self, data)

    def _finish(
        self, command: Command, request: Envelope, began: float, future: "asyncio.Future[Any]"
    ) -> None:
        self.in_flight.discard(future)
        if future.cancelled():
            return
        self._note_time(command, began)
        error = future.exception()
        if error is None:
            self._answer(request, future.result())
        else:
            self._fail(request, error)

    def _note_time(self, command: Command, began: float) -> None:
        seconds = perf_counter() - began
        command.meter.seconds.add(seconds)
        meter.all_requests.add(seconds)

    def _answer(self, request: Envelope, data: Any) -> None:
        if request.ref is not None:
            self.outbox.reply(encode_reply(request.ref, data))

    def _fail(self, request: Envelope | None, error: BaseException) -> None:
        if isinstance(error, OutcomeUnknown):
            self.close(CloseCode.GOING_AWAY)
            return
        told = as_domain_error(error, request.event if request else "a frame")
        meter.errors[told.code] += 1
        command = self.commands.by_name.get(request.event) if request else None
        if command is not None:
            command.meter.errors += 1
        ref = request.ref if request else told.ref
        self.outbox.reply(encode_error(request, ref, told))
        if isinstance(told, BadFrame):
            self.bad_frames += 1
            if self.bad_frames >= BAD_FRAMES_IN_A_ROW:
                self.close(CloseCode.ABUSE)


async def refuse(scope: Any, receive: Any, send: Any) -> None:
    """The answer to a socket on a path that nobody serves."""
    await receive()
    await send(REFUSAL)
