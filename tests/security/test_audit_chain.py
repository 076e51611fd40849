"""The audit log: what is in it cannot be changed, and if it is, that shows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from accounts.models import User
from audit import verify as walking
from audit.append_only import forbid_changes
from audit.chain import GENESIS, hash_of
from audit.models import Entry
from audit.record import record
from audit.verify import verify
from tests.servers import Worker


@pytest.fixture
def entries(alice: User) -> list[Entry]:
    for number in range(1, 8):
        record(alice, "thing.done", f"thing {number}", {"number": number, "who": "김철수"})
    return list(Entry.objects.all())


@pytest.fixture
def append_only(db: None) -> None:
    """The triggers, which tests that do without migrations would not have."""
    forbid_changes(None, connection.schema_editor())


def test_each_entry_holds_the_hash_of_the_one_before(entries: list[Entry]) -> None:
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5, 6, 7]
    hashes = [entry.hash for entry in entries]
    assert len(set(hashes)) == 7
    assert [entry.previous_hash for entry in entries] == [GENESIS, *hashes[:-1]]
    walk = verify()
    assert (walk.number, walk.hash, walk.problem) == (7, hashes[-1], "")


def test_the_form_that_is_hashed_never_changes(db: None) -> None:
    """If this fails, the entries of every Maru that runs no longer verify: do not edit it."""
    entry = Entry(
        number=1,
        time=datetime(2026, 1, 2, 3, 4, 5, 6, UTC),
        actor_id=3,
        actor_name="김철수",
        action="token.created",
        subject="access token 5: bot",
        details={"b": 1, "a": ["x", None, True]},
        address="192.0.2.1",
        previous_hash=GENESIS,
    )
    expected = "f4fd4f92024fa3f3f6c55b3c262d9a759cc013a9177256df6b88ca69348d9f17"
    assert hash_of(entry) == expected


@pytest.mark.parametrize(
    "change",
    [
        {"action": "thing.denied"},
        {"actor_id": 99},
        {"actor_name": "bob"},
        {"subject": "another thing"},
        {"details": {"number": 4, "who": "bob"}},
        {"address": "192.0.2.9"},
        {"hash": "f" * 64},
        {"previous_hash": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_is_found(entries: list[Entry], change: dict[str, Any]) -> None:
    Entry.objects.filter(number=4).update(**change)
    walk = verify()
    assert walk.number == 3
    assert "Entry 4 " in walk.problem


def test_a_changed_entry_whose_hash_was_made_anew_breaks_the_next(entries: list[Entry]) -> None:
    forged = entries[3]
    forged.actor_name = "bob"
    Entry.objects.filter(number=4).update(actor_name="bob", hash=hash_of(forged))
    assert verify().number == 4
    assert verify().problem.startswith("Entry 5 does not follow")


def test_a_removed_entry_is_found(entries: list[Entry]) -> None:
    Entry.objects.filter(number=4).delete()
    assert verify().problem.startswith("Entry 4 is missing")


def test_entries_in_another_order_are_found(entries: list[Entry]) -> None:
    Entry.objects.filter(number=4).update(number=99)
    Entry.objects.filter(number=5).update(number=F("number") - 1)
    assert verify().number == 3


def test_what_was_cut_off_is_found_by_what_was_noted(entries: list[Entry]) -> None:
    noted = f"7:{entries[-1].hash}"
    call_command("verify_audit", holds=noted, stdout=StringIO())
    Entry.objects.filter(number__gt=5).delete()
    assert verify().problem == ""
    with pytest.raises(CommandError, match="Entry 7 is gone"):
        call_command("verify_audit", holds=noted, stdout=StringIO())


def test_the_command_tells_the_end_or_the_first_break(entries: list[Entry]) -> None:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert f"7:{entries[-1].hash}" in out.getvalue()
    Entry.objects.filter(number=2).update(subject="x")
    Entry.objects.filter(number=5).update(subject="x")
    with pytest.raises(CommandError, match="Entry 2 "):
        call_command("verify_audit", stdout=out)


def test_the_walk_holds_no_more_than_a_chunk(
    entries: list[Entry], monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(walking, "CHUNK", 2)
    with django_assert_num_queries(5):  # 2 + 2 + 2 + 1 and none
        assert verify().number == 7


def test_the_database_refuses_every_change(append_only: None, entries: list[Entry]) -> None:
    tries = [
        "UPDATE audit_entry SET action = 'x' WHERE number = 3",
        "DELETE FROM audit_entry WHERE number = 7",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry"
        if connection.vendor == "postgresql"
        else "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE number = 3",
    ]
    for statement in tries:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)
    record(None, "thing.done")
    assert verify().number == 8


def test_a_migrated_database_refuses_changes(tmp_path: Any) -> None:
    worker = Worker(DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite3'}")
    worker.manage("migrate", "--verbosity", "0")
    code = "from audit.record import record; record(None, 'a.b'); "
    worker.manage("shell", "-c", code)
    assert worker.manage("verify_audit").startswith("1 entries hold")
    change = "from audit.models import Entry; Entry.objects.all().delete()"
    with pytest.raises(RuntimeError, match="append-only"):
        worker.manage("shell", "-c", change)


def test_an_entry_is_saved_once(entries: list[Entry]) -> None:
    entries[2].subject = "another"
    with pytest.raises(DatabaseError), transaction.atomic():
        entries[2].save()
    assert verify().problem == ""


def test_what_was_rolled_back_leaves_neither_entry_nor_gap(entries: list[Entry]) -> None:
    class Failed(Exception):
        pass

    def fail() -> None:
        with transaction.atomic():
            record(None, "thing.failed")
            raise Failed

    with pytest.raises(Failed):
        fail()
    record(None, "thing.done")
    assert not Entry.objects.filter(action="thing.failed").exists()
    assert (verify().number, verify().problem) == (8, "")


def test_what_no_database_stores_is_replaced(db: None) -> None:
    record(None, "thing.done", "a\0b\ud800" + "x" * 300, {"name": "\0" * 600})
    entry = Entry.objects.get()
    assert entry.subject.startswith("a\ufffdb?x")
    assert (len(entry.subject), len(entry.details["name"])) == (200, 500)
    assert verify().number == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_chain(transactional_db: None) -> None:
    def many(worker: int) -> None:
        for number in range(10):
            with transaction.atomic():
                record(None, "thing.done", f"{worker} {number}")
        connection.close()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(many, range(6)))
    assert (verify().number, verify().problem) == (60, "")
