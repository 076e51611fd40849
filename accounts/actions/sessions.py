"""Ending browser sessions, and with them their sockets."""

from django.db import transaction

from accounts.models import Session, User
from realtime import publish
from realtime.errors import NotFound


def end_session(user: User, *, name: str) -> None:
    with transaction.atomic():
        deleted, _ = Session.objects.filter(user=user, name=name).delete()
        if not deleted:
            raise NotFound
        publish.disconnect(4503, session_key=name)


def end_sessions(user: User, *, except_name: str = "") -> int:
    """All of the user's sessions but one. Returns how many."""
    with transaction.atomic():
        sessions = Session.objects.filter(user=user).exclude(name=except_name)
        names = list(sessions.values_list("name", flat=True))
        sessions.delete()
        for name in names:
            publish.disconnect(4503, session_key=name)
    return len(names)
