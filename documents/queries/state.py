"""A document as who joins it gets it, and as who reads it is told on."""

from typing import NamedTuple

from accounts.models import User
from chat.wire import Sender
from documents import wire
from documents.models import DocumentUpdate
from documents.queries.comments import comments_of
from documents.queries.documents import participants_of
from documents.queries.held import held, text_now
from documents.yjs.press import press


def document_state(viewer: User, *, document_id: int, with_text: bool) -> wire.DocumentState:
    """NotFound as in document_for."""
    document, text, version = text_now(viewer, document_id)
    return wire.DocumentState(
        document=document.pk,
        title=document.title,
        text=text if with_text else "",
        version=version,
        participants=participants_of([document.pk]).get(document.pk, []),
        comments=comments_of(document),
    )


class TextNow(NamedTuple):
    text: str
    version: int
    author: Sender | None


def text_of(document_id: int) -> TextNow:
    """The text now, and who changed it last (None once that is compacted). For the rooms, so
    without a viewer."""
    with held(document_id) as version:
        text = press.ask("text", document_id)
    last = DocumentUpdate.objects.filter(document=document_id, version=version)
    row = last.select_related("user").first()
    author = Sender.of(row.user) if row is not None and row.user is not None else None
    return TextNow(text, version, author)
