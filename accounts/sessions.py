"""Sessions in the database, each with the columns that let its owner see and end it.

Everything is kept in the session's own data and projected into the columns when it is saved:
Django cycles the key at a log-in or a new password, and what is in the data comes along.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.addresses import address_of
from accounts.models import Session, User

DEVICE = "device"
FRESH_FOR = timedelta(minutes=5)
TOUCH_EVERY = timedelta(minutes=1)


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.user_id = data.get(SESSION_KEY)
        device = data.get(DEVICE)
        if device:
            row.name, row.address = device["name"], device["address"]
            row.user_agent = device["agent"]
            row.started_at = datetime.fromisoformat(device["started"])
            row.last_active_at = datetime.fromisoformat(device["active"])
        return row


def password_session(user: User) -> str:
    """The name under which sockets that showed the user's present password are closed."""
    return salted_hmac("accounts.sessions", f"{user.pk}:{user.password}").hexdigest()[:32]


def begin(request: HttpRequest) -> None:
    """After a log-in: name the session and note the browser."""
    now = timezone.now().isoformat()
    request.session[DEVICE] = {"name": secrets.token_hex(16), "started": now}
    _note(request)


def touch(request: HttpRequest) -> None:
    """Note that the session is in use, at most once a minute."""
    device = request.session.get(DEVICE)
    if device and timezone.now() - datetime.fromisoformat(device["active"]) > TOUCH_EVERY:
        _note(request)


def name_of(request: HttpRequest) -> str:
    """The name of the session that the request came with, or ""."""
    return str(request.session.get(DEVICE, {}).get("name", ""))


def is_fresh(request: HttpRequest) -> bool:
    """Whether the log-in was a moment ago."""
    device = request.session.get(DEVICE)
    if device is None:
        return False
    return timezone.now() - datetime.fromisoformat(device["started"]) < FRESH_FOR


def _note(request: HttpRequest) -> None:
    request.session[DEVICE] |= {
        "active": timezone.now().isoformat(),
        "address": address_of(request),
        "agent": request.headers.get("User-Agent", "")[:400],
    }
    request.session.modified = True
