"""Documents as frames, one or many."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from chat.queries.visibility import channel_for, visible_channels
from chat.wire import Sender
from documents import wire
from documents.models import Document, Participant

DOCUMENTS_LIMIT = 500
LEASE = timedelta(seconds=60)  # a worker renews every twenty


def list_documents(
    viewer: User, *, channel_id: int | None = None, archived: bool = False
) -> list[wire.Document]:
    """The last changed one first. NotFound as in channel_for."""
    if channel_id is not None:
        rows = Document.objects.filter(channel=channel_for(viewer, channel_id))
    else:
        rows = Document.objects.filter(channel__in=visible_channels(viewer).values("pk"))
    rows = rows.filter(archived=archived).select_related("created_by")
    return document_frames(rows.order_by("-updated_at", "-pk")[:DOCUMENTS_LIMIT])


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
