"""One socket of a client: requests and their replies, events handed on, the closing code."""

import asyncio
import itertools
import json
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

OPEN_SECONDS = 10
REPLY_SECONDS = 45  # longer than a worker whose loop is stuck lives; then it is a broken promise
LARGEST_QUEUE = 1024

Event = Callable[[str, Any], None]


class LinkLost(Exception):
    """The socket closed before the reply came: nobody knows."""


class Refused(Exception):
    """The reply is an error."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error['code']}: {error.get('message')}")
        self.code: str = error["code"]
        self.retry_after: float | None = error.get("retry_after")


class Link:
    def __init__(self, socket: ClientConnection, on_event: Event) -> None:
        self.socket, self.on_event = socket, on_event
        self.refs = itertools.count(1)
        self.replies: dict[int, asyncio.Future[Any]] = {}
        self.answered_twice = 0

    @property
    def close_code(self) -> int:
        return self.socket.close_code or 1006

    async def read(self) -> None:
        """Until the socket closes."""
        try:
            async for text in self.socket:
                self._take(json.loads(text))
        except ConnectionClosed:
            pass
        finally:
            for reply in self.replies.values():
                if not reply.done():
                    reply.set_exception(LinkLost())

    async def request(self, event: str, **data: Any) -> Any:
        """Raises Refused, LinkLost; TimeoutError when the server says nothing at all."""
        ref = next(self.refs)
        future = self.replies[ref] = asyncio.get_running_loop().create_future()
        try:
            await self.socket.send(json.dumps({"event": event, "ref": ref, "data": data}))
            async with asyncio.timeout(REPLY_SECONDS):
                return await future
        except ConnectionClosed:
            raise LinkLost from None
        finally:
            future.cancel()

    def drop(self) -> None:
        """As a lost network does: without a goodbye."""
        self.socket.transport.abort()

    def _take(self, frame: dict[str, Any]) -> None:
        if "event" in frame:
            self.on_event(frame["event"], frame["data"])
            return
        future = self.replies.get(frame["reply"])
        if future is None or (future.done() and not future.cancelled()):
            self.answered_twice += 1
        elif future.done():
            pass  # the reply came after its patience had run out
        elif "error" in frame:
            future.set_exception(Refused(frame["error"]))
        else:
            future.set_result(frame["data"])


def open_socket(url: str) -> connect:
    return connect(
        url,
        compression=None,
        proxy=None,
        max_size=None,
        open_timeout=OPEN_SECONDS,
        close_timeout=1,
        ping_interval=20,
        ping_timeout=20,
        max_queue=LARGEST_QUEUE,
    )
