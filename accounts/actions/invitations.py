"""Invitation links: made, looked up, accepted, revoked."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Invitation, SecretQuerySet, User
from accounts.secrets import hash_secret, new_secret
from audit.record import record
from realtime.errors import Forbidden, NotFound


class CreatedInvitation(NamedTuple):
    invitation: Invitation
    code: str


def create_invitation(author: User, *, max_uses: int, days: int) -> CreatedInvitation:
    if not author.is_staff:
        raise Forbidden
    secret = new_secret()
    with transaction.atomic():
        invitation = Invitation.objects.create(
            created_by=author,
            max_uses=max_uses,
            hash=secret.hash,
            prefix=secret.prefix,
            expires_at=timezone.now() + timedelta(days=days),
        )
        record(author, "invitation.created", invitation, {"max_uses": max_uses, "days": days})
    return CreatedInvitation(invitation, secret.plain)


def find_invitation(code: str) -> Invitation | None:
    """The invitation behind a link, if it still lets somebody in."""
    return open_invitations().filter(hash=hash_secret(code)).first()


def open_invitations() -> SecretQuerySet:
    """Those of people who may still invite."""
    usable = Invitation.objects.usable().filter(uses__lt=F("max_uses"))
    return usable.filter(created_by__is_active=True, created_by__is_staff=True)


def accept_invitation(*, invitation_id: int) -> bool:
    """Take one place. The condition and the count are one statement: of two people who race for
    the last place one gets it."""
    return open_invitations().filter(pk=invitation_id).update(uses=F("uses") + 1) == 1


def revoke_invitation(author: User, *, invitation_id: int) -> None:
    if not revoke_invitations(author, invitations=Invitation.objects.filter(pk=invitation_id)):
        raise NotFound


def revoke_invitations(author: User, *, invitations: Iterable[Invitation]) -> int:
    """Whichever of `invitations` are not revoked yet. Returns how many."""
    if not author.is_staff:
        raise Forbidden
    living = [invitation for invitation in invitations if invitation.revoked_at is None]
    ids = [invitation.pk for invitation in living]
    with transaction.atomic():
        Invitation.objects.filter(pk__in=ids).update(revoked_at=timezone.now())
        for invitation in living:
            record(author, "invitation.revoked", invitation)
    return len(ids)
