"""What a run under faults leaves behind, as plain records: what was invoked, answered, seen and
held, what the database has, what a fresh reader gets. Times are seconds of one monotonic clock.
"""

import json
import sys
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class Invoked:
    """One try of a request. A repeated request has the same `key`, which for `send-message` is
    its client_id."""

    at: float
    client: str
    request: str
    key: str
    channel: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply. `message` is None when it was an error, whose code is `error`."""

    at: float
    client: str
    key: str
    message: int | None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A message at one version; `content` is all of it, as JSON."""

    channel: int
    message: int
    position: int
    version: int
    content: str


@dataclass(frozen=True, slots=True)
class Saw:
    """A client got this state: by an event (`live`), a reply, or catching up."""

    at: float
    client: str
    state: State
    live: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """What a client has in the end."""

    client: str
    state: State


@dataclass(frozen=True, slots=True)
class Fresh:
    """What somebody who has just come reads in the end."""

    state: State


@dataclass(frozen=True, slots=True)
class Row:
    """A message in the database."""

    channel: int
    message: int
    position: int
    version: int
    client_id: str


@dataclass(frozen=True, slots=True)
class Head:
    """A channel in the database."""

    channel: int
    version: int
    last_position: int


@dataclass(frozen=True, slots=True)
class Reader:
    """This client may read the channel, to the end, and must hold it."""

    client: str
    channel: int


@dataclass(frozen=True, slots=True)
class Barred:
    """From this moment the client must get nothing of the channel."""

    at: float
    client: str
    channel: int


@dataclass(frozen=True, slots=True)
class Presence:
    """A user, as the watchers are told in the end, and as it is."""

    user: int
    told: str
    sockets: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What we broke or mended; for whoever reads the log."""

    at: float
    what: str


Record = (
    Invoked | Answered | Saw | Held | Fresh | Row | Head | Reader | Barred | Presence | Fault
)  # fmt: skip

R = TypeVar("R")


@dataclass(slots=True)
class Journal:
    """Where everybody in a run writes; one clock for all."""

    records: list[Record] = field(default_factory=list)

    def add(self, record: Record) -> None:
        self.records.append(record)

    def of(self, kind: type[R]) -> list[R]:
        return [record for record in self.records if isinstance(record, kind)]

    def note(self, what: str) -> None:
        self.add(Fault(monotonic(), what))


def state_of(message: dict[str, Any]) -> State:
    return State(
        message["channel"],
        message["id"],
        message["position"],
        message["version"],
        sys.intern(json.dumps(message, sort_keys=True, ensure_ascii=False)),
    )
