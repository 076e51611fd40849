"""Stand-ins for what the units of realtime lean on: a socket that notes what it is given, a clock
that is moved by hand, a transport whose peer does not read."""

import json
from collections.abc import Iterator
from typing import Any

from realtime.frames import Event, Frame
from realtime.hub import Hub
from realtime.posts import Batch, Control, Post
from realtime.relay import Relay


class Number(Frame):
    n: int


class Happened(Event):
    data: Number


class Flickered(Event):
    volatile = True
    data: Number


def post(n: int, *, skip: tuple[int | str, ...] = ()) -> Post:
    """A durable post that carries the version `n`."""
    return Post.of(Happened(Number(n=n)), n, skip)


def unversioned(n: int) -> Post:
    return Post.of(Happened(Number(n=n)))


def flicker(n: int) -> Post:
    """A volatile post."""
    return Post.of(Flickered(Number(n=n)))


class NotedOutbox:
    """Each write is a list of the numbers that it held."""

    place = None

    def __init__(self) -> None:
        self.writes: list[list[int]] = []

    def write(self, batch: Batch) -> None:
        self.writes.append([json.loads(each.payload)["data"]["n"] for each in batch.posts])


class NotedSocket:
    def __init__(self, user_id: int) -> None:
        self.user_id = user_id
        self.connection = f"of-{user_id}"
        self.topics: set[str] = set()
        self.outbox = NotedOutbox()

    @property
    def got(self) -> list[int]:
        return [n for write in self.outbox.writes for n in write]


def noted_socket(user_id: int = 1) -> Any:
    """What the hub needs of a socket."""
    return NotedSocket(user_id)


def lonely_hub() -> Hub:
    """The hub of a process that serves alone."""

    def nobody(*_: Any) -> None:
        raise AssertionError("nothing comes from other workers")

    return Hub(Relay(nobody, nobody, nobody))


def control(name: str) -> Control:
    return Control(name, {"n": 1})


def frames_in(written: bytes) -> Iterator[tuple[int, bytes]]:
    """The (opcode, payload) of each unmasked WebSocket frame in a row of them."""
    while written:
        opcode, length, start = written[0] & 0x0F, written[1], 2
        if length == 126:
            length, start = int.from_bytes(written[2:4], "big"), 4
        elif length == 127:
            length, start = int.from_bytes(written[2:10], "big"), 10
        yield opcode, written[start : start + length]
        written = written[start + length :]
