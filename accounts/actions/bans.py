"""Shutting people out, and letting them in again."""

from collections.abc import Iterable

from django.db import transaction
from django.dispatch import Signal

from accounts.actions.epochs import step_epoch
from accounts.models import Session, User
from audit.record import record
from realtime import publish
from realtime.envelope import CloseCode
from realtime.errors import Forbidden

# With `user_ids`, first in the transaction: who locks channels does so before people.
shut_out = Signal()


def deactivate_users(actor: User, *, users: Iterable[User]) -> int:
    """accounts.change_user. Their sessions end and their sockets close. Returns how many were
    active. Nobody shuts out themselves, and only an owner an owner."""
    active = [user for user in users if user.is_active]
    ids = [user.pk for user in active]
    if actor.pk in ids or not actor.has_perm("accounts.change_user"):
        raise Forbidden
    if any(user.is_superuser for user in active) and not actor.is_superuser:
        raise Forbidden
    with transaction.atomic():
        shut_out.send(User, user_ids=ids)
        User.objects.filter(pk__in=ids).update(is_active=False)
        Session.objects.filter(user__in=ids).delete()
        step_epoch(ids)
        for user_id in ids:
            publish.disconnect(CloseCode.BANNED, user_id=user_id)
        for user in active:
            record(actor, "user.banned", user)
    return len(ids)


def reactivate_users(actor: User, *, users: Iterable[User]) -> int:
    """accounts.change_user. Returns how many were shut out."""
    if not actor.has_perm("accounts.change_user"):
        raise Forbidden
    banned = [user for user in users if not user.is_active]
    ids = [user.pk for user in banned]
    with transaction.atomic():
        User.objects.filter(pk__in=ids).update(is_active=True)
        step_epoch(ids)
        for user in banned:
            record(actor, "user.unbanned", user)
    return len(ids)
