"""The checker can fail: each test tells it of a run in which one promise was broken."""

from collections.abc import Callable, Sequence

import pytest

from tests.faults.checker import check, shortest
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

CHANNEL = 1
READERS = ("alice", "bob")


def state(number: int, version: int | None = None, content: str = "") -> State:
    return State(CHANNEL, 100 + number, number, version or number, content or f"message {number}")


def sent(number: int) -> list[Record]:
    """Message `number` was sent at that second, answered half a second later, and seen by all."""
    key, message = f"key-{number}", state(number)
    return [
        Invoked(number, "alice", "send-message", key, CHANNEL),
        Answered(number + 0.5, "alice", key, message.message),
        *(Saw(number + 0.6, reader, message) for reader in READERS),
        Row(CHANNEL, message.message, number, message.version, key),
        Fresh(message),
        *(Held(reader, message) for reader in READERS),
    ]


@pytest.fixture
def run() -> list[Record]:
    """Five messages, and nothing wrong."""
    records: list[Record] = [record for number in range(1, 6) for record in sent(number)]
    records += [Head(CHANNEL, 5, 5), *(Reader(reader, CHANNEL) for reader in READERS)]
    return [*records, Presence(1, "online", 2), Presence(2, "offline", 0)]


def without(records: Sequence[Record], unwanted: Callable[[Record], bool]) -> list[Record]:
    left = [record for record in records if not unwanted(record)]
    assert len(left) < len(records)
    return left


def promises(records: Sequence[Record]) -> set[str]:
    return {broken.promise for broken in check(records)}


def test_a_good_run_breaks_nothing(run: list[Record]) -> None:
    assert check(run) == []


def test_a_loss_in_the_database(run: list[Record]) -> None:
    lost = without(run, lambda r: isinstance(r, Row) and r.client_id == "key-3")
    assert "acknowledged, and lost" in promises(lost)
    assert "a gap" in promises(lost)


def test_a_loss_for_one_reader(run: list[Record]) -> None:
    lost = without(run, lambda r: isinstance(r, Held) and r == Held("bob", state(3)))
    assert promises(lost) == {"a loss for a reader"}


def test_a_double_in_the_database(run: list[Record]) -> None:
    doubled = [*run, Row(CHANNEL, 106, 6, 6, "key-3")]
    assert "doubled" in promises(doubled)


def test_a_double_for_one_reader(run: list[Record]) -> None:
    assert promises([*run, Held("bob", state(3))]) == {"held twice"}


def test_a_reorder_for_one_reader(run: list[Record]) -> None:
    swapped = State(CHANNEL, 102, 3, 2, "message 2")
    assert "reordered" in promises([*run, Saw(9, "bob", swapped)])


def test_two_states_of_one_version(run: list[Record]) -> None:
    torn = Saw(9, "bob", state(3, content="message 3 with a reaction that came later"))
    assert promises([*run, torn]) == {"one version, two states"}


def test_a_stale_view(run: list[Record]) -> None:
    edited = [
        Fresh(state(3, 6, "edited")) if record == Fresh(state(3)) else record for record in run
    ]
    edited[edited.index(Row(CHANNEL, 103, 3, 3, "key-3"))] = Row(CHANNEL, 103, 3, 6, "key-3")
    edited[edited.index(Head(CHANNEL, 5, 5))] = Head(CHANNEL, 6, 5)
    edited[edited.index(Held("alice", state(3)))] = Held("alice", state(3, 6, "edited"))
    stale = check(edited)
    assert [broken.promise for broken in stale] == ["a stale view"]
    assert stale[0].subject == ("bob", 103)


def test_a_resurrected_delete(run: list[Record]) -> None:
    tombstone = state(3, 6, '{"deleted": true}')
    deleted: list[Record] = [
        *without(run, lambda r: r == Fresh(state(3)) or r == Held("alice", state(3))),
        Fresh(tombstone),
        Held("alice", tombstone),
    ]
    deleted[deleted.index(Row(CHANNEL, 103, 3, 3, "key-3"))] = Row(CHANNEL, 103, 3, 6, "key-3")
    deleted[deleted.index(Head(CHANNEL, 5, 5))] = Head(CHANNEL, 6, 5)
    assert promises(deleted) == {"a stale view"}


def test_a_refused_message_that_is_stored(run: list[Record]) -> None:
    refused = [
        Answered(3.5, "alice", "key-3", None, "internal")
        if isinstance(record, Answered) and record.key == "key-3"
        else record
        for record in run
    ]
    assert promises(refused) == {"refused, and stored all the same"}


def test_an_unknown_outcome_may_be_one_or_none(run: list[Record]) -> None:
    unanswered = without(run, lambda r: isinstance(r, Answered) and r.key == "key-3")
    assert check(unanswered) == []
    nothing_came_of_it = [*run, Invoked(9, "bob", "send-message", "key-9", CHANNEL)]
    assert check(nothing_came_of_it) == []


def test_an_error_after_a_lost_reply_is_still_unknown(run: list[Record]) -> None:
    repeated = without(run, lambda r: isinstance(r, Answered) and r.key == "key-3")
    repeated.append(Invoked(4, "alice", "send-message", "key-3", CHANNEL))
    repeated.append(Answered(5, "alice", "key-3", None, "internal"))
    assert check(repeated) == []


def test_a_message_that_nobody_sent(run: list[Record]) -> None:
    invented = without(run, lambda r: isinstance(r, Invoked | Answered) and r.key == "key-3")
    assert promises(invented) == {"stored, though nobody sent it"}


def test_an_order_that_contradicts_the_clock(run: list[Record]) -> None:
    late = [
        Invoked(9, "alice", "send-message", "key-1", CHANNEL)
        if isinstance(record, Invoked) and record.key == "key-1"
        else record
        for record in run
    ]
    assert promises(late) == {"out of real-time order"}


def test_versions_that_no_change_explains(run: list[Record]) -> None:
    jumped = [Head(CHANNEL, 9, 5) if isinstance(record, Head) else record for record in run]
    assert promises(jumped) == {"a version of no message", "versions without a change"}


def test_something_shown_to_who_was_removed(run: list[Record]) -> None:
    assert promises([*run, Barred(4, "bob", CHANNEL)]) == {"shown to who may not see it"}


@pytest.mark.parametrize("wrong", [Presence(1, "offline", 1), Presence(2, "online", 0)])
def test_presence_that_is_not_so(run: list[Record], wrong: Presence) -> None:
    assert promises([*run, wrong]) == {"presence"}


def test_the_shortest_log_shows_only_the_breach(run: list[Record]) -> None:
    lost = without(run, lambda r: isinstance(r, Row) and r.client_id == "key-3")
    [breach] = [b for b in check(lost) if b.promise == "acknowledged, and lost"]
    assert shortest(lost, breach) == [
        Invoked(3, "alice", "send-message", "key-3", CHANNEL),
        Answered(3.5, "alice", "key-3", 103),
    ]
