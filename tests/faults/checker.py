"""Judges the evidence of a run: pure functions from records to broken promises.

A promise is broken about a subject (a client_id, a message, a client). `shortest` takes away
whatever the same breach needs not, so that a failure is read in a few lines instead of thousands.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from tests.faults.evidence import (
    Answered,
    Barred,
    Fresh,
    Head,
    Held,
    Invoked,
    Presence,
    Reader,
    Record,
    Row,
    Saw,
    State,
)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Broken:
    promise: str
    subject: tuple[Any, ...]
    told: str

    def __str__(self) -> str:
        return f"{self.promise}: {self.told}"


class Evidence:
    """Records by kind, and what follows from them."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.by_kind: dict[type, list[Any]] = defaultdict(list)
        for record in records:
            self.by_kind[type(record)].append(record)
        self.tries: dict[str, list[Invoked]] = defaultdict(list)
        for invoked in self.of(Invoked):
            self.tries[invoked.key].append(invoked)
        self.answers: dict[str, list[Answered]] = defaultdict(list)
        for answered in self.of(Answered):
            self.answers[answered.key].append(answered)
        self.rows: dict[str, list[Row]] = defaultdict(list)
        for row in self.of(Row):
            self.rows[row.client_id].append(row)

    def of(self, kind: type[R]) -> list[R]:
        return self.by_kind[kind]

    def sends(self) -> list[str]:
        return [key for key, tries in self.tries.items() if tries[0].request == "send-message"]

    def acknowledged(self, key: str) -> Answered | None:
        """The first reply that was not an error."""
        good = [answer for answer in self.answers[key] if answer.message is not None]
        return min(good, key=attrgetter("at"), default=None)

    def is_failed(self, key: str) -> bool:
        """Every try was answered with an error; if one has no answer, its outcome is unknown."""
        return not self.acknowledged(key) and len(self.answers[key]) >= len(self.tries[key])

    def is_disturbed(self, key: str) -> bool:
        return len(self.answers[key]) < len(self.tries[key])


def check(records: Sequence[Record]) -> list[Broken]:
    evidence = Evidence(records)
    return [broken for promise in PROMISES for broken in promise(evidence)]


def acknowledged_exists_once(evidence: Evidence) -> Iterator[Broken]:
    for key in evidence.sends():
        answer, rows = evidence.acknowledged(key), evidence.rows[key]
        if answer and not rows:
            yield Broken("acknowledged, and lost", (key,), f"{key} is not in the database")
        elif answer and answer.message not in {row.message for row in rows}:
            yield Broken("acknowledged as another", (key,), f"{key} has rows {rows}")
        if len(rows) > 1:
            yield Broken("doubled", (key,), f"{key} is in the database {len(rows)} times")


def failed_left_nothing(evidence: Evidence) -> Iterator[Broken]:
    for key in evidence.sends():
        if evidence.is_failed(key) and evidence.rows[key]:
            yield Broken("refused, and stored all the same", (key,), f"{key} is in the database")


def nothing_from_nowhere(evidence: Evidence) -> Iterator[Broken]:
    for key, rows in evidence.rows.items():
        if rows and key not in evidence.tries:
            yield Broken("stored, though nobody sent it", (key,), f"{rows[0]}")


def numbers_are_contiguous(evidence: Evidence) -> Iterator[Broken]:
    rows = _by_channel(evidence.of(Row))
    for head in evidence.of(Head):
        yield from _gaps("position", head, [r.position for r in rows[head.channel]])
        versions = [row.version for row in rows[head.channel]]
        yield from _twice("version", head, versions)
        if versions and max(versions) != head.version:
            told = f"channel {head.channel} is at {head.version}, its messages at {max(versions)}"
            yield Broken("a version of no message", (head.channel,), told)


def every_version_is_somebodys(evidence: Evidence) -> Iterator[Broken]:
    """A change that nobody saw can only be one whose request was cut off at least once."""
    seen = _seen_versions(evidence)
    for head in evidence.of(Head):
        missing = set(range(1, head.version + 1)) - seen[head.channel]
        disturbed = [k for k in evidence.tries if evidence.is_disturbed(k)]
        if len(missing) > len(disturbed):
            told = f"channel {head.channel}: nobody saw {sorted(missing)[:20]}"
            yield Broken("versions without a change", (head.channel,), told)


def one_order_for_all(evidence: Evidence) -> Iterator[Broken]:
    """A position names one message, and a version one state of one message, for everybody."""
    at_position: dict[tuple[int, int], int] = {
        (row.channel, row.position): row.message for row in evidence.of(Row)
    }
    at_version: dict[tuple[int, int], tuple[int, str]] = {}
    for client, state in _states(evidence):
        place = (state.channel, state.position)
        if at_position.setdefault(place, state.message) != state.message:
            told = f"position {place} is another message for {client}"
            yield Broken("reordered", (place, client), told)
        version = (state.channel, state.version)
        content = (state.message, state.content)
        if at_version.setdefault(version, content) != content:
            told = f"{client} has\n    {state.content}\n  instead of\n    {at_version[version][1]}"
            yield Broken("one version, two states", (version, client), told)


def real_time_order(evidence: Evidence) -> Iterator[Broken]:
    """A reply to A before B was invoked: A stands before B."""
    moments: dict[int, list[tuple[float, int, str, int]]] = defaultdict(list)
    for key in evidence.sends():
        for row in evidence.rows[key][:1]:
            began = min(invoked.at for invoked in evidence.tries[key])
            moments[row.channel].append((began, 1, key, row.position))
            if answer := evidence.acknowledged(key):
                moments[row.channel].append((answer.at, 0, key, row.position))
    for ordered in map(sorted, moments.values()):
        yield from _overtaken(ordered)


def every_reader_holds_what_is_fresh(evidence: Evidence) -> Iterator[Broken]:
    fresh: dict[int, dict[int, State]] = defaultdict(dict)
    for read in evidence.of(Fresh):
        fresh[read.state.channel][read.state.message] = read.state
    held: dict[tuple[str, int], list[State]] = defaultdict(list)
    for had in evidence.of(Held):
        held[had.client, had.state.channel].append(had.state)
    for reader in evidence.of(Reader):
        mine = held[reader.client, reader.channel]
        yield from _compare(reader.client, mine, fresh[reader.channel])


def fresh_is_the_database(evidence: Evidence) -> Iterator[Broken]:
    rows = {(row.message, row.version) for row in evidence.of(Row)}
    fresh = {(read.state.message, read.state.version) for read in evidence.of(Fresh)}
    read_channels = {read.state.channel for read in evidence.of(Fresh)}
    for row in evidence.of(Row):
        if row.channel in read_channels and (row.message, row.version) not in fresh:
            yield Broken("stored, but not read", (row.message,), f"{row}")
    for message, version in fresh - rows:
        told = f"message {message} at version {version} is not in the database"
        yield Broken("read, but not stored", (message,), told)


def barred_get_nothing(evidence: Evidence) -> Iterator[Broken]:
    barred = {(b.client, b.channel): b.at for b in evidence.of(Barred)}
    for saw in evidence.of(Saw):
        since = barred.get((saw.client, saw.state.channel))
        if since is not None and saw.at > since:
            told = f"{saw.client} got {saw.state.content} {saw.at - since:.2f} s too late"
            yield Broken("shown to who may not see it", (saw.client, saw.state.version), told)


def presence_is_the_sockets(evidence: Evidence) -> Iterator[Broken]:
    for presence in evidence.of(Presence):
        if (presence.told == "offline") != (presence.sockets == 0):
            told = f"user {presence.user} with {presence.sockets} sockets is {presence.told}"
            yield Broken("presence", (presence.user,), told)


PROMISES: list[Callable[[Evidence], Iterator[Broken]]] = [
    acknowledged_exists_once,
    failed_left_nothing,
    nothing_from_nowhere,
    numbers_are_contiguous,
    every_version_is_somebodys,
    one_order_for_all,
    real_time_order,
    every_reader_holds_what_is_fresh,
    fresh_is_the_database,
    barred_get_nothing,
    presence_is_the_sockets,
]


def shortest(records: Sequence[Record], broken: Broken) -> list[Record]:
    """The fewest records that still show this breach (delta debugging: halves, then quarters …)."""

    def shows(some: Sequence[Record]) -> bool:
        return any(b.promise == broken.promise and b.subject == broken.subject for b in check(some))

    kept, pieces = list(records), 2
    while len(kept) > 1:
        size = max(1, len(kept) // pieces)
        for start in range(0, len(kept), size):
            rest = kept[:start] + kept[start + size :]
            if shows(rest):
                kept, pieces = rest, max(2, pieces - 1)
                break
        else:
            if size == 1:
                break
            pieces = min(len(kept), pieces * 2)
    return kept


def _by_channel(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.channel].append(row)
    return found


def _gaps(what: str, head: Head, numbers: list[int]) -> Iterator[Broken]:
    yield from _twice(what, head, numbers)
    for number in sorted(set(range(1, head.last_position + 1)) - set(numbers)):
        told = f"channel {head.channel} has no {what} {number}"
        yield Broken("a gap", (head.channel, what, number), told)


def _twice(what: str, head: Head, numbers: list[int]) -> Iterator[Broken]:
    for number, count in Counter(numbers).items():
        if count > 1:
            told = f"channel {head.channel} has {what} {number} {count} times"
            yield Broken("a number twice", (head.channel, what, number), told)


def _seen_versions(evidence: Evidence) -> dict[int, set[int]]:
    seen: dict[int, set[int]] = defaultdict(set)
    for _, state in _states(evidence):
        seen[state.channel].add(state.version)
    for row in evidence.of(Row):
        seen[row.channel].add(row.version)
    return seen


def _states(evidence: Evidence) -> Iterator[tuple[str, State]]:
    for read in evidence.of(Fresh):
        yield "a fresh reader", read.state
    for saw in evidence.of(Saw):
        yield saw.client, saw.state


def _overtaken(ordered: Sequence[tuple[float, int, str, int]]) -> Iterator[Broken]:
    answered, by = 0, ""
    for _, began, key, position in ordered:
        if not began:
            answered, by = max((answered, by), (position, key))
        elif position < answered:
            told = f"{key} at {position} began after the reply to {by} at {answered}"
            yield Broken("out of real-time order", (by, key), told)


def _compare(client: str, held: list[State], fresh: dict[int, State]) -> Iterator[Broken]:
    for message, count in Counter(state.message for state in held).items():
        if count > 1:
            yield Broken("held twice", (client, message), f"{client} holds {message} {count} times")
    mine = {state.message: state for state in held}
    for message in fresh.keys() - mine.keys():
        told = f"{client} lacks {fresh[message].content}"
        yield Broken("a loss for a reader", (client, message), told)
    for message, state in mine.items():
        if fresh.get(message) != state:
            read = fresh[message].content if message in fresh else "nothing"
            told = f"{client} holds\n    {state.content}\n  a fresh reader gets\n    {read}"
            yield Broken("a stale view", (client, message), told)
