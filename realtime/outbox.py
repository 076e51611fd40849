"""What one socket still has to get, and how much of it may pile up.

With our WebSocket server, ready frames go straight to the transport (`RawOutbox`). A server
without that extension (daphne under runserver) gets plain sends from a bounded queue
(`QueueOutbox`): correct, slower. A socket that lags loses volatile events first; when it lags
too far it is closed with 4001 and catches up after it has connected again.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from realtime.envelope import CloseCode, text_frame
from realtime.posts import Batch, Post
from realtime.uring import Ring

VOLATILE_LIMIT_BYTES = 64 * 1024  # who lags has no use for who is typing
DURABLE_LIMIT_BYTES = 1024 * 1024
ABORT_AFTER_SECONDS = 5  # a peer that does not read will not read the close frame either


class RawTransport(Protocol):
    """What server.py offers in `scope["extensions"]["websocket.raw"]`."""

    def write_frames(self, frames: bytes | memoryview) -> None: ...

    def buffer_size(self) -> int: ...

    def enter(self, ring: Ring) -> int | None: ...

    def leave(self) -> None: ...

    def close_with(self, code: int, reason: str) -> None: ...

    def allow(self, largest: int) -> None: ...

    def abort(self) -> None: ...


class RawOutbox:
    __slots__ = ("closing", "dropped", "loop", "place", "raw", "replies")

    def __init__(self, raw: RawTransport, ring: Ring | None = None) -> None:
        self.raw = raw
        self.place = raw.enter(ring) if ring else None
        self.loop = asyncio.get_running_loop()
        self.replies: list[bytes] = []
        self.closing = False
        self.dropped = 0

    def waiting_bytes(self) -> int:
        return self.raw.buffer_size()

    def reply(self, payload: bytes) -> None:
        """Replies of one turn of the loop leave in one write."""
        if not self.replies:
            self.loop.call_soon(self._flush)
        self.replies.append(text_frame(payload))

    def write(self, batch: Batch) -> None:
        if self.raw.buffer_size() <= VOLATILE_LIMIT_BYTES:
            self.raw.write_frames(batch.frames)
            return
        self.dropped += len(batch.posts) - len(batch.durable.posts)
        self._write_to_lagging(batch.durable.frames)

    def write_rest(self, frames: memoryview) -> None:
        """What is left of frames that a ring has begun to send."""
        self.raw.write_frames(frames)

    def close(self, code: int, reason: str = "") -> None:
        if self.closing:
            return
        self.closing = True
        self._flush()
        self.raw.close_with(code, reason)
        self.loop.call_later(ABORT_AFTER_SECONDS, self.raw.abort)

    def end(self) -> None:
        """The socket is gone."""
        self.raw.leave()

    def _flush(self) -> None:
        frames, self.replies = b"".join(self.replies), []
        self._write_to_lagging(frames)

    def _write_to_lagging(self, frames: bytes) -> None:
        if self.raw.buffer_size() <= DURABLE_LIMIT_BYTES:
            self.raw.write_frames(frames)
        else:
            self.close(CloseCode.TOO_FAR_BEHIND)


class QueueOutbox:
    """One task per socket sends what is queued, in order."""

    place = None

    def __init__(self, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self.send = send
        self.queue: deque[Post] = deque()
        self.waiting = 0  # bytes in the queue
        self.closing: tuple[int, str] | None = None
        self.ready = asyncio.Event()
        self.dropped = 0
        self.task = asyncio.create_task(self._drain())

    def waiting_bytes(self) -> int:
        return self.waiting

    def reply(self, payload: bytes) -> None:
        self._put([Post(payload)])

    def write(self, batch: Batch) -> None:
        if self.waiting > VOLATILE_LIMIT_BYTES:
            self.dropped += len(batch.posts) - len(batch.durable.posts)
            batch = batch.durable
        self._put(batch.posts)

    def close(self, code: int, reason: str = "") -> None:
        self.closing = self.closing or (int(code), reason)  # daphne takes no IntEnum
        self.ready.set()

    def end(self) -> None:
        """The socket is gone."""
        self.task.cancel()

    def _put(self, posts: Sequence[Post]) -> None:
        if self.waiting > DURABLE_LIMIT_BYTES:
            self.queue.clear()
            self.waiting = 0
            self.close(CloseCode.TOO_FAR_BEHIND)
        elif not self.closing:
            self.queue.extend(posts)
            self.waiting += sum(len(post.payload) for post in posts)
            self.ready.set()

    async def _drain(self) -> None:
        while not self.closing or self.queue:
            await self.ready.wait()
            self.ready.clear()
            while self.queue:
                post = self.queue.popleft()
                self.waiting -= len(post.payload)
                content: Any = post.payload if post.binary else post.payload.decode()
                kind = "bytes" if post.binary else "text"
                await self.send({"type": "websocket.send", kind: content})
        code, reason = self.closing
        await self.send({"type": "websocket.close", "code": code, "reason": reason})


class ClosedOutbox:
    """Of a socket that is not open yet: nobody hears."""

    closing = True
    dropped = 0
    place = None

    def waiting_bytes(self) -> int:
        return 0

    def reply(self, payload: bytes) -> None:
        pass

    def write(self, batch: Batch) -> None:
        pass

    def close(self, code: int, reason: str = "") -> None:
        pass

    def end(self) -> None:
        pass


Outbox = RawOutbox | QueueOutbox | ClosedOutbox
