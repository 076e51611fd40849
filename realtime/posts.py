"""What travels between workers: posts (encoded events on a topic) and controls (orders to hubs)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from realtime.envelope import binary_frame, encode_event, text_frame
from realtime.frames import BinaryEvent, Event


@dataclass(frozen=True, slots=True)
class Post:
    """One encoded event. `version` is the version of the topic that it carries, for durable ones
    whose gaps the hub can find. `skip`: users, and connections by name, that do not get it."""

    payload: bytes
    version: int | None = None
    volatile: bool = False
    skip: frozenset[int | str] = frozenset()
    binary: bool = False

    @classmethod
    def of(cls, event: Event, version: int | None = None, skip: Iterable[int | str] = ()) -> "Post":
        binary = isinstance(event, BinaryEvent)
        return cls(encode_event(event), version, event.volatile, frozenset(skip), binary)

    def pack(self) -> list[Any]:
        return [self.payload, self.version, self.volatile, list(self.skip), self.binary]

    @classmethod
    def unpack(cls, packed: Sequence[Any]) -> "Post":
        payload, version, volatile, skip, binary = packed
        return cls(payload, version, volatile, frozenset(skip), binary)

    @property
    def frame(self) -> bytes:
        return binary_frame(self.payload) if self.binary else text_frame(self.payload)


class Batch:
    """Posts that leave in one write: the same bytes for every socket."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self.posts = posts
        self.frames = b"".join([post.frame for post in posts])

    @cached_property
    def durable(self) -> "Batch":
        """What a socket that lags still gets."""
        return Batch([post for post in self.posts if not post.volatile])


@dataclass(frozen=True, slots=True)
class Control:
    """An order to the hub of every worker: a function of controls.py and what it takes."""

    name: str
    arguments: dict[str, Any] = field(default_factory=dict)
