"""Step-up: what is dangerous in the admin asks for the password or a passkey again, unless it was
shown within ACCOUNT_REAUTHENTICATION_TIMEOUT: a browser left open, a stolen cookie are not enough.

Forms ask when they are opened, not when they are sent: nothing typed is lost, and no new password
waits in the session while somebody proves who they are.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

from accounts.models import Session, User
from accounts.sessions import DEVICE, is_fresh

READING = {"GET", "HEAD", "OPTIONS"}
FORMS = ("_add", "_change", "_delete", "_password_change")
HARMLESS = {"login", "logout"}


class StepUpMiddleware(MiddlewareMixin):
    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        person = request.user
        if not isinstance(person, User) or not person.is_staff or not is_dangerous(request):
            return None
        if person.is_bot:
            raise PermissionDenied
        return None if is_recent(request) else ask_again(request)


def is_dangerous(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or match.app_name != "admin" or match.url_name in HARMLESS:
        return False
    return request.method not in READING or str(match.url_name).endswith(FORMS)


def is_recent(request: HttpRequest) -> bool:
    # allauth lets pass who has no way to prove themselves again.
    return is_fresh(request) or bool(ways(request) and did_recently_reauthenticate(request))


def is_recent_session(name: str) -> bool:
    """The same of a session by its name, for a socket that rests on it."""
    row = Session.objects.filter(name=name, expire_date__gt=timezone.now()).first()
    data = row.get_decoded() if row else {}
    limit = timezone.now() - timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
    proven = [datetime.fromisoformat(data[DEVICE]["started"])] if DEVICE in data else []
    proven += [
        datetime.fromtimestamp(record["at"], UTC)
        for record in data.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        if "at" in record
    ]
    return any(at > limit for at in proven)


def ask_again(request: HttpRequest) -> HttpResponse:
    """Whoever comes from another provider, with neither password nor passkey, logs in again."""
    possible = ways(request)
    if not possible:
        logout(request)
    back = request.get_full_path() if request.method in READING else request.path
    address = possible[0]["url"] if possible else resolve_url("account_login")
    return redirect(f"{address}?{urlencode({REDIRECT_FIELD_NAME: back})}")


def ways(request: HttpRequest) -> list[dict[str, Any]]:
    methods: list[dict[str, Any]] = get_adapter().get_reauthentication_methods(request.user)
    return methods
