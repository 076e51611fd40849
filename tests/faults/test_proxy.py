"""The proxy does to traffic what it is told to do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import pytest

from tests.faults.proxy import Proxy, Snare

PATIENCE_SECONDS = 30


class Pair:
    """A client of an echo server, with the proxy between them."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def say(self, text: bytes) -> bytes:
        self.writer.write(text)
        return await self.hear(len(text))

    async def hear(self, count: int) -> bytes:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self.reader.readexactly(count)


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(1024):
            writer.write(data)
    except ConnectionError:
        pass
    finally:
        writer.close()


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[Proxy, Pair]]:
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    proxy = await Proxy(server.sockets[0].getsockname()[1]).start()
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    try:
        yield proxy, Pair(reader, writer)
    finally:
        writer.close()
        await proxy.stop()
        server.close()


async def test_good_weather_changes_nothing() -> None:
    async with connected() as (_, pair):
        assert await pair.say(b"hello") == b"hello"


async def test_delay_adds_to_both_ways() -> None:
    async with connected() as (proxy, pair):
        proxy.delay_seconds = 0.05
        began = monotonic()
        assert await pair.say(b"hello") == b"hello"
        assert monotonic() - began >= 0.1


async def test_a_black_hole_swallows_until_it_is_mended() -> None:
    async with connected() as (proxy, pair):
        assert await pair.say(b"before") == b"before"
        proxy.black_hole("down")
        pair.writer.write(b"inside")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await pair.reader.read(1)
        proxy.mend()
        assert await pair.hear(6) == b"inside"


async def test_a_reset_is_no_polite_end() -> None:
    async with connected() as (proxy, pair):
        await pair.say(b"hello")
        proxy.reset()
        with pytest.raises(ConnectionResetError):
            await pair.hear(1)


async def test_a_cut_is_an_end() -> None:
    async with connected() as (proxy, pair):
        await pair.say(b"hello")
        proxy.cut()
        with pytest.raises(asyncio.IncompleteReadError):
            await pair.hear(1)


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_snare_strikes_at_the_commit_that_it_waits_for(moment: str) -> None:
    async with connected() as (proxy, pair):
        snare = proxy.snare = Snare(b"messages", moment)  # type: ignore[arg-type]
        assert await pair.say(b"COMMIT of others") == b"COMMIT of others"
        assert await pair.say(b"INSERT messages") == b"INSERT messages"
        assert not snare.struck.is_set()
        with pytest.raises(ConnectionResetError):
            await pair.say(b"COMMIT")
        assert snare.struck.is_set()
