"""What is done to a document when its writers pause: whom the text names is told, and the updates
become one snapshot.

Every worker tidies what was stored through it; two that do the same at the same time hinder nobody.
"""

import logging
import time

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Length

from accounts.models import User
from chat.actions.messages import send_message
from chat.actions.threads import open_thread
from chat.markdown import possible_names
from chat.queries.snapshot import one_moment
from documents.actions.log import lock_documents, touched
from documents.models import (
    Document,
    DocumentMention,
    DocumentSnapshot,
    DocumentUpdate,
)
from documents.queries.held import held, log_since
from documents.queries.visibility import seeing_among
from documents.yjs.press import Fell, press
from realtime.errors import DomainError

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 5.0
# Of a document that is never left alone, so many bytes wait, or as many as half its snapshot.
WAITING_LIMIT_BYTES = 64 * 1024
TOLD_AT_ONCE = 20  # people


def tidy_all() -> None:
    """Those of this worker that are due."""
    now = time.monotonic()
    for document_id, written_at in list(touched.items()):
        if now - written_at >= PAUSE_SECONDS or _is_overdue(document_id):
            touched.pop(document_id, None)
            tidy(document_id)


def tidy(document_id: int) -> None:
    try:
        note_mentions(document_id)
        compact(document_id)
    except (Fell, Document.DoesNotExist) as error:
        logger.warning("Document %d cannot be tidied: %r", document_id, error)


def _is_overdue(document_id: int) -> bool:
    sizes = Document.objects.filter(pk=document_id).values_list("updates_size", "snapshot_size")
    waiting, snapshot = sizes.first() or (0, 0)
    return waiting > max(WAITING_LIMIT_BYTES, snapshot // 2)


def compact(document_id: int) -> None:
    """What is told to workers that lag does not change: they are given the snapshot. Fell."""
    with one_moment():
        version = Document.objects.values_list("version", flat=True).get(pk=document_id)
        log = log_since(document_id, 0)
    if not log:
        return
    with press.lock:
        state, waiting = press.compact([data for _, data in log])
    kept = {log[place][0] for place in waiting}
    with transaction.atomic():
        for document in lock_documents([document_id]):
            _replace(document, version, state, kept)


def _replace(document: Document, version: int, state: bytes, kept: set[int]) -> None:
    """What waits for an update that has not come is in no snapshot."""
    stored = DocumentSnapshot.objects.filter(document=document).first()
    if stored is not None and stored.version >= version:
        return  # another worker was faster
    DocumentSnapshot.objects.update_or_create(
        document=document, defaults={"version": version, "data": state}
    )
    rows = DocumentUpdate.objects.filter(document=document)
    rows.filter(version__lte=version).exclude(version__in=kept).delete()
    left = rows.aggregate(size=Sum(Length("data")))["size"]
    document.snapshot_size, document.updates_size = len(state), left or 0
    document.save(update_fields=["snapshot_size", "updates_size"])


def note_mentions(document_id: int) -> None:
    """Whom the text names for the first time, and who may see it, is mentioned in the thread of its
    card, in the name of who wrote last."""
    document = Document.objects.select_related("message").get(pk=document_id)
    last = DocumentUpdate.objects.filter(document=document, user__isnull=False)
    writer = last.select_related("user").order_by("-version").first()
    if writer is None or writer.user is None or document.message is None:
        return
    with held(document_id):
        text = press.ask("text", document_id)
    people = _newly_named(document, text, writer.user) if "@" in text else []
    if people:
        _tell(document, writer.user, people)


def _newly_named(document: Document, text: str, writer: User) -> list[User]:
    told = DocumentMention.objects.filter(document=document).values("user")
    named = User.objects.filter(username__in=possible_names(text), is_active=True)
    people = list(named.exclude(pk__in=told).exclude(pk=writer.pk)[:TOLD_AT_ONCE])
    seeing = seeing_among(people, document.pk)
    return [person for person in people if person.pk in seeing]


def _tell(document: Document, writer: User, people: list[User]) -> None:
    names = " ".join(f"@{person.username}" for person in people)
    title = document.message.text if document.message else ""  # the link that the card is
    first = min(person.pk for person in people)
    try:
        with transaction.atomic():
            thread = open_thread(writer, message_id=document.message_id or 0)
            send_message(
                writer,
                channel_id=thread.id,
                text=f"{names} {title}",
                client_id=f"mention {document.pk} {first}",  # of two workers one is heard
            )
            DocumentMention.objects.bulk_create(
                [DocumentMention(document=document, user=person) for person in people],
                ignore_conflicts=True,
            )
    except DomainError as error:  # the writer may not write there any more
        logger.info("Nobody is told of document %d: %s", document.pk, error)
