"""What a frame may be, to the byte, and the bytes that leave."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.envelope import (
    LARGEST_FRAME_BYTES,
    LARGEST_REF,
    Envelope,
    close_frame,
    decode,
    encode_error,
    encode_event,
    encode_reply,
    text_frame,
)
from realtime.errors import BadFrame, InvalidData, RateLimited
from realtime.wire import Echo
from tests.realtime.kit import Happened, Number, frames_in


def ping_with(data: str) -> str:
    return f'{{"event": "ping", "data": {data}}}'


BAD_FRAMES = {
    "empty": "",
    "not json": "hello",
    "cut short": '{"event": "ping"',
    "two objects": '{"event": "ping"} {"event": "ping"}',
    "an array": '[{"event": "ping"}]',
    "a string": '"ping"',
    "null": "null",
    "no event": '{"ref": 1}',
    "an event that is no string": '{"event": 1}',
    "NaN": '{"event": "ping", "data": NaN}',
    "Infinity": '{"event": "ping", "data": -Infinity}',
    "a lone surrogate": r'{"event": "ping", "data": "\ud800"}',
    "a lone low surrogate": r'{"event": "\udc00"}',
    "5,000 digits": ping_with("9" * 5_000),
    "deep arrays": ping_with("[" * 10_000 + "]" * 10_000),
    "deep objects": ping_with('{"a":' * 5_000 + "1" + "}" * 5_000),
    "a ref that is a string": '{"event": "ping", "ref": "1"}',
    "a ref that is a float": '{"event": "ping", "ref": 1.0}',
    "a ref that is a bool": '{"event": "ping", "ref": true}',
    "a ref over 2**53": f'{{"event": "ping", "ref": {LARGEST_REF + 1}}}',
    "a control character in a string": '{"event": "pi\nng"}',
    "a comment": '{"event": "ping"} // hello',
    "a trailing comma": '{"event": "ping",}',
}


@pytest.mark.parametrize("name", BAD_FRAMES)
def test_a_bad_frame_is_refused(name: str) -> None:
    with pytest.raises(BadFrame):
        decode(BAD_FRAMES[name])


@pytest.mark.parametrize("number", ["1e999", "-1e999"])
def test_a_number_beyond_a_double_is_never_written_as_infinity(number: str) -> None:
    data = decode(ping_with(number)).data
    assert json.loads(encode_reply(1, data)) == {"reply": 1, "data": None}


def test_a_frame_over_64_kib_is_refused() -> None:
    fits = '{"event": "%s"}' % ("x" * (LARGEST_FRAME_BYTES - len('{"event": ""}')))
    assert len(fits) == LARGEST_FRAME_BYTES
    decode(fits)
    with pytest.raises(BadFrame):
        decode(fits + " ")


def test_a_good_frame_is_read() -> None:
    assert decode('{"event": "ping", "ref": 7, "data": [1]}') == Envelope("ping", 7, [1])
    assert decode('{"event": "ping"}') == Envelope("ping", None, {})
    assert decode(f'{{"event": "ping", "ref": -{LARGEST_REF}, "more": 1}}').ref == -LARGEST_REF


def test_a_bad_frame_whose_ref_is_readable_is_answered() -> None:
    with pytest.raises(BadFrame) as raised:
        decode('{"ref": 7}')
    assert raised.value.ref == 7


@given(st.text())
def test_nothing_but_a_bad_frame_comes_of_text(text: str) -> None:
    try:
        decode(text)
    except BadFrame:
        return
    assert isinstance(json.loads(text)["event"], str)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON)
def test_what_was_encoded_decodes_to_the_same(data: object) -> None:
    read = decode(json.dumps({"event": "ping", "ref": 1, "data": [data]}))
    assert read == Envelope("ping", 1, [data])
    assert json.loads(encode_reply(1, Echo(data))) == {"reply": 1, "data": data}


# --- what leaves ---


def test_an_event_and_a_reply_stand_in_their_envelopes() -> None:
    assert json.loads(encode_event(Happened(Number(n=3)))) == {
        "event": "happened",
        "data": {"n": 3},
    }
    assert json.loads(encode_reply(7, None)) == {"reply": 7, "data": {}}
    assert json.loads(encode_reply(7, Number(n=3))) == {"reply": 7, "data": {"n": 3}}


def test_an_error_is_a_reply_where_there_is_a_ref_and_an_event_where_not() -> None:
    error = InvalidData(fields={"text": "too long"})
    body = {
        "code": "invalid-data",
        "message": "Some fields are not right.",
        "fields": {"text": "too long"},
    }
    asked = Envelope("send-message", 7, {})
    assert json.loads(encode_error(asked, 7, error)) == {"reply": 7, "error": body}
    untold = {"event": "error", "data": {"event": "send-message", **body}}
    assert json.loads(encode_error(asked._replace(ref=None), None, error)) == untold
    assert json.loads(encode_error(None, None, RateLimited(retry_after=1.5)))["data"] == {
        "event": None,
        "code": "rate-limited",
        "message": "Too many requests; try again later.",
        "retry_after": 1.5,
    }


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65_535, 65_536, 70_000])
def test_a_frame_says_its_length(length: int) -> None:
    payload = b"x" * length
    header_bytes = 2 if length < 126 else 4 if length < 65_536 else 10
    frame = text_frame(payload)
    assert len(frame) == header_bytes + length
    assert frame[0] == 0x81
    assert list(frames_in(frame + text_frame(b"next"))) == [(1, payload), (1, b"next")]


def test_a_close_frame_has_its_code_first() -> None:
    [(opcode, body)] = frames_in(close_frame(4001, "늦음"))
    assert (opcode, int.from_bytes(body[:2], "big"), body[2:].decode()) == (8, 4001, "늦음")
