"""The base of every typed thing on the wire: what requests, replies and events hold.

A name on the wire is the class's name in kebab-case: `SendMessage` is "send-message".
"""

import re
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

LARGEST_ID = 2**63 - 1  # a signed 64-bit column

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]


def rfc3339(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds, as in `2026-11-22T17:09:00.000Z`."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat("T", "milliseconds")[:-6] + "Z"


Timestamp = Annotated[
    datetime,
    PlainSerializer(rfc3339, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


@cache
def wire_name(frame: type) -> str:
    """The name on the wire of a Request or Event class."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", frame.__name__).lower()


class Frame(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


F = TypeVar("F", bound=Frame)


class Prepared(Generic[F]):
    """What a frame of this kind is as JSON, where that has been made already."""

    __slots__ = ("json",)

    def __init__(self, json: bytes) -> None:
        self.json = json


class Request(Frame):
    """The data of one request."""


class ReadRequest(Request):
    """One that changes nothing: it is answered during maintenance too."""


class Event:
    """Something that the server tells clients. A volatile one may be dropped for a slow client."""

    volatile: ClassVar[bool] = False
    data: Frame

    def __init__(self, data: Frame) -> None:
        self.data = data

    @classmethod
    def name(cls) -> str:
        """Its name on the wire."""
        return wire_name(cls)  # type: ignore[arg-type]


class BinaryEvent(Event):
    """An event in a protocol that is not ours: its bytes are a whole binary frame."""

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
