"""What every page of ours may ask."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import invited
from accounts.models import House, User

DEMO = {"username": "alice", "password": "maru-demo"}


def house(request: HttpRequest) -> dict[str, Any]:
    """Lazy where it costs a query."""
    return {
        "house": SimpleLazyObject(House.ours),
        "can_send_mail": bool(settings.EMAIL_URL),
        "signup_is_open": settings.SIGNUP == "open",
        "invitation": SimpleLazyObject(lambda: invited.invitation_of(request)),
        "demo": SimpleLazyObject(_demo),
    }


def _demo() -> dict[str, str]:
    if settings.DEBUG and User.objects.filter(username=DEMO["username"]).exists():
        return DEMO
    return {}
