"""The room of a space and how one moves in it: walls, furniture, where lights appear. Pure.

Units are pixels of a room of 960 × 640; x grows to the right, y downwards. A piece of furniture is
named by the left upper corner of its floor. The browser predicts with the same rules
(frontend/spaces/room.ts); tests/wire/spaces-walks.json holds both to them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from math import hypot
from typing import Literal, NamedTuple

WIDTH, HEIGHT = 960, 640
WALL_TOP, WALL = 96, 24  # the paper doors at the back stand tall; the others are seen from above
BODY = 14  # how near the middle of somebody comes to a wall
REACH = 30  # from the middle of somebody to a light
SPEED = 220  # units a second
BURST_SECONDS = 0.35  # what the network may hold back and deliver at once
LIGHTS = 8
FIRST_LIGHT = 1_000  # ids of objects: furniture below, lights from here on
TRIES = 64

Kind = Literal["table", "cushion", "screen", "chest", "plant"]


class Size(NamedTuple):
    width: int
    height: int
    solid: bool = True


SIZES: dict[Kind, Size] = {
    "table": Size(128, 72),
    "cushion": Size(40, 32, solid=False),
    "screen": Size(144, 20),
    "chest": Size(88, 40),
    "plant": Size(36, 36),
}


class Piece(NamedTuple):
    kind: Kind
    x: int
    y: int

    @property
    def box(self) -> "Box":
        size = SIZES[self.kind]
        return Box(self.x, self.y, self.x + size.width, self.y + size.height)


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Inside, not on the edge."""
        return self.left < x < self.right and self.top < y < self.bottom

    def grown(self, by: float) -> "Box":
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def covers(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


Point = tuple[float, float]

FLOOR = Box(WALL, WALL_TOP, WIDTH - WALL, HEIGHT - WALL)
# Where the middle of somebody may be.
WALKED = FLOOR.grown(-BODY)
# Newcomers stand here; no furniture does.
ENTRANCE = Box(WIDTH / 2 - 96, HEIGHT - WALL - 96, WIDTH / 2 + 96, HEIGHT - WALL)

USUAL = (
    Piece("screen", 96, 176),
    Piece("chest", 824, 104),
    Piece("chest", 720, 104),
    Piece("plant", 40, 112),
    Piece("plant", 884, 564),
    Piece("table", 208, 288),
    Piece("cushion", 160, 308),
    Piece("cushion", 344, 308),
    Piece("cushion", 252, 248),
    Piece("table", 624, 328),
    Piece("cushion", 576, 348),
    Piece("cushion", 760, 348),
    Piece("cushion", 668, 408),
    Piece("screen", 112, 480),
    Piece("plant", 464, 232),
)


@dataclass(frozen=True)
class Room:
    """The space of one channel, furnished."""

    channel: int
    furniture: tuple[Piece, ...] = USUAL

    @cached_property
    def blocks(self) -> tuple[Box, ...]:
        """Where the middle of somebody cannot be."""
        return tuple(p.box.grown(BODY) for p in self.furniture if SIZES[p.kind].solid)

    def is_free(self, x: float, y: float) -> bool:
        inside = WALKED.left <= x <= WALKED.right and WALKED.top <= y <= WALKED.bottom
        return inside and not any(block.holds(x, y) for block in self.blocks)

    def walk(self, x: float, y: float, dx: float, dy: float) -> Point:
        """First sideways, then up or down, each as far as nothing stands in the way."""
        spans = [(b.left, b.right) for b in self.blocks if b.top < y < b.bottom]
        x = _go(x, x + dx, spans, WALKED.left, WALKED.right)
        spans = [(b.top, b.bottom) for b in self.blocks if b.left < x < b.right]
        return x, _go(y, y + dy, spans, WALKED.top, WALKED.bottom)

    def light(self, light: int) -> Point:
        """Where a light appears: the same for everybody who knows its number. Eight in a row are
        spread over eight parts of the floor."""
        down, across = divmod(light % LIGHTS, LIGHTS // 2)
        width, height = (WALKED.right - WALKED.left) / 4, (WALKED.bottom - WALKED.top) / 2
        left, top = WALKED.left + across * width, WALKED.top + down * height
        part = Box(left, top, left + width, top + height).grown(-BODY)
        return self._first_free(f"{self.channel}:{light}", part)

    def entrance(self, player: int) -> Point:
        return self._first_free(f"{self.channel}:{player}", ENTRANCE.grown(-BODY))

    def settle(self, x: float, y: float) -> Point:
        """The same place, or the nearest free one beside what has been put there."""
        if self.is_free(x, y):
            return x, y
        around = [spot for b in self.blocks if b.holds(x, y) for spot in _edges(b, x, y)]
        free = [spot for spot in around if self.is_free(*spot)]
        return min(free, key=lambda spot: hypot(spot[0] - x, spot[1] - y), default=MIDDLE_OF_DOOR)

    def _first_free(self, name: str, box: Box) -> Point:
        spots = (spot for spot in _spots(name, box) if self.is_free(*spot))
        return next(spots, MIDDLE_OF_DOOR)


MIDDLE_OF_DOOR: Point = (WIDTH / 2, HEIGHT - WALL - 48)


def _go(
    start: float, end: float, spans: Iterable[tuple[float, float]], low: float, high: float
) -> float:
    """From start towards end; nothing is jumped over, however long the step."""
    end = min(max(end, low), high)
    for near, far in spans:
        if start <= near < end:
            end = near
        elif end < far <= start:
            end = far
    return end


def _edges(block: Box, x: float, y: float) -> Iterator[Point]:
    yield from ((block.left, y), (block.right, y), (x, block.top), (x, block.bottom))


def _spots(name: str, box: Box) -> Iterator[Point]:
    """Places in the box that anybody finds again by the name, in whole numbers."""
    for attempt in range(TRIES):
        dice = int.from_bytes(blake2b(f"{name}:{attempt}".encode(), digest_size=8).digest())
        across, down = divmod(dice, 2**32)
        yield (
            round(box.left + (box.right - box.left) * across / 2**32),
            round(box.top + (box.bottom - box.top) * down / 2**32),
        )
