"""A TCP proxy that plays a bad network: it delays, throttles, black-holes, cuts and resets.

A black hole keeps what it swallows and lets it out when it is mended, as retransmission does. A
`Snare` waits for the COMMIT of a transaction that touched one table, and strikes at that moment.
"""

import asyncio
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal, Self

CHUNK_BYTES = 64 * 1024
CONNECT_SECONDS = 2

COMMIT = b"COMMIT"


@dataclass(slots=True)
class Snare:
    """Breaks the link at a COMMIT, before it arrived or after it was done but not yet reported."""

    table: bytes
    moment: Literal["before", "after"]
    strike: Callable[[], None] = lambda: None
    times: int = 1
    struck: asyncio.Event = field(default_factory=asyncio.Event)

    def is_done(self) -> bool:
        return self.times <= 0

    def spring(self) -> None:
        self.times -= 1
        self.strike()
        if self.is_done():
            self.struck.set()


@dataclass(slots=True)
class Way:
    """One direction of one connection."""

    writer: asyncio.StreamWriter
    due: float = 0.0
    swallowed: list[bytes] = field(default_factory=list)


class Link:
    """One connection through the proxy: `up` leads to the target, `down` back."""

    def __init__(self, client: asyncio.StreamWriter, target: asyncio.StreamWriter) -> None:
        self.up, self.down = Way(target), Way(client)
        self.touched = False
        self.snared = False
        self.ended_by_target: float | None = None

    def close(self) -> None:
        self.up.writer.close()
        self.down.writer.close()

    def reset(self) -> None:
        """RST instead of FIN, and what was on its way is gone."""
        for way in (self.up, self.down):
            raw = way.writer.get_extra_info("socket")
            if raw is not None and raw.fileno() >= 0:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            way.writer.transport.abort()


class Proxy:
    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.links: set[Link] = set()
        self.delay_seconds = 0.0
        self.bytes_per_second: float | None = None
        self.holes: set[Literal["up", "down"]] = set()
        self.refusing = False
        self.snare: Snare | None = None
        self.port = 0

    async def start(self) -> Self:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, backlog=2048)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def stop(self) -> None:
        self.server.close()
        self.reset()

    # --- faults ---

    def black_hole(self, *ways: Literal["up", "down"]) -> None:
        self.holes = set(ways or ("up", "down"))

    def cut(self) -> None:
        for link in list(self.links):
            link.close()

    def reset(self) -> None:
        for link in list(self.links):
            link.reset()

    def mend(self) -> None:
        self.delay_seconds, self.bytes_per_second, self.refusing = 0.0, None, False
        self.snare = None
        self.holes = set()
        for link in list(self.links):
            for way in (link.up, link.down):
                swallowed, way.swallowed = way.swallowed, []
                for data in swallowed:
                    self._pass_on(way, data)

    # --- traffic ---

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refusing:
            writer.transport.abort()
            return
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                back, ahead = await asyncio.open_connection("127.0.0.1", self.target_port)
        except (OSError, TimeoutError):
            writer.transport.abort()
            return
        link = Link(writer, ahead)
        self.links.add(link)
        try:
            await asyncio.gather(
                self._pump(link, reader, up=True), self._pump(link, back, up=False)
            )
        finally:
            self.links.discard(link)
            link.close()

    async def _pump(self, link: Link, reader: asyncio.StreamReader, *, up: bool) -> None:
        way = link.up if up else link.down
        try:
            while data := await reader.read(CHUNK_BYTES):
                if not self._is_snared(link, data, up=up):
                    self._take(way, data, up=up)
        except OSError:
            pass
        if not up:
            link.ended_by_target = monotonic()
        if not self.holes:
            self._at(way, way.writer.close)

    def _take(self, way: Way, data: bytes, *, up: bool) -> None:
        if ("up" if up else "down") in self.holes:
            way.swallowed.append(data)
        else:
            self._pass_on(way, data)

    def _pass_on(self, way: Way, data: bytes) -> None:
        way.due = max(way.due, monotonic() + self.delay_seconds)
        if self.bytes_per_second:
            way.due += len(data) / self.bytes_per_second
        self._at(way, way.writer.write, data)

    def _at(self, way: Way, call: Callable[..., None], *arguments: bytes) -> None:
        wait = way.due - monotonic()
        if wait > 0:
            asyncio.get_running_loop().call_later(wait, call, *arguments)
        elif not way.writer.is_closing():
            call(*arguments)

    def _is_snared(self, link: Link, data: bytes, *, up: bool) -> bool:
        """Whether this piece of traffic was the moment, and is not to be passed on."""
        snare = self.snare
        if snare is None or snare.is_done():
            return False
        if up:
            link.touched = link.touched or snare.table in data
            if not (link.touched and COMMIT in data):
                return False
            link.touched, link.snared = False, True
        if not link.snared or (up and snare.moment == "after"):
            return False
        link.snared = False
        snare.spring()
        link.reset()
        return True
