"""Whether writing is closed for now. Reading goes on; a request that writes answers `maintenance`.

Each worker holds the state in memory, where asking costs nothing; whoever closes the house keeps
it in the database and tells all workers.
"""

from datetime import datetime

from django.utils import timezone

from realtime.errors import Maintenance

message = ""
starts_at: datetime | None = None  # None: the house is open


def close_at(when: datetime, why: str) -> None:
    global message, starts_at
    message, starts_at = why, when


def reopen() -> None:
    global message, starts_at
    message, starts_at = "", None


def is_closed() -> bool:
    return starts_at is not None and timezone.now() >= starts_at


def check() -> None:
    """Raises Maintenance."""
    if starts_at is not None and is_closed():
        raise Maintenance(message)
