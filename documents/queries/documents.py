"""Documents as frames, one or many."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from chat.queries.visibility import channel_for, visible_channels
from chat.wire import Sender
from documents import wire
from documents.models import Document, Participant
from documents.queries.visibility import document_for

DOCUMENTS_LIMIT = 500
LEASE = timedelta(seconds=60)  # a worker renews every twenty


def list_documents(
    viewer: User,
    *,
    channel_id: int | None = None,
    archived: bool = False,
    before: int | None = None,
) -> tuple[list[wire.Document], bool]:
    """The last changed one first, after the document `before`; whether there are no more. What is
    changed meanwhile moves to the front: it may come twice, and nothing is left out. NotFound as in
    channel_for and document_for."""
    if channel_id is not None:
        rows = Document.objects.filter(channel=channel_for(viewer, channel_id))
    else:
        rows = Document.objects.filter(channel__in=visible_channels(viewer).values("pk"))
    rows = rows.filter(archived=archived).select_related("created_by")
    if before is not None:
        last = document_for(viewer, before)
        older = Q(updated_at=last.updated_at, pk__lt=last.pk)
        rows = rows.filter(Q(updated_at__lt=last.updated_at) | older)
    found = list(rows.order_by("-updated_at", "-pk")[: DOCUMENTS_LIMIT + 1])
    return document_frames(found[:DOCUMENTS_LIMIT]), len(found) <= DOCUMENTS_LIMIT


def show_document(viewer: User, *, document_id: int) -> wire.Document:
    """NotFound as in document_for."""
    return document_frame(document_for(viewer, document_id))


def document_frames(rows: Iterable[Document]) -> list[wire.Document]:
    rows = list(rows)
    people = participants_of([row.pk for row in rows])
    return [wire.Document.of(row, people.get(row.pk, ())) for row in rows]


def document_frame(row: Document) -> wire.Document:
    return document_frames([row])[0]


def participants_of(document_ids: Sequence[int]) -> dict[int, list[Sender]]:
    """Who is in each of these documents now; somebody with two windows once."""
    alive = Participant.objects.filter(
        document__in=document_ids, seen_at__gt=timezone.now() - LEASE
    )
    found: dict[int, dict[int, Sender]] = defaultdict(dict)
    for row in alive.select_related("user").order_by("pk"):
        found[row.document_id].setdefault(row.user_id, Sender.of(row.user))
    return {document_id: list(people.values()) for document_id, people in found.items()}
