"""What tests of documents share: the recorder of what is told, a document, clients in Node."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from accounts.models import User
from chat.models import Channel
from documents.actions.documents import create_document
from documents.models import Document
from realtime.database import in_database
from realtime.worker import Worker
from tests.chat.told import Told
from tests.documents.desk import Desk
from tests.documents.stock import Node, Stock, stock
from tests.serving import Address

Enter = Callable[[str], Awaitable[Stock]]


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


@pytest.fixture
async def node() -> AsyncIterator[Node]:
    async with stock() as process:
        yield process


@pytest.fixture
async def desk(transactional_db: None) -> Desk:
    return await in_database(Desk)


@pytest.fixture
def enter(node: Node, server: Address, desk: Desk) -> Enter:
    async def open_(name: str) -> Stock:
        client = await node.open(server.url, desk.document, desk.tokens[name])
        return await client.synced()

    return open_
