"""Requests about documents as a whole."""

from accounts.models import User
from chat.requests import commands
from documents import queries, wire
from documents.actions import documents


@commands.request(wire.CreateDocument)
def create_document(user: User, data: wire.CreateDocument) -> wire.DocumentReply:
    document = documents.create_document(
        user,
        channel_id=data.channel,
        title=data.title,
        parent_id=data.parent,
        template=data.template,
        from_thread=data.from_thread,
    )
    return wire.DocumentReply(document=document)


@commands.request(wire.ListDocuments)
def list_documents(user: User, data: wire.ListDocuments) -> wire.DocumentList:
    found = queries.list_documents(user, channel_id=data.channel, archived=data.archived)
    return wire.DocumentList(documents=found)


@commands.request(wire.UpdateDocument)
def update_document(user: User, data: wire.UpdateDocument) -> wire.DocumentReply:
    given = data.model_dump(exclude_unset=True, exclude={"document"})
    # Only for the parent null says something.
    changed = {name: v for name, v in given.items() if v is not None or name == "parent"}
    document = documents.update_document(user, document_id=data.document, changed=changed)
    return wire.DocumentReply(document=document)
