"""Our WebSocket and HTTP classes for uvicorn: the raw write, and the guard.

The raw write takes ready frames straight to the transport, through
`scope["extensions"]["websocket.raw"]`: joined frames cost 0.6 µs per delivery where `await send`
cost 20. The guard frees what uvicorn would keep: a peer that stopped reading or vanished
(TCP_USER_TIMEOUT; abort, not a polite close that waits for a flush), a connection that sends no
request, a message in a million fragments, a flood of pings.
"""

import asyncio
import socket
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, apply_mask  # type: ignore[attr-defined]
from websockets.protocol import State

from realtime.envelope import CloseCode, close_frame
from realtime.uring import Ring

TCP_USER_TIMEOUT_MS = 15_000  # unacknowledged, or a window of zero, for this long: gone
REQUEST_HEADERS_SECONDS = 10
LARGEST_HEAD_BYTES = 64 * 1024  # and what comes with it in one read: the parser has no limit
# Of a page's request. Django stores it on the disk before anybody has asked who sends it; the
# largest that is taken is a picture of 5 MB.
LARGEST_BODY_BYTES = 16 * 1024 * 1024
FRAGMENTS_LIMIT = 64
TOO_BIG = 1009  # the parser's own code, which would say that one may come back
CONTROL_FRAMES_LIMIT = 20  # per second: a client pings once in some seconds
WHOLE_TEXT, MASKED = 0x81, 0x80
MESSAGES_WAITING = 8  # unread; then the peer's kernel keeps the rest
READ_SLICE_BYTES = 16 * 1024  # parsing more at once would hold up everybody else


class WebSocketProtocol(WebSocketsSansIOProtocol):
    def connection_made(self, transport: asyncio.WriteTransport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.fragments = 0
        self.control_frames = 0
        self.control_second = 0
        self.buffer_size = transport.get_write_buffer_size  # bytes that the peer has not read yet
        self.ring: Ring | None = None
        self.place: int | None = None
        raw_socket = transport.get_extra_info("socket")
        if raw_socket is not None and raw_socket.family in (socket.AF_INET, socket.AF_INET6):
            raw_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, TCP_USER_TIMEOUT_MS)

    def connection_lost(self, exc: Exception | None) -> None:
        self._let_go()
        super().connection_lost(exc)

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            self.scope["extensions"]["websocket.raw"] = cast(Any, self)

    # --- the raw write ---

    def write_frames(self, frames: bytes | memoryview) -> None:
        if not self.close_sent and not self.disconnected:
            self.transport.write(frames)

    def enter(self, ring: Ring) -> int | None:
        """Its place in the ring. Frames may be sent there while nothing waits here: the transport
        writes at once, and says so whenever it could not write everything."""
        raw_socket = self.transport.get_extra_info("socket")
        if raw_socket is None or self.disconnected or self.transport.get_extra_info("ssl_object"):
            return None
        self.ring, self.place = ring, ring.add(raw_socket.fileno())
        self.transport.set_write_buffer_limits(high=0)  # pauses what is behind already
        return self.place

    def pause_writing(self) -> None:
        super().pause_writing()
        if self.ring and self.place is not None:
            self.ring.full.add(self.place)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.ring and self.place is not None:
            self.ring.full.discard(self.place)

    def leave(self) -> None:
        """Nobody writes to its place in the ring any more."""
        if self.ring and self.place is not None:
            self.ring.free(self.place)
        self.place = None

    def _let_go(self) -> None:
        if self.ring and self.place is not None:
            self.ring.empty(self.place)

    def close_with(self, code: int, reason: str) -> None:
        if self.close_sent or self.disconnected:
            return
        self.transport.write(close_frame(code, reason))
        self.close_sent = True
        self._let_go()
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.close_timer = self.loop.call_later(self.close_timeout, self.abort)
        if self.read_paused:  # to hear the peer's own close frame
            self.read_paused = False
            self.transport.resume_reading()

    def allow(self, largest: int) -> None:
        """From now on a message of the peer may have so many bytes."""
        self.conn.max_message_size = largest

    def abort(self) -> None:
        if not self.disconnected:
            self.transport.abort()

    # --- the guard ---

    def data_received(self, data: bytes) -> None:
        if not self._takes_whole(data):
            self._parse(data)

    def _takes_whole(self, data: bytes) -> bool:
        """One text frame and nothing else, as nearly every request comes: without the parser, which
        takes 40 calls for it."""
        conn = self.conn
        if len(data) < 6 or data[0] != WHOLE_TEXT or conn.state is not State.OPEN:
            return False
        length, start = data[1] - MASKED, 2
        if length == 126:
            length, start = int.from_bytes(data[2:4]), 4
        if not 0 < length == len(data) - start - 4 or length > READ_SLICE_BYTES:
            return False
        if conn.reader.buffer or conn.current_size is not None or self.transport.is_closing():
            return False
        self.fragments = 0
        self.curr_msg_data_type = "text"
        self.frames = [apply_mask(data[start + 4 :], data[start : start + 4])]
        self.send_receive_event_to_app()
        return True

    def send_receive_event_to_app(self) -> None:
        """Reads on while little waits: to stop, and to go on, is a system call for each message."""
        is_paused, self.read_paused = self.read_paused, True
        super().send_receive_event_to_app()
        self.read_paused = is_paused
        if not is_paused and self.queue.qsize() > MESSAGES_WAITING:
            self.read_paused = True
            self.transport.pause_reading()

    def _parse(self, data: bytes) -> None:
        for start in range(0, len(data), READ_SLICE_BYTES):
            if self.transport.is_closing():
                return
            super().data_received(data[start : start + READ_SLICE_BYTES])

    def handle_text(self, event: Frame) -> None:
        self.fragments = 0
        super().handle_text(event)

    def handle_bytes(self, event: Frame) -> None:
        self.fragments = 0
        super().handle_bytes(event)

    def handle_cont(self, event: Frame) -> None:
        self.fragments += 1
        if self.fragments > FRAGMENTS_LIMIT:
            self._refuse()
        else:
            super().handle_cont(event)

    def handle_ping(self) -> None:
        if self._is_control_flood():
            self._refuse()
        else:
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        if self._is_control_flood():
            self._refuse()
        else:
            super().handle_pong(event)

    def handle_parser_exception(self) -> None:
        """uvicorn would hang up on a peer that is still sending, whose kernel then throws away what
        tells it why."""
        told = self.conn.close_sent
        code = told.code if told else TOO_BIG
        self.close_with(CloseCode.ABUSE if code == TOO_BIG else code, "")
        if self.transport.can_write_eof():
            self.transport.write_eof()

    def _is_control_flood(self) -> bool:
        second = int(self.loop.time())
        if second != self.control_second:
            self.control_second, self.control_frames = second, 0
        self.control_frames += 1
        return self.control_frames > CONTROL_FRAMES_LIMIT

    def _refuse(self) -> None:
        self.close_with(CloseCode.ABUSE, "")
        self.abort()

    def keepalive_timeout(self) -> None:
        """uvicorn would wait for its buffer to be read by a peer that does not read."""
        self.write_frames(close_frame(CloseCode.SILENT))
        self.abort()

    def shutdown(self) -> None:
        """What is still open when a worker ends is told to come back, not just cut."""
        if self.handshake_complete and not self.close_sent:
            self.stop_keepalive()
            self.close_with(CloseCode.GOING_AWAY, "")
        else:
            super().shutdown()


class HttpProtocol(HttpToolsProtocol):
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.headers_timer = self.loop.call_later(REQUEST_HEADERS_SECONDS, transport.abort)
        self.head_size = self.body_size = 0

    def data_received(self, data: bytes) -> None:
        if self.head_size > LARGEST_HEAD_BYTES:
            self.transport.abort()
            return
        self.head_size += len(data)
        super().data_received(data)

    def on_headers_complete(self) -> None:
        self.headers_timer.cancel()
        self.head_size = self.body_size = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self.head_size = 0
        self.body_size += len(body)
        if self.body_size > LARGEST_BODY_BYTES:
            self.transport.abort()
        else:
            super().on_body(body)

    def connection_lost(self, exc: Exception | None) -> None:
        self.headers_timer.cancel()
        super().connection_lost(exc)
