"""A thin client that knows only the wire protocol, for tests that come in through the door.

async with connect(server.socket_url) as alice:
    await alice.login("alice")
    reply = await alice.request("send-message", channel=1, text="hi", client_id="a")
    message = await bob.next_event("new-message")
    await charlie.prove_silence()
"""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as websocket_connect
from websockets.exceptions import ConnectionClosed

PASSWORD = "maru-demo"
PATIENCE_SECONDS = 30


class ProtocolError(Exception):
    """The server's answer was an error: `code` and, where given, `fields` and `retry_after`."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error['code']}: {error.get('message')} {error.get('fields') or ''}")
        self.body = error
        self.code: str = error["code"]
        self.fields: dict[str, str] = error.get("fields") or {}
        self.retry_after: float | None = error.get("retry_after")
        self.incident: str | None = error.get("incident")


class Client:
    """One socket. Replies go to who asked; events wait, in order, until they are asked for."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.events: list[tuple[str, Any]] = []
        self.hello: Any = None
        self.close_code: int | None = None
        self._refs = itertools.count(1)
        self._replies: dict[int, asyncio.Future[Any]] = {}
        self._arrived = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    async def login(self, username: str, password: str = PASSWORD) -> Any:
        """Log in with a password, wait for `ready`, return its data."""
        await self.request("login", username=username, password=password)
        return await self.next_event("ready")

    async def login_with_token(self, token: str) -> Any:
        await self.request("login", token=token)
        return await self.next_event("ready")

    async def request(self, event: str, **data: Any) -> Any:
        """Send a request and return the data of its reply; an error raises ProtocolError."""
        return await self.reply_to(await self.send(event, **data))

    async def send(self, event: str, **data: Any) -> int:
        """Send a request without waiting; `reply_to` takes the number that this returns."""
        ref = next(self._refs)
        self._replies[ref] = asyncio.get_running_loop().create_future()
        await self.send_text(json.dumps({"event": event, "ref": ref, "data": data}))
        return ref

    async def reply_to(self, ref: int) -> Any:
        async with asyncio.timeout(PATIENCE_SECONDS):
            frame = await self._replies[ref]
        del self._replies[ref]
        if "error" in frame:
            raise ProtocolError(frame["error"])
        return frame["data"]

    async def send_text(self, frame: str | bytes) -> None:
        """Send anything at all, for tests of what must not be sent."""
        await self.connection.send(frame)

    async def next_event(self, name: str) -> Any:
        """The data of the first waiting or coming event of that name; others stay in line."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._arrived:
            while True:
                for index, (event, data) in enumerate(self.events):
                    if event == name:
                        del self.events[index]
                        return data
                if self._reading.done():
                    raise ConnectionError(f"closed with {self.close_code}, no {name} came")
                await self._arrived.wait()

    async def until(self, ready: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
        """Until what has come makes it so."""
        async with asyncio.timeout(seconds), self._arrived:
            await self._arrived.wait_for(ready)

    async def prove_silence(self, *names: str) -> None:
        """Assert that nothing came (or nothing of those names): the reply to a ping is next."""
        await self.request("ping")
        unexpected = [event for event in self.events if not names or event[0] in names]
        assert not unexpected, f"expected silence, got {unexpected}"

    async def closed(self) -> int | None:
        """Wait until the server has closed the socket; its close code."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.wait([self._reading])
        return self.close_code

    async def close(self) -> None:
        await self.connection.close()
        await self._reading

    def drop(self) -> None:
        """Break the line without a goodbye, as a lost network does."""
        self.connection.transport.abort()

    async def _read(self) -> None:
        try:
            async for frame in self.connection:
                await self._take(json.loads(frame))
        except ConnectionClosed:
            pass
        finally:
            self.close_code = self.connection.close_code
            await self._give_up()

    async def _take(self, frame: dict[str, Any]) -> None:
        if "reply" in frame:
            self._replies[frame["reply"]].set_result(frame)
            return
        async with self._arrived:
            self.events.append((frame["event"], frame["data"]))
            self._arrived.notify_all()

    async def _give_up(self) -> None:
        lost = ConnectionError(f"closed with {self.close_code} before the reply")
        for reply in self._replies.values():
            if not reply.done():
                reply.set_exception(lost)
        async with self._arrived:
            self._arrived.notify_all()


@asynccontextmanager
async def connect(
    url: str,
    *,
    token: str = "",
    origin: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> AsyncIterator[Client]:
    """Open a socket and take its `hello`; refused handshakes raise websockets' InvalidStatus."""
    extra = dict(headers or {})
    if token:
        extra["Authorization"] = f"Bearer {token}"
    async with websocket_connect(
        url,
        additional_headers=extra,
        origin=origin,  # type: ignore[arg-type]
        compression=None,
        max_size=None,
        open_timeout=PATIENCE_SECONDS,
        proxy=None,
    ) as connection:
        client = Client(connection)
        client.hello = await client.next_event("hello")
        try:
            yield client
        finally:
            await client.close()
