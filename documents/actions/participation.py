"""Who is in which document, as leases of sockets that their workers renew."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.wire import Sender
from documents import wire
from documents.models import Document, Participant
from documents.queries.documents import LEASE, participants_of
from documents.wire.visits import UserJoined, UserLeft, Visit
from realtime import publish, topics

BURIED_AFTER = LEASE + timedelta(seconds=60)


def enter(user: User, document_id: int, connection: str) -> None:
    """One more socket of the user is in the document."""
    with transaction.atomic():
        now = timezone.now()
        Participant.objects.filter(seen_at__lt=now - BURIED_AFTER).delete()
        Participant.objects.update_or_create(
            document_id=document_id,
            connection=connection,
            defaults={"user": user, "seen_at": now},
        )
        _tell(document_id)
        if not _others(user.pk, document_id, connection):
            _tell_readers(UserJoined, user, document_id)


def leave(document_id: int, connection: str) -> None:
    with transaction.atomic():
        gone = Participant.objects.filter(document=document_id, connection=connection)
        row = gone.select_related("user").first()
        if row is None:
            return
        _wait_for_turn(row)
        row.delete()
        _tell(document_id)
        if not _others(row.user_id, document_id, connection):
            _tell_readers(UserLeft, row.user, document_id)


def renew(here: Collection[tuple[int, str]]) -> None:
    """`here`: the (document, connection) pairs of this worker."""
    connections = {connection for _, connection in here}
    Participant.objects.filter(connection__in=connections).update(seen_at=timezone.now())


def _tell(document_id: int) -> None:
    place = Document.objects.filter(pk=document_id).values_list("channel", flat=True).first()
    if place is not None:
        people = participants_of([document_id]).get(document_id, [])
        frame = wire.Participants(document=document_id, participants=people)
        publish.publish(topics.channel(place), wire.DocumentParticipants(frame))


def _wait_for_turn(leaving: Participant) -> None:
    """Two sockets of a user that go at the same moment would each find the other one still here."""
    own = Participant.objects.filter(document=leaving.document_id, user=leaving.user_id)
    list(own.select_for_update().order_by("pk").values_list("pk"))


def _others(user_id: int, document_id: int, connection: str) -> bool:
    """Whether the user is in the document through another socket."""
    own = Participant.objects.filter(document=document_id, user=user_id)
    return own.exclude(connection=connection).exists()


def _tell_readers(event: type[UserJoined] | type[UserLeft], user: User, document_id: int) -> None:
    visit = Visit(document=document_id, user=Sender.of(user))
    publish.publish(topics.document_text(document_id), event(visit), skip_users=[user.pk])
