"""What has to be right before Maru faces other people: with DEBUG off, a missing or unsafe setting
stops every command that serves or changes anything, with one line for each that says what to set.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

DEVELOPMENT_SECRET_KEY = "only-for-development"  # noqa: S105 - the one that this file refuses
SECRET_KEY_MIN_LENGTH = 50
SECRET_KEY_MIN_DISTINCT = 10
THIS_MACHINE = {"127.0.0.1", "localhost", "[::1]"}


def register() -> None:
    checks.register(check_production, checks.Tags.security)


def check_production(
    app_configs: Sequence[AppConfig] | None, **_: Any
) -> list[checks.CheckMessage]:
    if settings.DEBUG:
        return []
    found = (secret_key_problems(), host_problems(), cookie_problems())
    problems = {name: text for each in found for name, text in each}
    return [checks.Error(text, id=f"maru.{name}") for name, text in problems.items()]


def secret_key_problems() -> Iterator[tuple[str, str]]:
    how = "Make one: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:
        key = ""
    if not key:
        yield "E001", f"SECRET_KEY is not set. {how}"
    elif problem := weakness(key):
        yield "E001", f"SECRET_KEY is {problem}. {how}"
    # What was signed with an old one is believed too.
    for problem in filter(None, map(weakness, settings.SECRET_KEY_FALLBACKS)):
        yield "E003", f"SECRET_KEY_FALLBACKS holds one that is {problem}. Leave it out."


def weakness(key: str) -> str:
    if DEVELOPMENT_SECRET_KEY in key or "insecure" in key:
        return "the one for development, which everybody knows"
    if len(key) < SECRET_KEY_MIN_LENGTH or len(set(key)) < SECRET_KEY_MIN_DISTINCT:
        return "too easy to guess"
    return ""


def host_problems() -> Iterator[tuple[str, str]]:
    if not settings.ALLOWED_HOSTS:
        yield (
            "E002",
            "ALLOWED_HOSTS is not set. Name the host people type: ALLOWED_HOSTS=chat.my.org",
        )
    elif any(host.strip() in {"*", "."} for host in settings.ALLOWED_HOSTS):
        # It would also let a page of any other site open a socket as whoever looks at it.
        yield "E002", "ALLOWED_HOSTS allows every host. Name the host people type."


def cookie_problems() -> Iterator[tuple[str, str]]:
    """Without TLS whoever is on the way reads the cookies: only on this machine is nobody."""
    hosts = {host.strip() for host in settings.ALLOWED_HOSTS}
    if not settings.SESSION_COOKIE_SECURE and not hosts <= THIS_MACHINE:
        yield (
            "E004",
            "HTTPS is off, so cookies would go in the clear. Leave HTTPS=false out, or for a trial"
            " on this machine set ALLOWED_HOSTS=127.0.0.1,localhost",
        )
