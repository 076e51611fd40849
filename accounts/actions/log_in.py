"""The limits on wrong tries to log in, for pages and sockets alike.

Only wrong tries count, so that a thousand right ones may arrive at once from behind one address.
Checking before and after the password closes the gap that tries made at the same time leave.
"""

import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import LoginAttempt, User
from audit.record import record
from realtime.addresses import limited_unit
from realtime.errors import InvalidCredentials, RateLimited
from realtime.statements import Rows, Statement, moment, table

WINDOW = timedelta(minutes=1)


@contextmanager
def limited_try(*, name: str, address: str) -> Iterator[None]:
    """Around one look at a password or token; the body raises InvalidCredentials for a wrong one.
    Raises RateLimited when the name or the address has used up its wrong tries."""
    name, address = _normalised(name), limited_unit(address)
    _check(name, address, timezone.now())
    try:
        yield
    except InvalidCredentials:
        now = timezone.now()
        _check(name, address, now)
        LoginAttempt.objects.create(name=name, address=address, tried_at=now)
        LoginAttempt.objects.filter(tried_at__lt=now - LoginAttempt.KEPT).delete()
        _note_limit(name, address, now)
        raise
    _check(name, address, timezone.now())


def limited_statement(addresses: Collection[str]) -> Statement:
    """How many wrong tries came from these of late; `limited_units` reads it."""
    units = [limited_unit(address) for address in addresses]
    places = ", ".join(["%s"] * len(units))
    return (
        f"SELECT address, COUNT(*) FROM {table(LoginAttempt)}"  # noqa: S608
        f" WHERE tried_at > %s AND address IN ({places}) GROUP BY address",
        [moment(timezone.now() - WINDOW), *units],
    )


def limited_addresses(rows: Rows, addresses: Collection[str]) -> set[str]:
    """Those that have used up their wrong tries."""
    limit = settings.LOGIN_TRIES_PER_ADDRESS_AND_MINUTE
    units = {unit for unit, count in rows if count >= limit}
    return {address for address in addresses if limited_unit(address) in units}


def _check(name: str, address: str, now: datetime) -> None:
    recent = LoginAttempt.objects.filter(tried_at__gt=now - WINDOW).order_by("-tried_at")
    _check_unit(recent.filter(address=address), settings.LOGIN_TRIES_PER_ADDRESS_AND_MINUTE, now)
    if name:
        _check_unit(recent.filter(name=name), settings.LOGIN_TRIES_PER_NAME_AND_MINUTE, now)


def _check_unit(tries: QuerySet[LoginAttempt], limit: int, now: datetime) -> None:
    times = list(tries.values_list("tried_at", flat=True)[:limit])
    if len(times) >= limit:
        raise RateLimited(retry_after=(times[-1] + WINDOW - now).total_seconds())


def _note_limit(name: str, address: str, now: datetime) -> None:
    """Once, at the try that reaches it. A name that nobody has is not told: it may be a password
    typed into the wrong field."""
    try:
        _check(name, address, now)
    except RateLimited:
        whom = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).first()
        record(None, "session.limit-reached", whom or "")


def _normalised(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()[:254]
