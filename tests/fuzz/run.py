"""A run over many frames: what was told, what went wrong, how the memory grew."""

import asyncio
import gc
import logging
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from time import monotonic

from realtime.database import in_database
from tests.fuzz.frames import Frames
from tests.fuzz.socket import Socket, refs
from tests.fuzz.world import World

CHUNK = 100  # fewer than a queue without the raw write may hold
CHUNKS_PER_SOCKET = 20
SOCKETS = 4  # at once
ROOMS_LAST_FRAMES = 10_000
MESSAGES_KNOWN = 60
PAGE_KIB = 4


@dataclass
class Figures:
    frames: int = 0
    seconds: float = 0
    codes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    memory_mib: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        told = ", ".join(f"{code} {number:,}" for code, number in self.codes.most_common())
        memory = " → ".join(f"{size:.0f}" for size in self.memory_mib)
        rate = self.frames / self.seconds
        return (
            f"{self.frames:,} frames in {self.seconds:.0f} s ({rate:,.0f}/s); told: {told};"
            f" internal {self.codes['internal']}, faults {len(self.faults)}; MiB: {memory}"
        )


class Faults(logging.Handler):
    """Whatever is logged as an error is one."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(self.format(record))


async def fuzz(frames: int, seed: int) -> Figures:
    figures, faults = Figures(), Faults()
    gc.collect()  # what other tests left behind may be told of when it goes
    logging.getLogger().addHandler(faults)
    logging.disable(logging.WARNING)  # pytest keeps every line in memory
    try:
        await _fuzz(figures, frames, Random(seed))
    finally:
        logging.disable(logging.NOTSET)
        logging.getLogger().removeHandler(faults)
    figures.faults += faults.found
    return figures


async def _fuzz(figures: Figures, frames: int, random: Random) -> None:
    world, begin, rooms = World(), monotonic(), -1
    await in_database(world.make_people)
    maker = Frames(random, world)
    while figures.frames < frames:
        if figures.frames // ROOMS_LAST_FRAMES != rooms:
            rooms = figures.frames // ROOMS_LAST_FRAMES
            await in_database(world.make_rooms)
        sockets = [Socket(random.choice(world.tokens)) for _ in range(SOCKETS)]
        await asyncio.gather(*(_use(socket, figures, maker) for socket in sockets))
        if figures.frames * 5 // frames >= len(figures.memory_mib):
            figures.memory_mib.append(memory_mib())
    figures.seconds = monotonic() - begin


async def _use(socket: Socket, figures: Figures, maker: Frames) -> None:
    for _ in range(CHUNKS_PER_SOCKET):
        if not socket.closed:
            await _chunk(socket, figures, maker)
    if not socket.closed:
        await socket.close()
    figures.codes += socket.codes
    known = maker.world.messages
    known[:] = [*known, *socket.messages][-MESSAGES_KNOWN:]


async def _chunk(socket: Socket, figures: Figures, maker: Frames) -> None:
    made = [(ref, *maker.next(ref)) for ref in islice(refs, CHUNK)]
    made.insert(0, (next(refs), socket.log_in(), False))  # the last chunk may have logged out
    figures.frames -= socket.handled
    await socket.feed([frame for _, frame, _ in made])
    figures.frames += socket.handled
    for ref, frame, is_request in made:
        answers = socket.replies.pop(ref, 0)
        if answers > 1 or (is_request and not answers and not socket.closed):
            figures.faults.append(f"{answers} replies to {frame!r}")


def memory_mib() -> float:
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_KIB / 1024
