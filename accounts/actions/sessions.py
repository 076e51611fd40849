"""Ending browser sessions, and with them their sockets."""

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Session, User
from realtime import publish
from realtime.envelope import CloseCode
from realtime.errors import NotFound


def end_session(user: User, *, name: str) -> None:
    if not end_each(Session.objects.filter(user=user, name=name)):
        raise NotFound


def end_sessions(user: User, *, except_name: str = "") -> int:
    """All of the user's sessions but one. Returns how many."""
    return end_each(Session.objects.filter(user=user).exclude(name=except_name))


def end_each(sessions: QuerySet[Session]) -> int:
    with transaction.atomic():
        names = list(sessions.values_list("name", flat=True))
        Session.objects.filter(name__in=names).delete()
        for name in names:
            publish.disconnect(CloseCode.REVOKED, session_key=name)
    return len(names)
