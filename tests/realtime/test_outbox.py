"""What a socket that lags loses, and when it is closed."""

import asyncio
from typing import Any

import pytest

from realtime import outbox
from realtime.envelope import CloseCode
from realtime.outbox import DURABLE_LIMIT_BYTES, VOLATILE_LIMIT_BYTES, QueueOutbox, RawOutbox
from realtime.posts import Batch
from realtime.uring import Ring
from tests.realtime.kit import flicker, frames_in, post


class Transport:
    """A raw transport whose peer has left `unread` bytes in the buffer."""

    def __init__(self, unread: int = 0) -> None:
        self.unread = unread
        self.writes: list[bytes] = []
        self.closes: list[int] = []
        self.aborted = asyncio.Event()

    def write_frames(self, frames: bytes | memoryview) -> None:
        self.writes.append(bytes(frames))

    def buffer_size(self) -> int:
        return self.unread

    def enter(self, ring: Ring) -> None:
        """There is none."""

    def leave(self) -> None:
        """It was in none."""

    def close_with(self, code: int, reason: str) -> None:
        self.closes.append(code)

    def allow(self, largest: int) -> None:
        """What comes in is not this test's business."""

    def abort(self) -> None:
        self.aborted.set()

    @property
    def payloads(self) -> list[bytes]:
        return [payload for _, payload in frames_in(b"".join(self.writes))]


BATCH = Batch([post(1), flicker(2), post(3)])
DURABLE = [post(1).payload, post(3).payload]


async def test_who_keeps_up_gets_everything_in_one_write() -> None:
    raw = Transport(unread=VOLATILE_LIMIT_BYTES)
    box = RawOutbox(raw)
    box.write(BATCH)
    assert raw.writes == [BATCH.frames]
    assert box.dropped == 0


async def test_who_lags_loses_what_is_volatile() -> None:
    raw = Transport(unread=VOLATILE_LIMIT_BYTES + 1)
    box = RawOutbox(raw)
    box.write(BATCH)
    box.write(Batch([flicker(4)]))
    assert raw.payloads == DURABLE
    assert (box.dropped, raw.closes) == (2, [])


async def test_who_lags_too_far_is_closed_once_and_then_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outbox, "ABORT_AFTER_SECONDS", 0)
    raw = Transport(unread=DURABLE_LIMIT_BYTES + 1)
    box = RawOutbox(raw)
    for _ in range(3):
        box.write(BATCH)
    assert (raw.writes, raw.closes) == ([], [CloseCode.TOO_FAR_BEHIND])
    async with asyncio.timeout(30):
        await raw.aborted.wait()


async def test_who_reads_no_replies_is_closed_too() -> None:
    raw = Transport(unread=DURABLE_LIMIT_BYTES + 1)
    RawOutbox(raw).reply(b"{}")
    await asyncio.sleep(0)
    assert (raw.writes, raw.closes) == ([], [CloseCode.TOO_FAR_BEHIND])


async def test_replies_of_one_turn_leave_in_one_write_and_before_the_close() -> None:
    raw = Transport()
    box = RawOutbox(raw)
    box.reply(b"1")
    box.reply(b"2")
    assert raw.writes == []
    await asyncio.sleep(0)
    assert (len(raw.writes), raw.payloads) == (1, [b"1", b"2"])
    box.reply(b"3")
    box.close(CloseCode.REVOKED)
    assert (raw.payloads, raw.closes) == ([b"1", b"2", b"3"], [CloseCode.REVOKED])


# --- a server without the raw write ---


class Peer:
    """The `send` of an ASGI server; it takes one frame for each `let_through`."""

    def __init__(self) -> None:
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.gate = asyncio.Semaphore(0)

    async def send(self, message: dict[str, Any]) -> None:
        await self.gate.acquire()
        self.sent.put_nowait(message)

    async def texts(self, count: int) -> list[str]:
        async with asyncio.timeout(30):
            return [(await self.sent.get())["text"] for _ in range(count)]

    def let_through(self, count: int = 1_000) -> None:
        for _ in range(count):
            self.gate.release()


async def test_the_queue_keeps_the_order_of_replies_and_events() -> None:
    peer = Peer()
    box = QueueOutbox(peer.send)
    box.reply(b"first")
    box.write(BATCH)
    box.close(CloseCode.REVOKED)
    peer.let_through()
    texts = await peer.texts(4)
    assert texts == ["first", *(each.payload.decode() for each in BATCH.posts)]
    async with asyncio.timeout(30):
        code = (await peer.sent.get())["code"]
    assert (code, type(code)) == (CloseCode.REVOKED, int)


async def test_whoever_keeps_up_gets_hundreds_of_events_at_once() -> None:
    peer = Peer()
    peer.let_through()
    box = QueueOutbox(peer.send)
    posts = [post(n) for n in range(600)]
    box.write(Batch(posts))
    assert await peer.texts(600) == [each.payload.decode() for each in posts]
    assert (box.waiting_bytes(), box.closing) == (0, None)
    box.end()


async def test_a_filling_queue_takes_nothing_volatile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "VOLATILE_LIMIT_BYTES", len(post(1).payload) - 1)
    box = QueueOutbox(Peer().send)
    box.write(Batch([post(0)]))
    box.write(BATCH)
    assert (box.dropped, [post.payload for post in box.queue][-2:]) == (1, DURABLE)
    box.end()


async def test_a_full_queue_is_thrown_away_and_the_socket_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outbox, "DURABLE_LIMIT_BYTES", 2 * len(post(1).payload))
    peer = Peer()
    box = QueueOutbox(peer.send)
    for n in range(4):
        box.write(Batch([post(n)]))
    box.write(BATCH)
    box.reply(b"late")
    peer.let_through()
    async with asyncio.timeout(30):
        assert (await peer.sent.get())["code"] == CloseCode.TOO_FAR_BEHIND
        await box.task
    assert peer.sent.empty()
