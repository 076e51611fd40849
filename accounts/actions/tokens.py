"""Access tokens: made, used, revoked."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import AccessToken, User
from accounts.secrets import new_secret
from audit.record import record
from realtime import publish
from realtime.envelope import CloseCode
from realtime.errors import NotFound

KIND = "maru_"


class CreatedToken(NamedTuple):
    token: AccessToken
    plain: str


def create_token(user: User, *, name: str, days: int | None = None) -> CreatedToken:
    """The plain token is known only here: the database keeps its hash."""
    secret = new_secret(KIND)
    expires_at = timezone.now() + timedelta(days=days) if days else None
    with transaction.atomic():
        token = AccessToken.objects.create(
            user=user, name=name, hash=secret.hash, prefix=secret.prefix, expires_at=expires_at
        )
        record(user, "token.created", token, {"user": user.pk, "days": days})
    return CreatedToken(token, secret.plain)


def revoke_token(user: User, *, token_id: int) -> None:
    if not revoke_tokens(user, tokens=AccessToken.objects.filter(user=user, pk=token_id)):
        raise NotFound


def revoke_tokens(actor: User, *, tokens: "Iterable[AccessToken]") -> int:
    """Revoke whichever of `tokens` are not yet; their sockets close. Returns how many."""
    with transaction.atomic():
        living = [token for token in tokens if token.revoked_at is None]
        ids = [token.pk for token in living]
        AccessToken.objects.filter(pk__in=ids).update(revoked_at=timezone.now())
        for token in living:
            publish.disconnect(CloseCode.REVOKED, token_id=token.pk)
            record(actor, "token.revoked", token, {"user": token.user_id})
    return len(ids)
