"""What the production server does to a peer that misbehaves, over a real socket."""

import asyncio
import json
import resource
from collections.abc import Callable
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import CloseCode as StandardCode

from realtime import consumer, outbox, protocol, topics
from realtime.envelope import LARGEST_FRAME_BYTES, CloseCode
from realtime.errors import InvalidCredentials
from realtime.limits import Limit
from realtime.posts import Post
from realtime.server import allow_many_sockets
from realtime.worker import Worker
from tests.client import Client, ProtocolError, connect
from tests.serving import Address

CUT = 1006  # the connection was aborted, and its close frame may be lost with it


async def test_ten_bad_frames_in_a_row_close_the_socket(server: Address) -> None:
    async with connect(server.socket_url) as client:
        for _ in range(consumer.BAD_FRAMES_IN_A_ROW):
            await client.send_text("{")
        assert await client.closed() == CloseCode.ABUSE
        errors = [data["code"] for event, data in client.events if event == "error"]
        assert errors == ["bad-frame"] * consumer.BAD_FRAMES_IN_A_ROW


async def test_a_good_frame_between_bad_ones_forgives_them(server: Address) -> None:
    async with connect(server.socket_url) as client:
        for _ in range(3):
            for _ in range(consumer.BAD_FRAMES_IN_A_ROW - 1):
                await client.send_text("{")
            assert await client.request("ping", n=1) == {"n": 1}


async def test_a_bad_frame_is_answered_by_its_ref_where_it_has_one(server: Address) -> None:
    async with connect(server.socket_url) as client:
        client._replies[99] = asyncio.get_running_loop().create_future()
        await client.send_text('{"ref": 99, "event": 7}')
        with pytest.raises(ProtocolError, match="bad-frame"):
            await client.reply_to(99)


async def test_a_binary_frame_is_a_bad_frame(server: Address) -> None:
    async with connect(server.socket_url) as client:
        await client.send_text(b'{"event": "ping"}')
        assert (await client.next_event("error"))["code"] == "bad-frame"
        await client.prove_silence()


async def test_a_frame_of_64_kib_is_read_and_a_larger_one_closes(server: Address) -> None:
    async with connect(server.socket_url) as client:
        frame = json.dumps({"event": "ping", "data": ""})
        largest = frame[:-2] + "x" * (LARGEST_FRAME_BYTES - len(frame)) + frame[-2:]
        assert len(largest) == LARGEST_FRAME_BYTES
        await client.send_text(largest)
        await client.prove_silence()
        await client.send_text(largest + " ")
        assert await client.closed() == CloseCode.ABUSE


async def test_bytes_count_and_not_characters(server: Address) -> None:
    async with connect(server.socket_url) as client:
        await client.send_text(json.dumps({"event": "가" * 30_000}, ensure_ascii=False))
        assert await client.closed() == CloseCode.ABUSE


@pytest.mark.parametrize("size", [200_000, 500_000])
async def test_a_frame_that_is_larger_than_any_closes(server: Address, size: int) -> None:
    async with connect(server.socket_url) as client:
        with suppress(ConnectionClosed):  # it need not be read to its end
            await client.send_text("x" * size)
        assert await client.closed() == CloseCode.ABUSE


async def test_what_is_no_utf_8_closes_as_its_standard_says(server: Address) -> None:
    async with connect(server.socket_url) as client:
        await client.connection.send(b"\xff", text=True)
        assert await client.closed() == StandardCode.INVALID_DATA


async def test_a_message_in_many_fragments_closes(server: Address) -> None:
    async with connect(server.socket_url) as client:
        ok = '{"event": "ping", "ref": 1}'
        client._replies[1] = asyncio.get_running_loop().create_future()
        await client.connection.send(iter(ok))
        await client.reply_to(1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(protocol, "FRAGMENTS_LIMIT", 8)
            await client.connection.send(iter(ok))
            assert await client.closed() in {CloseCode.ABUSE, CUT}


async def test_a_flood_of_pings_closes(server: Address) -> None:
    async with connect(server.socket_url) as client:
        await (await client.connection.ping())
        with suppress(ConnectionClosed):  # it may be before the last one
            for _ in range(2 * protocol.CONTROL_FRAMES_LIMIT):
                await client.connection.ping()
        assert await client.closed() in {CloseCode.ABUSE, CUT}


async def test_a_flood_of_requests_is_refused_and_then_closed(
    server: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer.SocketConsumer, "flood", Limit(0.001, 3))
    monkeypatch.setattr(consumer.SocketConsumer, "patience", Limit(0.001, 2))
    async with connect(server.socket_url) as client, connect(server.socket_url) as other:
        for _ in range(3):
            await client.request("ping")
        for _ in range(2):
            with pytest.raises(ProtocolError, match="rate-limited") as refused:
                await client.request("ping")
            assert (refused.value.retry_after or 0) > 100
        await client.send("ping")
        assert await client.closed() == CloseCode.ABUSE
        await other.request("ping")


async def test_a_burst_is_served_and_who_waits_as_told_is_served_again(
    server: Address, monkeypatch: pytest.MonkeyPatch, move_clock: Callable[[float], None]
) -> None:
    monkeypatch.setattr(consumer.SocketConsumer, "flood", Limit(rate=2, burst=3))
    async with connect(server.socket_url) as client:
        asked = [await client.send("ping", n=n) for n in range(5)]
        assert [await client.reply_to(ref) for ref in asked[:3]] == [{"n": 0}, {"n": 1}, {"n": 2}]
        for ref in asked[3:]:
            with pytest.raises(ProtocolError, match="rate-limited") as refused:
                await client.reply_to(ref)
            assert refused.value.retry_after == 0.5
        move_clock(0.5)
        assert await client.request("ping", n=5) == {"n": 5}
        with pytest.raises(ProtocolError, match="rate-limited"):
            await client.request("ping")
        move_clock(3_600)
        for _ in range(3):
            await client.request("ping")


async def test_who_does_not_log_in_in_time_is_closed(
    server: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "LOGIN_SECONDS", 0.02)
    async with connect(server.socket_url) as client:
        assert await client.closed() == CloseCode.NOT_AUTHENTICATED


async def test_while_we_look_at_what_one_logs_in_with_no_time_goes_by(
    server: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    now = loop.time()

    async def look_for_long(*_: object) -> None:
        nonlocal now
        now += 2 * consumer.LOGIN_SECONDS
        for _turn in range(3):  # of the loop, in which what is due happens
            await asyncio.sleep(0)
        raise InvalidCredentials

    monkeypatch.setattr(consumer, "LOGIN_SECONDS", 0.1)
    monkeypatch.setattr("chat.requests.entrance._credential_of", look_for_long)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "time", lambda: now)  # time goes by when the test says so
        async with connect(server.socket_url) as client:
            with pytest.raises(ProtocolError, match="invalid-credentials"):
                await client.request("login", token="maru_wrong")
            now += consumer.LOGIN_SECONDS
            assert await client.closed() == CloseCode.NOT_AUTHENTICATED


async def test_a_connection_that_sends_no_request_is_cut(
    server: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "REQUEST_HEADERS_SECONDS", 0.02)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"GET /ws/chat/ HTTP/1.1\r\n")
    async with asyncio.timeout(protocol.REQUEST_HEADERS_SECONDS + 30):
        with suppress(ConnectionResetError):  # what was not read yet is cut off, too
            assert await reader.read() == b""
    writer.close()


@pytest.mark.parametrize("is_chunked", [True, False])
async def test_a_body_that_is_too_large_is_cut_before_anybody_stores_it(
    server: Address, monkeypatch: pytest.MonkeyPatch, is_chunked: bool
) -> None:
    monkeypatch.setattr(protocol, "LARGEST_BODY_BYTES", 1_000)

    async def post(size: int) -> bytes:
        """What is answered."""
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        length = "Transfer-Encoding: chunked" if is_chunked else f"Content-Length: {size}"
        head = f"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n{length}\r\n\r\n"
        body = b"x" * size
        chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (size, body)
        writer.write(head.encode() + (chunks if is_chunked else body))
        try:
            return await reader.read(12)
        except ConnectionResetError:
            return b""
        finally:
            writer.close()

    assert await post(1_000) == b"HTTP/1.1 403"  # without a token against forgery
    assert await post(1_001) == b""


async def test_a_head_without_end_is_cut(server: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "LARGEST_HEAD_BYTES", 1_000)
    _, writer = await asyncio.open_connection("127.0.0.1", server.port)

    async def write_on() -> None:
        while True:
            writer.write(b"x" * 1_000)
            await writer.drain()
            await asyncio.sleep(0)

    writer.write(b"GET / HTTP/1.1\r\nX: ")
    async with asyncio.timeout(protocol.REQUEST_HEADERS_SECONDS / 2):
        with pytest.raises(ConnectionError):
            await write_on()
    writer.close()


async def test_a_foreign_page_is_refused(server: Address) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connect(server.socket_url, origin="http://evil.example"):
            pass
    assert refused.value.response.status_code == 403
    async with connect(server.socket_url, origin=server.url) as client:
        await client.request("ping")


async def test_a_path_that_nobody_serves_is_refused(server: Address) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connect(server.socket_url.replace("chat", "nothing")):
            pass
    assert refused.value.response.status_code == 403


async def test_a_reader_that_stops_is_closed_and_the_others_get_everything(
    server: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "VOLATILE_LIMIT_BYTES", 1_000)
    monkeypatch.setattr(outbox, "DURABLE_LIMIT_BYTES", 10_000)
    monkeypatch.setattr(outbox, "ABORT_AFTER_SECONDS", 60)
    async with connect(server.socket_url) as stuck, connect(server.socket_url) as other:
        worker = Worker.of_loop()
        for socket in worker.sockets:
            worker.hub.follow(socket, topics.EVERYONE)
        [of_stuck] = [s for s in worker.sockets if s.connection == stuck.hello["connection"]]
        stuck.connection.transport.pause_reading()
        # More than the kernel's buffers take, so that ours fill.
        big = Post(json.dumps({"event": "big", "data": "x" * 1_000_000}).encode())
        while not of_stuck.outbox.closing:
            worker.hub.publish(topics.EVERYONE, [big])
            await receive(other, "big")
        stuck.connection.transport.resume_reading()
        assert await stuck.closed() == CloseCode.TOO_FAR_BEHIND
        await other.request("ping")


async def receive(client: Client, event: str) -> None:
    assert await client.next_event(event)


async def test_a_draining_worker_sends_everybody_away(server: Address) -> None:
    async with connect(server.socket_url) as one, connect(server.socket_url) as two:
        await Worker.of_loop().drain()
        for client in (one, two):
            assert 0 <= (await client.next_event("going-away"))["reconnect_after_ms"] < 5_000


@pytest.mark.usefixtures("bob")
async def test_resync_reaches_everybody_who_has_something_to_catch_up(
    server: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("realtime.worker.RESYNC_SPREAD_SECONDS", 0)
    async with connect(server.socket_url) as bob, connect(server.socket_url) as nobody:
        await bob.login("bob")
        Worker.of_loop().resync()
        assert await bob.next_event("resync") == {}
        await nobody.prove_silence()


def test_a_worker_takes_as_many_descriptors_as_it_may() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = before[1]
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most - 1, most))
        allow_many_sockets()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (most, most)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
