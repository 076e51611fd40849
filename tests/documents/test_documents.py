"""Documents as a whole: beginning, listing, moving, archiving, and who may."""

from contextvars import copy_context
from typing import Any

import pytest
from django.utils import translation
from pycrdt import Doc, Text

from accounts.models import User
from chat import queries as chat
from chat import slash
from chat.actions.channels import update_channel
from chat.actions.memberships import add_member
from chat.actions.messages import send_message
from chat.actions.threads import open_thread
from chat.models import Channel, Membership
from documents import wire
from documents.actions import comments, documents, participation, versions, writing
from documents.actions.comments import add_comment
from documents.actions.documents import create_document, update_document
from documents.actions.writing import TextConflict, change_text
from documents.models import Document, DocumentUpdate
from documents.queries import list_documents, show_document
from documents.yjs.press import press
from realtime.errors import Forbidden, InvalidData, NotFound
from tests.chat.test_concurrency import THREADS, at_once
from tests.chat.told import Told

pytestmark = pytest.mark.django_db


def listed(user: User, **asked: Any) -> list[wire.Document]:
    documents, complete = list_documents(user, **asked)
    assert complete
    return documents


def stored_text(document_id: int) -> str:
    doc: Doc[Text] = Doc()
    text = doc.get("text", type=Text)
    for update in DocumentUpdate.objects.filter(document=document_id).order_by("version"):
        doc.apply_update(bytes(update.data))
    return str(text)


def test_a_document_has_a_card_in_the_timeline(
    told: Told, alice: User, bob: User, general: Channel
) -> None:
    told.take()
    made = create_document(alice, channel_id=general.pk, title="A [plan] *now*")
    told_names = [event.name for event in told.events()]

    card = chat.open_channel(bob, channel_id=general.pk).messages[-1]
    assert (card.id, card.sender.id) == (made.message, alice.pk)
    assert card.document == made.id
    assert f'href="/documents/{made.id}"' in card.html
    assert "A [plan] *now*" in card.html
    assert sorted(told_names) == ["document-created", "new-message"]
    assert listed(bob, channel_id=general.pk) == [made]


def test_what_may_have_happened_happens_once(
    alice: User, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A COMMIT was lost, and each request is carried out again."""
    plan = create_document(alice, channel_id=general.pk, title="Plan").id
    said = add_comment(alice, document_id=plan, text="Why?", index=0, length=0)
    named = versions.name_version(alice, document_id=plan, name="First")
    replied = comments.reply_comment(alice, comment_id=said.id, text="So.")
    for module in (comments, documents, versions):
        monkeypatch.setattr(module, "may_have_happened", lambda: True)
    assert create_document(alice, channel_id=general.pk, title="Plan").id == plan
    assert add_comment(alice, document_id=plan, text="Why?", index=0, length=0) == replied
    assert versions.name_version(alice, document_id=plan, name="First") == named
    assert comments.reply_comment(alice, comment_id=said.id, text="So.") == replied
    assert [reply.text for reply in replied.replies] == ["So."]
    assert add_comment(alice, document_id=plan, text="How?", index=0, length=0).id != said.id


def test_a_change_is_no_conflict_with_itself(
    alice: User, bob: User, plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its COMMIT was lost, and others wrote before it is carried out again."""

    def change() -> tuple[str, int]:
        return change_text(alice, document_id=plan.pk, base=0, ops=[{"insert": "가"}])

    def change_of_bob() -> None:
        change_text(bob, document_id=plan.pk, base=1, ops=[{"retain": 1}, {"insert": "나"}])

    request = copy_context()
    done = request.run(change)
    copy_context().run(change_of_bob)
    press.forget(plan.pk)  # as after every error
    monkeypatch.setattr(writing, "may_have_happened", lambda: True)
    assert request.run(change) == done == ("가", 1)
    with pytest.raises(TextConflict):
        copy_context().run(change)  # another request
    assert stored_text(plan.pk) == "가나"


def test_templates_speak_the_language_of_who_begins(alice: User, general: Channel) -> None:
    english = create_document(alice, channel_id=general.pk, title="1", template="decision")
    with translation.override("ko"):  # as the socket's requests are carried out
        korean = create_document(alice, channel_id=general.pk, title="2", template="decision")

    assert stored_text(english.id).startswith("# Decision\n")
    assert stored_text(korean.id).startswith("# 결정\n")
    assert (english.version, korean.version) == (1, 1)


def test_a_document_of_a_thread(alice: User, bob: User, general: Channel) -> None:
    root = send_message(bob, channel_id=general.pk, text="Where shall we eat?", client_id="r")
    thread = open_thread(alice, message_id=root.id)
    send_message(alice, channel_id=thread.id, text="점심은 **여기**", client_id="a")
    made = create_document(
        bob, channel_id=general.pk, title="Lunch", from_thread=thread.id, template="retro"
    )

    text = stored_text(made.id)
    assert text.startswith("# Looking back\n")
    assert text.endswith("**Bob**: Where shall we eat?\n\n**Alice**: 점심은 **여기**\n")
    with pytest.raises(InvalidData):
        create_document(bob, channel_id=general.pk, title="x", from_thread=general.pk)


def test_documents_stand_under_each_other_without_a_ring(
    alice: User, general: Channel, plan: Document
) -> None:
    child = create_document(alice, channel_id=general.pk, title="Child", parent_id=plan.pk)
    below = create_document(alice, channel_id=general.pk, title="Below", parent_id=child.id)

    with pytest.raises(InvalidData):
        update_document(alice, document_id=plan.pk, changed={"parent": below.id})
    moved = update_document(alice, document_id=below.id, changed={"parent": None})
    assert moved.parent is None
    elsewhere = create_document(
        alice, channel_id=chat.list_channels(alice)[0].id, title="elsewhere"
    )
    assert elsewhere.parent is None


def test_archived_documents_are_listed_apart(told: Told, alice: User, plan: Document) -> None:
    told.take()
    archived = update_document(alice, document_id=plan.pk, changed={"archived": True})
    assert [event.name for event in told.events()] == ["document-updated"]
    assert listed(alice) == []
    assert listed(alice, archived=True) == [archived]
    update_document(alice, document_id=plan.pk, changed={"archived": False, "title": "New"})
    assert [document.title for document in listed(alice)] == ["New"]


def test_guests_and_outsiders(
    alice: User, bob: User, charlie: User, general: Channel, plan: Document
) -> None:
    for attempt in (
        lambda: create_document(charlie, channel_id=general.pk, title="x"),
        lambda: update_document(charlie, document_id=plan.pk, changed={"title": "x"}),
        lambda: listed(charlie, channel_id=general.pk),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert listed(charlie) == []
    add_member(alice, channel_id=general.pk, user_id=charlie.pk)
    Membership.objects.filter(user=charlie).update(role="guest")
    assert len(listed(charlie)) == 1
    with pytest.raises(Forbidden):
        create_document(charlie, channel_id=general.pk, title="x")
    with pytest.raises(Forbidden):
        update_document(charlie, document_id=plan.pk, changed={"title": "x"})


def test_where_owners_write_they_write_the_documents(
    alice: User, bob: User, general: Channel, plan: Document
) -> None:
    update_channel(alice, channel_id=general.pk, posting="owners")
    assert [document.id for document in listed(bob)] == [plan.pk]
    for attempt in (
        lambda: create_document(bob, channel_id=general.pk, title="x"),
        lambda: update_document(bob, document_id=plan.pk, changed={"title": "x"}),
        lambda: add_comment(bob, document_id=plan.pk, text="x", index=0, length=0),
    ):
        with pytest.raises(Forbidden):
            attempt()
    update_document(alice, document_id=plan.pk, changed={"title": "News"})


def test_a_long_list_comes_in_pages_and_one_is_shown_alone(
    alice: User, charlie: User, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.queries.documents.DOCUMENTS_LIMIT", 2)
    made = [create_document(alice, channel_id=general.pk, title=str(n)).id for n in range(5)]
    Document.objects.update(updated_at=Document.objects.get(pk=made[0]).updated_at)
    found: list[int] = []
    for size, last in ((2, False), (2, False), (1, True)):
        page, complete = list_documents(alice, before=found[-1] if found else None)
        assert (len(page), complete) == (size, last)
        found += [document.id for document in page]
    assert found == made[::-1]
    assert show_document(alice, document_id=made[0]).title == "0"
    for attempt in (
        lambda: show_document(charlie, document_id=made[0]),
        lambda: list_documents(charlie, before=made[0]),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_slash_command_begins_one(alice: User, charlie: User, general: Channel) -> None:
    def doc(user: User, arguments: str) -> str:
        said = slash.run_command(
            user, channel_id=general.pk, name="doc", arguments=arguments, client_id="1"
        )
        return said.message.text if said.message else ""

    text = doc(alice, "  The  plan ")
    (made,) = listed(alice, channel_id=general.pk)
    assert (made.title, text) == ("The plan", f"[The plan](/documents/{made.id})")
    assert doc(alice, "").startswith("[Untitled]")
    with pytest.raises(NotFound):
        doc(charlie, "Mine")


def test_versions_have_an_end(alice: User, plan: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "VERSIONS_LIMIT", 1)
    versions.name_version(alice, document_id=plan.pk, name="first")
    with pytest.raises(Forbidden):
        versions.name_version(alice, document_id=plan.pk, name="second")


@pytest.mark.django_db(transaction=True)
def test_whose_sockets_all_go_at_once_is_seen_to_leave_once(
    told: Told, bob: User, plan: Document
) -> None:
    for number in range(THREADS):
        participation.enter(bob, plan.pk, f"socket {number}")
    told.take()
    at_once(lambda number: participation.leave(plan.pk, f"socket {number}"))
    assert told.names().count("user-left") == 1
