"""Sessions in the database, each with the columns that let its owner see and end it.

Everything is kept in the session's own data and projected into the columns when it is saved:
Django cycles the key at a log-in or a new password, and what is in the data comes along. The
table holds the hashes of keys: who reads it, a backup of it, or a page of the admin, cannot come
in with what is there.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.addresses import address_of
from accounts.models import Session, User
from accounts.secrets import hash_secret

DEVICE = "device"
TOUCH_EVERY = timedelta(minutes=1)


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        stored = _stored(self.session_key or "")
        row = Session.objects.filter(session_key=stored, expire_date__gt=timezone.now()).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        return super().exists(_stored(session_key))

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(_stored(key))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.session_key = _stored(row.session_key)
        row.user_id = data.get(SESSION_KEY)
        device = data.get(DEVICE)
        if device:
            row.name, row.address = device["name"], device["address"]
            row.user_agent = device["agent"]
            row.started_at = datetime.fromisoformat(device["started"])
            row.last_active_at = datetime.fromisoformat(device["active"])
        return row


def _stored(key: str) -> str:
    """In the 40 characters of the column: 160 bits, of a key that has as many."""
    return hash_secret(key)[:40]


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
    """Whether the log-in was so short a time ago that it need not be repeated."""
    device = request.session.get(DEVICE)
    if device is None:
        return False
    age = timezone.now() - datetime.fromisoformat(device["started"])
    return age < timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def _note(request: HttpRequest) -> None:
    request.session[DEVICE] |= {
        "active": timezone.now().isoformat(),
        "address": address_of(request),
        "agent": request.headers.get("User-Agent", "")[:400],
    }
    request.session.modified = True
