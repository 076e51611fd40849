"""The admin of documents: found and put away, but not written in."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from documents.actions import moderation
from documents.actions.comments import add_comment
from documents.actions.versions import name_version
from documents.actions.writing import set_text
from documents.models import Document
from realtime.errors import Forbidden
from tests.accounts.conftest import Browse, browse
from tests.chat.told import Told

pytestmark = pytest.mark.django_db

__all__ = ["browse"]  # a fixture


@pytest.fixture
def admin(plan: Document, make_user: Callable[..., User], browse: Browse) -> Client:
    make_user("owner", is_staff=True, is_superuser=True)
    return browse("owner")


def test_documents_are_found_looked_at_and_not_changed(
    admin: Client, alice: User, plan: Document
) -> None:
    set_text(alice, document_id=plan.pk, text="The lanterns of the 24th")
    version = name_version(alice, document_id=plan.pk, name="Before the rain")
    comment = add_comment(alice, document_id=plan.pk, text="How many?", index=4, length=8)
    found = {
        "document": (plan.pk, "plan", "Plan"),
        "documentversion": (version.id, "rain", "Before the rain"),
        "comment": (comment.id, "lanterns", "lanterns"),
    }
    for model, (pk, query, shown) in found.items():
        listed = admin.get(f"/admin/documents/{model}/?q={query}").content.decode()
        assert shown in listed
        assert shown not in admin.get(f"/admin/documents/{model}/?q=nothing").content.decode()
        page = admin.get(f"/admin/documents/{model}/{pk}/change/").content.decode()
        assert shown in page
        assert 'name="_save"' not in page
    assert (
        "The lanterns"
        in admin.get(f"/admin/documents/documentversion/{version.id}/change/").content.decode()
    )


def test_staff_put_a_document_away_and_take_it_out_again(
    told: Told, admin: Client, alice: User, plan: Document
) -> None:
    told.take()
    for action, archived in (("archive", True), ("reopen", False)):
        form = {"action": action, "_selected_action": [str(plan.pk)]}
        assert admin.post("/admin/documents/document/", form).status_code == 302
        plan.refresh_from_db()
        assert plan.archived is archived
        [event] = [event for event in told.events() if event.name == "document-updated"]
        assert event.data["archived"] is archived
        filtered = admin.get("/admin/documents/document/?archived__exact=1").content.decode()
        assert ("Plan" in filtered) is archived
    with pytest.raises(Forbidden):
        moderation.archive_documents(alice, document_ids=[plan.pk], archived=True)
