"""The frames of the y-websocket protocol: sync, awareness, permission.

A sync step 1 tells what a side has, a step 2 answers with what that lacks, an update tells of one
change. Awareness is what people show of themselves: a cursor, a name, a colour.
"""

from typing import NamedTuple

from pydantic_core import to_json

from documents.yjs.reader import Malformed, Reader, write_blob, write_uint
from realtime.frames import BinaryEvent

SYNC, AWARENESS, PERMISSION, WHO = range(4)
STEP_1, STEP_2, CHANGE = range(3)

CLIENTS_LIMIT = 1_000  # of one document: a frame with 200,000 held up the worker for a second


class Asked(NamedTuple):
    """What the other side has, as an encoded state vector: it wants the rest."""

    state: bytes


class Brought(NamedTuple):
    """An update. `new`: somebody has just made it; else what we seemed to lack."""

    update: bytes
    new: bool


class State(NamedTuple):
    """What one client shows: a JSON object, or None when it has gone. The higher clock counts."""

    client: int
    clock: int
    shown: dict[str, object] | None


class Shown(NamedTuple):
    states: list[State]


class WhoIsHere(NamedTuple):
    """The other side asks for everybody's state."""


Message = Asked | Brought | Shown | WhoIsHere


def shows(frame: bytes) -> bool:
    """Whether it is an awareness frame, by its first byte."""
    return frame[:1] == bytes((AWARENESS,))


def parse(frame: bytes) -> Message:
    """Raises Malformed."""
    reader = Reader(frame)
    kind = reader.uint()
    if kind == SYNC:
        step, content = reader.uint(CHANGE), reader.blob()
        message: Message = Asked(content) if step == STEP_1 else Brought(content, step == CHANGE)
    elif kind == AWARENESS:
        message = Shown(_states(reader.blob()))
    elif kind == WHO:
        message = WhoIsHere()
    else:
        raise Malformed("a message of no kind")
    reader.end()
    return message


def _states(data: bytes) -> list[State]:
    reader = Reader(data)
    count = reader.count(3)
    if count > CLIENTS_LIMIT:
        raise Malformed("too many clients")
    states = [_state(reader) for _ in range(count)]
    reader.end()
    return states


def _state(reader: Reader) -> State:
    client, clock, shown = reader.uint(), reader.uint(), reader.json()
    if shown is not None and type(shown) is not dict:
        raise Malformed("a state that is no object")
    return State(client, clock, shown)


class Answer(BinaryEvent):
    """To one socket: what it lacks."""

    def __init__(self, update: bytes) -> None:
        super().__init__(bytes((SYNC, STEP_2)) + write_blob(update))


class Question(BinaryEvent):
    """To one socket: what we have, so that it gives what we lack."""

    def __init__(self, state: bytes) -> None:
        super().__init__(bytes((SYNC, STEP_1)) + write_blob(state))


class Update(BinaryEvent):
    """A stored change, to everybody in the document. Who made it learns so that it is stored."""

    def __init__(self, update: bytes) -> None:
        super().__init__(bytes((SYNC, CHANGE)) + write_blob(update))


class Awareness(BinaryEvent):
    """What people show of themselves."""

    volatile = True

    def __init__(self, states: list[State]) -> None:
        entries = b"".join(
            [
                write_uint(client) + write_uint(clock) + write_blob(json_of(shown))
                for client, clock, shown in states
            ]
        )
        super().__init__(bytes((AWARENESS,)) + write_blob(write_uint(len(states)) + entries))


def json_of(shown: dict[str, object] | None) -> bytes:
    """A number like 1e999 is JSON to read and none to write; who cannot read a frame hears no
    cursor in it."""
    return to_json(shown, inf_nan_mode="null")


class Refusal(BinaryEvent):
    """To one socket: what it brought is not stored."""

    def __init__(self, reason: str) -> None:
        super().__init__(bytes((PERMISSION, 0)) + write_blob(reason.encode()))
