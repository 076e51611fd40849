"""The envelope of the socket: what is read from a frame, and the bytes that are written.

Decoding is strict: no NaN, no lone surrogate, no number of thousands of digits, no deep nesting,
one JSON object. Server frames are not masked, so the bytes of an event are the same for everybody
and are made once.
"""

from enum import IntEnum
from functools import cache
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from realtime.errors import BadFrame, DomainError
from realtime.frames import BinaryEvent, Event, Prepared

LARGEST_REF = 2**53  # what a JavaScript number holds exactly
LARGEST_FRAME_BYTES = 64 * 1024


class CloseCode(IntEnum):
    """4000–4499: connect again. 4500–4999: do not."""

    GOING_AWAY = 4000
    TOO_FAR_BEHIND = 4001
    SILENT = 4002
    ABUSE = 4500
    NOT_AUTHENTICATED = 4501
    REVOKED = 4503
    BANNED = 4504
    NOT_ALLOWED = 4505
    BAD_UPDATE = 4506
    TOO_LARGE = 4507


class Envelope(NamedTuple):
    event: str
    ref: int | None
    data: Any


def decode(text: str) -> Envelope:
    """Raises BadFrame; `error.ref` then still names the request to answer, where it can be read."""
    if len(text) > LARGEST_FRAME_BYTES:
        raise BadFrame("The frame is larger than 64 KiB.")
    try:
        frame = from_json(text, allow_inf_nan=False)
    except ValueError as error:
        raise BadFrame(f"The frame is not JSON: {error}.") from None
    if type(frame) is not dict:
        raise BadFrame
    return _envelope(frame)


def _envelope(frame: dict[str, Any]) -> Envelope:
    ref, event = frame.get("ref"), frame.get("event")
    if ref is not None and (type(ref) is not int or abs(ref) > LARGEST_REF):
        raise BadFrame("`ref` is not an integer.")
    if type(event) is not str:
        raise BadFrame("`event` is not a string.", ref=ref)
    return Envelope(event, ref, frame.get("data", {}))


def encode_event(event: Event) -> bytes:
    """The JSON of an event; of a binary one its bytes."""
    if isinstance(event, BinaryEvent):
        return event.payload
    kind: Any = type(event)
    return b"%s%s}" % (_head(kind), _json(event.data))


@cache
def _head(event: type[Event]) -> bytes:
    return b'{"event":"%s","data":' % event.name().encode()


def data_of(event: bytes) -> bytes:
    """The JSON of an encoded event's data."""
    return event[event.index(b',"data":') + 8 : -1]


def encode_reply(ref: int, data: Any) -> bytes:
    """The JSON of the answer to a request that went well; `data` is a Frame, one that is prepared,
    plain JSON or None."""
    return b'{"reply":%d,"data":%s}' % (ref, b"{}" if data is None else _json(data))


def encode_error(request: Envelope | None, ref: int | None, error: DomainError) -> bytes:
    """The JSON of the answer to a request that went wrong: a reply, or the event `error`."""
    body = error.body()
    if ref is not None:
        return to_json({"reply": ref, "error": body})
    return to_json({"event": "error", "data": {"event": request and request.event, **body}})


def _json(data: Any) -> bytes:
    # Not isinstance(data, Frame): pydantic's classes answer that in Python.
    serializer = getattr(data, "__pydantic_serializer__", None)
    if serializer is not None:
        json: bytes = serializer.to_json(data)
        return json
    return data.json if type(data) is Prepared else to_json(data, inf_nan_mode="null")


def text_frame(payload: bytes) -> bytes:
    """A whole, unmasked WebSocket text frame (RFC 6455 §5.2)."""
    return _header(0x81, len(payload)) + payload


def binary_frame(payload: bytes) -> bytes:
    """The same for a binary frame."""
    return _header(0x82, len(payload)) + payload


def close_frame(code: int, reason: str = "") -> bytes:
    body = code.to_bytes(2, "big") + reason.encode()
    return _header(0x88, len(body)) + body


def _header(first: int, length: int) -> bytes:
    if length < 126:
        return bytes((first, length))
    if length < 65536:
        return bytes((first, 126)) + length.to_bytes(2, "big")
    return bytes((first, 127)) + length.to_bytes(8, "big")
