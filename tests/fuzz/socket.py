"""The real consumer in this process, without a network."""

import asyncio
import json
from collections import Counter
from itertools import count
from typing import Any

from chat.consumers import ChatConsumer

application: Any = ChatConsumer.as_asgi()

PATIENCE_SECONDS = 120
SENTINEL = "fuzz sentinel"


class Socket:
    """One consumer. `replies` counts by ref; `codes` counts the errors that were told."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.handled = 0
        self.replies: Counter[int] = Counter()
        self.codes: Counter[str] = Counter()
        self.messages: list[int] = []
        self.closed = False
        self.sentinel: asyncio.Future[None] | None = None
        scope = {
            "type": "websocket",
            "path": "/ws/chat/",
            "headers": [(b"host", b"localhost"), (b"authorization", f"Bearer {token}".encode())],
            "client": ("127.0.0.1", 1),
        }
        self.inbox.put_nowait({"type": "websocket.connect"})
        self.task = asyncio.create_task(application(scope, self.receive, self.send))

    async def feed(self, frames: list[str | bytes]) -> None:
        """Hands these over and waits until all of them are answered, or the socket is closed."""
        for frame in frames:
            key = "text" if isinstance(frame, str) else "bytes"
            self.inbox.put_nowait({"type": "websocket.receive", key: frame})
        self.sentinel = asyncio.get_running_loop().create_future()
        ping = json.dumps({"event": "ping", "ref": 0, "data": SENTINEL})
        self.inbox.put_nowait({"type": "websocket.receive", "text": ping})
        await self._wait_for(self.sentinel)
        if self.task.done():
            self.task.result()  # what escaped the consumer fails the run here

    async def _wait_for(self, sentinel: asyncio.Future[None]) -> None:
        """Second by second: a process that was stopped for minutes has lost one of them."""
        for _ in range(PATIENCE_SECONDS):
            done, _rest = await asyncio.wait(
                [sentinel, self.task], timeout=1, return_when=asyncio.FIRST_COMPLETED
            )
            if done:
                return
        raise TimeoutError

    def log_in(self) -> str:
        return json.dumps({"event": "login", "data": {"token": self.token}})

    async def close(self) -> None:
        self.inbox.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await self.task

    async def receive(self) -> dict[str, Any]:
        message = {"type": "websocket.disconnect"} if self.closed else await self.inbox.get()
        self.handled += message["type"] == "websocket.receive"
        return message

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.send":
            self.take(json.loads(message["text"]))
        elif message["type"] == "websocket.close":
            self.closed = True
            self.inbox.put_nowait({"type": "websocket.disconnect"})

    def take(self, frame: dict[str, Any]) -> None:
        if frame.get("data") == SENTINEL and self.sentinel and not self.sentinel.done():
            self.sentinel.set_result(None)
            self.handled -= 1
            return
        told = frame.get("error") or (frame.get("event") == "error" and frame["data"])
        if told:
            self.codes[told["code"]] += 1
        if "reply" in frame:
            self.replies[frame["reply"]] += 1
            self.note_message(frame.get("data"))

    def note_message(self, data: Any) -> None:
        message = data.get("message") if isinstance(data, dict) else None
        if isinstance(message, dict) and "position" in message:
            self.messages.append(message["id"])


refs = count(1)
