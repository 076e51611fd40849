"""Ending browser sessions, and with them their sockets."""

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Session, User
from audit.record import record
from realtime import publish
from realtime.envelope import CloseCode
from realtime.errors import NotFound


def end_session(user: User, *, name: str) -> None:
    if not end_each(user, sessions=Session.objects.filter(user=user, name=name)):
        raise NotFound


def end_sessions(actor: User | None, *, user: User, except_name: str = "") -> int:
    """All of the user's sessions but one. Returns how many."""
    return end_each(actor, sessions=Session.objects.filter(user=user).exclude(name=except_name))


def end_each(actor: User | None, *, sessions: QuerySet[Session]) -> int:
    with transaction.atomic():
        owners = dict(sessions.exclude(user=None).values_list("name", "user_id"))
        names = list(owners)
        Session.objects.filter(name__in=names).delete()
        for name in names:
            publish.disconnect(CloseCode.REVOKED, session_key=name)
        if names:
            users = sorted(set(owners.values()))
            record(actor, "session.ended", details={"users": users, "count": len(names)})
    return len(names)
