"""Clients that stop reading, or read a trickle: they cost little, and nobody waits for them."""

import asyncio
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from time import monotonic

from tests.faults.figures import percentile
from tests.faults.stage import Stage, until
from tests.faults.world import Lane

STUCK_READERS = 10
BUFFER_BYTES = 4096
FLOOD_TEXT_BYTES = 15_000
FLOOD_SECONDS = 12
MEGABYTE = 2**20

SLOW_READERS = 50
SLOW_TEXT_BYTES = 2_000
SOAK_SECONDS = 120
SAMPLE_SECONDS = 2
TRICKLE_BYTES, TRICKLE_SECONDS = 512, 0.25


async def readers_that_stop(stage: Stage) -> None:
    """They are freed within 20 s, cost 2 MB each at most, and nobody else waits for them."""
    lane, crew = stage.world.lanes[0], stage.crew
    before, sockets = lane.worker.memory_bytes(), lane.worker.count_sockets()
    names = list(stage.world.people)[:STUCK_READERS]
    with ExitStack() as stack:
        for name in names:
            stack.enter_context(_silent(lane, stage.world.people[name][1]))
        began, most = monotonic(), before
        crew.padding = FLOOD_TEXT_BYTES // 2
        while monotonic() - began < FLOOD_SECONDS:
            await asyncio.sleep(0.2)
            most = max(most, lane.worker.memory_bytes())
        crew.padding = 0
        await until(lambda: lane.worker.count_sockets() <= sockets, 60)
        freed = monotonic() - began
    stage.figures.expect("all freed", freed, 20)
    stage.figures.expect("memory each", (most - before) / STUCK_READERS / MEGABYTE, 2, "MB")
    meanwhile = percentile(stage.delivery_since(began), 0.99)
    stage.figures.expect("delivery p99 of the others", meanwhile, 1)


async def slow_readers_for_two_minutes(stage: Stage) -> None:
    """They come back whenever they are closed: memory and descriptors stay flat all the same."""
    lane, crew = stage.world.lanes[0], stage.crew
    names = list(stage.world.people)[:SLOW_READERS]
    began = monotonic()
    readers = [asyncio.create_task(_trickle(lane, stage.world.people[n][1])) for n in names]
    crew.padding = SLOW_TEXT_BYTES
    memory, descriptors = [], []
    while monotonic() - began < SOAK_SECONDS:
        await asyncio.sleep(SAMPLE_SECONDS)
        memory.append(lane.worker.memory_bytes() / MEGABYTE)
        descriptors.append(lane.worker.count_descriptors())
    crew.padding = 0
    for reader in readers:
        reader.cancel()
    closed = sum(await asyncio.gather(*readers))
    stage.figures.tell(f"{len(names)} readers of {TRICKLE_BYTES / TRICKLE_SECONDS:.0f} bytes/s")
    stage.figures.tell(f"closed {closed} times")
    stage.figures.expect("memory grew", _growth(memory), 10, "MB")
    stage.figures.expect("descriptors grew", _growth(descriptors), 10, "")
    meanwhile = percentile(stage.delivery_since(began), 0.99)
    stage.figures.expect("delivery p99 of the others", meanwhile, 1)


def _growth(samples: list[float] | list[int]) -> float:
    """From the second quarter, when everything is warm, to the last one."""
    quarter = len(samples) // 4
    return max(samples[-quarter:]) - max(samples[quarter : 2 * quarter])


async def _trickle(lane: Lane, token: str) -> int:
    """Reads a little at a time until cancelled; how often it was closed."""
    closed = 0
    with suppress(asyncio.CancelledError):
        while True:
            await asyncio.sleep(TRICKLE_SECONDS)
            with suppress(OSError), _silent(lane, token) as raw:
                raw.setblocking(False)
                while await asyncio.get_running_loop().sock_recv(raw, TRICKLE_BYTES):
                    await asyncio.sleep(TRICKLE_SECONDS)
            closed += 1
    return closed


@contextmanager
def _silent(lane: Lane, token: str) -> Iterator[socket.socket]:
    """A socket that is logged in and reads nothing, in a window as small as the kernel allows."""
    with socket.socket() as raw:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
        raw.connect(("127.0.0.1", lane.worker.port))
        raw.sendall(
            b"GET /ws/chat/ HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            b"Authorization: Bearer " + token.encode() + b"\r\n\r\n"
        )
        yield raw
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
