"""The registry of requests: what each carries, what may do it, and how it is carried out.

Three ways: `request` runs a plain function on a database thread; `batch` collects the calls that
come while the last commit is in flight and hands them over together (group commit); `socket` stays
on the event loop, for what touches no database. This is the one place that crosses from async to
sync, and one of the two that turn errors into answers.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from uuid import uuid4

from pydantic import ValidationError

from realtime import database, maintenance
from realtime.errors import DomainError, InvalidData, NotAuthenticated, UnknownEvent
from realtime.frames import Frame, Prepared, ReadRequest, Request, wire_name
from realtime.limits import Limit
from realtime.meter import RequestMeter, meter
from realtime.tracing import span

if TYPE_CHECKING:
    from realtime.consumer import SocketConsumer as Socket

logger = logging.getLogger(__name__)

LARGEST_BATCH = 500

R = TypeVar("R", bound=Request)
Handler = Callable[..., Any]
Outcome = Frame | Prepared[Any] | DomainError


class Call(NamedTuple):
    """A request of a batch, with the name of its connection."""

    user: Any
    data: Any
    connection: str


@dataclass(slots=True)
class Command:
    """One request. `run` starts it and returns what to wait for; `pipelined`: the next request of
    the same socket need not wait for its answer."""

    data: type[Request]
    handler: Handler
    run: "Callable[[Socket, Any], Awaitable[Any]]"
    limit: Limit | None
    anonymous: bool
    pipelined: bool
    writes: bool
    meter: RequestMeter


class Commands:
    def __init__(self) -> None:
        self.by_name: dict[str, Command] = {}

    def request(
        self, data: type[R], limit: Limit | None = None
    ) -> Callable[[Callable[[Any, R], Frame | None]], Handler]:
        """`handler(user, data) -> reply`, plain Django code."""

        def register(handler: Handler) -> Handler:
            run = partial(_run_in_database, handler)
            return self._add(data, handler, run, limit, writes=not issubclass(data, ReadRequest))

        return register

    def batch(
        self, data: type[R], limit: Limit | None = None
    ) -> Callable[[Callable[[Sequence[Call]], Sequence[Outcome]]], Handler]:
        """`handler([Call, …]) -> [reply or error, …]`, plain Django code."""

        def register(handler: Handler) -> Handler:
            batcher = Batcher(handler)
            return self._add(data, handler, batcher.run, limit, pipelined=True, writes=True)

        return register

    def socket(
        self,
        data: type[R],
        limit: Limit | None = None,
        *,
        anonymous: bool = False,
        pipelined: bool = False,
    ) -> "Callable[[Callable[[Socket, R], Awaitable[Any]]], Handler]":
        """`async handler(socket, data) -> reply`, on the event loop."""

        def register(handler: Handler) -> Handler:
            return self._add(
                data, handler, handler, limit, anonymous=anonymous, pipelined=pipelined
            )

        return register

    def _add(
        self,
        data: type[Request],
        handler: Handler,
        run: Any,
        limit: Limit | None,
        *,
        anonymous: bool = False,
        pipelined: bool = False,
        writes: bool = False,
    ) -> Handler:
        name = wire_name(data)
        if name in self.by_name:
            raise ValueError(f"{name} is registered twice")
        counted = meter.request(name)
        command = Command(data, handler, run, limit, anonymous, pipelined, writes, counted)
        self.by_name[name] = command
        return handler

    def find(self, name: str, socket: "Socket") -> Command:
        """Raises UnknownEvent, NotAuthenticated, Maintenance, RateLimited: by the command's own
        limit for its user, without one by that of the socket."""
        command = self.by_name.get(name)
        if command is not None and command.limit is not None and socket.user is not None:
            command.limit.check(socket.user_id)
        else:
            socket.flood.check(socket.connection)
        if command is None:
            raise UnknownEvent
        if socket.user is None and not command.anonymous:
            raise NotAuthenticated
        if command.writes:
            maintenance.check()
        return command


class Batcher:
    """Runs one batch at a time on a thread; what comes meanwhile is the next batch."""

    def __init__(
        self,
        handler: Handler,
        thread: Executor = database.writer,
        every_seconds: float = 0,
        largest: int | None = None,
    ) -> None:
        """`every_seconds`: a batch begins no sooner after the one before; the first one at once."""
        self.handler, self.thread, self.every_seconds = handler, thread, every_seconds
        self.largest = largest
        self.begun_at = 0.0
        self.loop: asyncio.AbstractEventLoop | None = None
        self.waiting: list[tuple[Any, asyncio.Future[Any]]] = []
        self.running = False

    def run(self, socket: "Socket", data: Any) -> "asyncio.Future[Any]":
        return self.add(Call(socket.user, data, socket.connection))

    def add(self, item: Any) -> "asyncio.Future[Any]":
        """What the handler makes of this one."""
        loop = asyncio.get_running_loop()
        if self.loop is not loop:  # the one before ended in the middle of a batch
            self.loop, self.waiting, self.running = loop, [], False
        future: asyncio.Future[Any] = loop.create_future()
        self.waiting.append((item, future))
        if not self.running:
            self.running = True
            # Not at once: what else this turn of the loop brings shall go along.
            loop.call_soon(self._start_in_time)
        return future

    def _start_in_time(self) -> None:
        loop = asyncio.get_running_loop()
        wait = self.begun_at + self.every_seconds - loop.time()
        if wait > 0:
            loop.call_later(wait, self._start)
        else:
            self._start()

    def _start(self) -> None:
        self.begun_at = asyncio.get_running_loop().time()
        largest = self.largest or LARGEST_BATCH
        batch, self.waiting = self.waiting[:largest], self.waiting[largest:]
        calls = [call for call, _ in batch]
        if self.thread is not database.readers:
            meter.batches.add(len(calls))
        job = database.submit(self.thread, partial(self._handle, calls))
        job.add_done_callback(partial(self._finish, [future for _, future in batch]))

    def _handle(self, calls: Sequence[Any]) -> Sequence[Any]:
        with span("database batch", size=len(calls)):
            outcomes: Sequence[Any] = self.handler(calls)
        return outcomes

    def _finish(self, futures: list["asyncio.Future[Any]"], job: "asyncio.Future[Any]") -> None:
        if self.waiting:
            self._start_in_time()
        else:
            self.running = False
        error = job.exception()
        outcomes = [error] * len(futures) if error else job.result()
        for future, outcome in zip(futures, outcomes, strict=True):
            _settle(future, outcome)


def _settle(future: "asyncio.Future[Any]", outcome: Any) -> None:
    if future.cancelled():
        return
    if isinstance(outcome, BaseException):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)


def _run_in_database(handler: Handler, socket: "Socket", data: Any) -> "asyncio.Future[Any]":
    return database.submit(database.readers, partial(handler, socket.user, data))


def parse(command: Command, data: Any) -> Any:
    """Raises InvalidData with the wrong fields."""
    try:
        return command.data.model_validate(data)
    except ValidationError as error:
        raise InvalidData(fields=_wrong_fields(error)) from None


def _wrong_fields(error: ValidationError) -> dict[str, str]:
    details = error.errors(include_url=False, include_context=False, include_input=False)
    return {".".join(map(str, detail["loc"])) or "data": detail["msg"] for detail in details}


def as_domain_error(error: BaseException, event: str) -> DomainError:
    """What the client is told. Our own faults go to the log, with an incident id and no bodies."""
    if isinstance(error, DomainError):
        return error
    incident = uuid4().hex[:12]
    logger.error("Incident %s in %s", incident, event, exc_info=error)
    return DomainError(incident=incident)
