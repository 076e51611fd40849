"""Documents when their writers pause: one snapshot in place of many updates, and who is told."""

from collections.abc import Callable

import pytest
from pycrdt import Doc, Text

from accounts.models import User
from chat.models import Mention
from documents.actions import tidying
from documents.actions.comments import add_comment
from documents.actions.log import touched
from documents.actions.writing import Write, change_text, set_text, write_updates
from documents.models import Document, DocumentSnapshot, DocumentUpdate
from documents.queries.comments import comments_of
from documents.queries.held import log_since, text_now
from documents.yjs.press import press
from documents.yjs.text import new_doc, text_of

pytestmark = pytest.mark.django_db


def write(author: User, document: Document, text: str) -> None:
    set_text(author, document_id=document.pk, text=text)


def fresh_text(document: Document) -> str:
    doc = new_doc()
    for _, data in log_since(document.pk, 0):
        doc.apply_update(data)
    return str(text_of(doc))


def test_updates_become_a_snapshot(alice: User, plan: Document) -> None:
    for n in range(50):
        write(alice, plan, "x" * n + "끝")
    tidying.compact(plan.pk)

    plan.refresh_from_db()
    snapshot = DocumentSnapshot.objects.get(document=plan)
    assert (snapshot.version, DocumentUpdate.objects.count()) == (50, 0)
    assert plan.snapshot_size + plan.updates_size <= 2 * len(bytes(snapshot.data))
    write(alice, plan, "after")
    press.forget(plan.pk)
    assert fresh_text(plan) == text_now(alice, plan.pk)[1] == "after"
    tidying.compact(plan.pk)
    assert fresh_text(plan) == "after"


def test_what_waits_for_another_update_is_not_lost(alice: User, plan: Document) -> None:
    doc: Doc[Text] = Doc()
    text = doc.get("text", type=Text)
    updates = []
    for word in ("one ", "two ", "three"):
        state = doc.get_state()
        text.insert(len(text), word)
        updates.append(doc.get_update(state))
    first, second, third = (Write(alice, plan.pk, update, True) for update in updates)
    assert write_updates([first, third]) == [1, 2]
    tidying.compact(plan.pk)
    assert list(DocumentUpdate.objects.values_list("version", flat=True)) == [2]
    press.forget(plan.pk)
    assert text_now(alice, plan.pk)[1] == "one "
    assert write_updates([second]) == [3]
    assert text_now(alice, plan.pk)[1] == fresh_text(plan) == "one two three"


def test_a_comment_outlives_its_text(alice: User, plan: Document) -> None:
    write(alice, plan, "one two three")
    add_comment(alice, document_id=plan.pk, text="?", index=4, length=3)
    add_comment(alice, document_id=plan.pk, text="end", index=8, length=5)
    write(alice, plan, "one 2 three")
    change_text(alice, document_id=plan.pk, base=2, ops=[{"insert": "0 "}])
    tidying.compact(plan.pk)
    press.forget(plan.pk)
    gone, moved = comments_of(plan)
    assert gone.position is None or gone.position.length == 0
    assert moved.position
    assert (moved.position.index, moved.quote) == (8, "three")


def test_who_is_named_is_told_once(alice: User, bob: User, charlie: User, plan: Document) -> None:
    write(alice, plan, "for @bob and @charlie, by @alice")
    tidying.tidy(plan.pk)
    write(alice, plan, "for @bob, again @bob")
    tidying.tidy(plan.pk)
    assert list(Mention.objects.values_list("user", flat=True)) == [bob.pk]


def test_only_what_is_due_is_tidied(
    alice: User, plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched.clear()
    write(alice, plan, "x")
    tidying.tidy_all()
    assert not DocumentSnapshot.objects.exists()
    monkeypatch.setattr(tidying, "PAUSE_SECONDS", 0)
    tidying.tidy_all()
    assert DocumentSnapshot.objects.exists()
    assert not touched


def test_a_bad_update_is_stored_by_nobody(
    alice: User, plan: Document, make_user: Callable[..., User]
) -> None:
    good = new_doc()
    text_of(good).insert(0, "good")
    results = write_updates(
        [
            Write(alice, plan.pk, b"\x01\x02\x03", True),
            Write(alice, plan.pk, good.get_update(), True),
            Write(alice, plan.pk, good.get_update(), False),
            Write(make_user("dana"), plan.pk, good.get_update() + b"", False),
        ]
    )
    assert [type(result).__name__ for result in results[:2]] == ["BadUpdate", "int"]
    assert DocumentUpdate.objects.count() == 1
    assert text_now(alice, plan.pk)[1] == "good"
