"""What tests of documents share: the recorder of what is told, and a document."""

import pytest

from accounts.models import User
from chat.models import Channel
from documents.actions.documents import create_document
from documents.models import Document
from realtime.worker import Worker
from tests.chat.told import Told


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What actions hand over, in place of a worker that would send it to sockets."""
    recorder = Told()
    monkeypatch.setattr(Worker, "current", recorder)
    return recorder


@pytest.fixture
def plan(alice: User, general: Channel) -> Document:
    """A document of Alice's in `general`."""
    made = create_document(alice, channel_id=general.pk, title="Plan")
    return Document.objects.get(pk=made.id)
