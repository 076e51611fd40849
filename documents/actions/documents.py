"""Beginning documents, and changing what they are called and where they stand."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from accounts.models import User
from audit.record import record
from chat import clock
from chat.actions.messages import send_message
from chat.actions.rows import lock_channel
from chat.models import Channel, Message
from chat.queries.visibility import channel_for
from documents import wire
from documents.actions.beginnings import beginning
from documents.actions.log import Change, append_updates
from documents.models import Document
from documents.queries.documents import document_frame
from documents.queries.visibility import check_editable, document_for
from documents.yjs.text import update_of
from realtime import publish, topics
from realtime.errors import Forbidden, InvalidData
from realtime.retry import PATIENCE_SECONDS, may_have_happened


def create_document(
    author: User,
    *,
    channel_id: int,
    title: str,
    parent_id: int | None = None,
    template: str | None = None,
    from_thread: int | None = None,
) -> wire.Document:
    """NotFound; Forbidden where `author` may not write, and for guests; InvalidData."""
    if may_have_happened() and (made := _just_made(author, channel_id, title)):
        return made
    text = beginning(author, template=template, thread_id=from_thread, channel_id=channel_id)
    with transaction.atomic():
        channel = channel_for(author, channel_id)
        if channel.kind == Channel.Kind.THREAD:
            raise Forbidden("A thread has no documents of its own.")
        now = clock.now()
        document = Document(
            channel=channel, title=title, created_by=author, created_at=now, updated_at=now
        )
        check_editable(document)
        document.parent = _parent(document, parent_id)
        document.save()
        if text:
            append_updates(document.pk, [Change(update_of(text), author)])
            document.refresh_from_db(fields=["version", "updated_at"])
        document.message = _card(author, document)
        document.save(update_fields=["message"])
        frame = document_frame(document)
        publish.publish(topics.channel(channel.pk), wire.DocumentCreated(frame))
        return frame


def _just_made(author: User, channel_id: int, title: str) -> wire.Document | None:
    since = clock.now() - timedelta(seconds=2 * PATIENCE_SECONDS)
    made = Document.objects.filter(created_by=author, title=title, created_at__gt=since)
    row = made.filter(channel=channel_for(author, channel_id)).first()
    return document_frame(row) if row else None


def _card(author: User, document: Document) -> Message:
    """A message that is nothing but a link: clients draw the document in its place."""
    text = f"[{_escaped(document.title)}](/documents/{document.pk})"
    sent = send_message(
        author,
        channel_id=document.channel_id,
        text=text,
        client_id=f"document {uuid4()}",
        document=document.pk,
    )
    return Message.objects.get(pk=sent.id)


def _escaped(title: str) -> str:
    """So that no character of it ends the link or is markup."""
    return "".join(f"\\{c}" if c.isascii() and not c.isalnum() and c != " " else c for c in title)


def update_document(actor: User, *, document_id: int, changed: Mapping[str, Any]) -> wire.Document:
    """`changed`: any of title, parent (an id or None) and archived. NotFound; Forbidden for who may
    not write in the channel; InvalidData for a parent that will not do."""
    with transaction.atomic():
        lock_channel(document_for(actor, document_id).channel_id)  # two moves make no ring
        document = document_for(actor, document_id)
        was_archived = document.archived
        document.archived = False  # an archived one can be opened again
        check_editable(document)
        document.archived = changed.get("archived", was_archived)
        document.title = changed.get("title", document.title)
        if "parent" in changed:
            document.parent = _parent(document, changed["parent"])
        document.save(update_fields=["title", "parent", "archived"])
        if document.archived != was_archived:
            action = "document.archived" if document.archived else "document.reopened"
            record(actor, action, document)
        frame = document_frame(document)
        publish.publish(topics.channel(document.channel_id), wire.DocumentUpdated(frame))
        return frame


def _parent(document: Document, parent_id: int | None) -> Document | None:
    """A document of the same channel that does not itself stand under this one."""
    if parent_id is None:
        return None
    wrong = InvalidData(fields={"parent": "There is no such document in the channel."})
    parent = Document.objects.filter(pk=parent_id, channel=document.channel_id).first()
    if parent is None:
        raise wrong
    above: Document | None = parent
    while above is not None:
        if above.pk == document.pk:
            raise InvalidData(fields={"parent": "A document cannot stand under itself."})
        above = above.parent
    return parent
