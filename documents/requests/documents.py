"""Requests about documents as a whole."""

from functools import partial
from typing import TYPE_CHECKING

from accounts.models import User
from chat.languages import in_language, language_of
from chat.requests import commands, message_limit
from documents import queries, wire
from documents.actions import documents
from documents.batches import thread
from documents.yjs.press import press
from realtime import maintenance
from realtime.database import in_database

if TYPE_CHECKING:
    from chat.consumers import ChatConsumer


@commands.socket(wire.CreateDocument, limit=message_limit)
async def create_document(socket: "ChatConsumer", data: wire.CreateDocument) -> wire.DocumentReply:
    """Limited as messages: its card is one. Templates speak the language of the page."""
    maintenance.check()
    create = partial(
        documents.create_document,
        socket.user,
        channel_id=data.channel,
        title=data.title,
        parent_id=data.parent,
        template=data.template,
        from_thread=data.from_thread,
    )
    document = await in_database(in_language, language_of(socket), create)
    return wire.DocumentReply(document=document)


@commands.request(wire.ListDocuments)
def list_documents(user: User, data: wire.ListDocuments) -> wire.DocumentList:
    """Who asks for documents may open one in a moment."""
    thread.submit(press.wake)
    found, complete = queries.list_documents(
        user, channel_id=data.channel, archived=data.archived, before=data.before
    )
    return wire.DocumentList(documents=found, complete=complete)


@commands.request(wire.ShowDocument)
def show_document(user: User, data: wire.ShowDocument) -> wire.DocumentReply:
    return wire.DocumentReply(document=queries.show_document(user, document_id=data.document))


@commands.request(wire.UpdateDocument)
def update_document(user: User, data: wire.UpdateDocument) -> wire.DocumentReply:
    given = data.model_dump(exclude_unset=True, exclude={"document"})
    # Only for the parent null says something.
    changed = {name: v for name, v in given.items() if v is not None or name == "parent"}
    document = documents.update_document(user, document_id=data.document, changed=changed)
    return wire.DocumentReply(document=document)
