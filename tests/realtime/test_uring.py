"""One system call to many sockets: everything arrives, and nothing at who got a closed one's
descriptor."""

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from realtime import uring
from realtime.outbox import RawOutbox
from realtime.posts import Batch
from realtime.room import Room
from realtime.uring import Ring
from tests.realtime.kit import post

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    """A small one, so that tests come around its end."""
    monkeypatch.setattr(uring, "ENTRIES", 8)
    monkeypatch.setattr(uring, "LARGEST_TABLE", 32)
    made = Ring.open()
    if made is None:
        pytest.skip("The kernel, or the container, offers no io_uring.")
    yield made
    made.close()


@pytest.fixture
def pairs() -> Iterator[list[Pair]]:
    with ExitStack() as open_ones:
        found = [socket.socketpair() for _ in range(20)]
        for one in (end for pair in found for end in pair):
            one.setblocking(False)
            open_ones.enter_context(one)
        yield found


def places_of(ring: Ring, pairs: list[Pair]) -> list[int]:
    found = [ring.add(ours.fileno()) for ours, _ in pairs]
    return [place for place in found if place is not None]


def test_everybody_gets_the_same_bytes_round_after_round(ring: Ring, pairs: list[Pair]) -> None:
    places = places_of(ring, pairs)
    for number in range(9):  # 180 sends through a ring of 8
        data = f"number {number}".encode()
        assert ring.send(places, data) == []
        assert {theirs.recv(100) for _, theirs in pairs} == {data}


def test_counting_goes_on_when_the_kernel_begins_anew(ring: Ring, pairs: list[Pair]) -> None:
    places = places_of(ring, pairs)
    ring.send(places, b"one")
    assert ring.sent == len(pairs)
    assert ring.queues[ring.tail] == ring.queues[ring.head] == ring.queues[ring.done_tail]


def test_who_is_full_says_how_much_it_took(ring: Ring, pairs: list[Pair]) -> None:
    places = places_of(ring, pairs)
    slow = 3
    pairs[slow][0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
    data = bytes(range(256)) * 200
    [(at, took)] = ring.send(places, data)
    assert at == slow
    assert 0 < took < len(data)
    assert ring.send([places[slow]], b"more") == [(0, 0)]
    received = b"".join(iter(lambda: _read(pairs[slow][1]), b""))
    assert received == data[:took]


def _read(one: socket.socket) -> bytes:
    try:
        return one.recv(100_000)
    except BlockingIOError:
        return b""


def test_a_closed_ones_descriptor_never_gets_what_was_meant_for_it(
    ring: Ring, pairs: list[Pair]
) -> None:
    ours, theirs = pairs[0]
    place = ring.add(ours.fileno())
    assert place is not None
    ring.empty(place)
    stranger, strangers_peer = socket.socketpair()
    with stranger, strangers_peer:
        os.dup2(stranger.fileno(), ours.fileno())  # closes ours; its number is the stranger's
        theirs.settimeout(30)  # kernels let go a moment later
        assert theirs.recv(1) == b"", "the ring has let it go"
        assert ring.send([place], b"secret") == [(0, 0)]
        for end in (stranger, strangers_peer):
            end.setblocking(False)
            assert _read(end) == b""


def test_a_place_is_used_again_when_no_room_knows_it(ring: Ring, pairs: list[Pair]) -> None:
    first = ring.add(pairs[0][0].fileno())
    assert first is not None
    ring.empty(first)
    assert ring.add(pairs[1][0].fileno()) != first
    ring.free(first)
    assert ring.add(pairs[2][0].fileno()) == first
    ring.send([first], b"hello")
    assert [_read(theirs) for _, theirs in pairs[:3]] == [b"", b"", b"hello"]


def test_a_full_table_takes_no_more(ring: Ring, pairs: list[Pair]) -> None:
    taken = [ring.add(pairs[0][0].fileno()) for _ in range(33)]
    assert taken.count(None) == 1


def test_no_ring_where_the_kernel_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uring, "ENTRIES", 0)  # EINVAL
    assert Ring.open() is None


# --- a room ---


class Line:
    """A raw transport over a real socket; `unread` waits in it."""

    def __init__(self, ours: socket.socket, unread: bytes = b"") -> None:
        self.ours, self.unread = ours, unread

    def enter(self, ring: Ring) -> int | None:
        place = ring.add(self.ours.fileno())
        if place is not None and self.unread:
            ring.full.add(place)
        return place

    def write_frames(self, frames: bytes | memoryview) -> None:
        self.unread += bytes(frames)

    def buffer_size(self) -> int:
        return len(self.unread)


async def test_who_waits_for_something_gets_it_first(ring: Ring, pairs: list[Pair]) -> None:
    lines: list[Any] = [Line(ours) for ours, _ in pairs]
    lines[5].unread = b"before "
    pairs[7][0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
    batch = Batch([post(number) for number in range(500)])
    Room(RawOutbox(line, ring) for line in lines).write(batch, ring)
    everything = [
        _read(theirs) + line.unread for (_, theirs), line in zip(pairs, lines, strict=True)
    ]
    assert everything[5] == b"before " + batch.frames
    assert set(everything[:5] + everything[6:]) == {batch.frames}
    assert 0 < len(lines[7].unread) < len(batch.frames)


async def test_without_a_ring_everybody_is_written_to(pairs: list[Pair]) -> None:
    lines: list[Any] = [Line(ours) for ours, _ in pairs]
    batch = Batch([post(1)])
    Room(RawOutbox(line) for line in lines).write(batch, None)
    assert {line.unread for line in lines} == {batch.frames}
