"""What a failing database interrupts is tried again, and nothing false is said about it.

A restart of the database, a connection cut at COMMIT, a deadlock: whoever asked only waits a
little longer. Every request can be carried out twice with the effect of once (a message by its
`client_id`, the others by what they set), so a lost COMMIT is no reason to stop either. If it is
still unknown in the end, nobody is told that it failed.
"""

import random
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, connection
from psycopg_pool import PoolTimeout

T = TypeVar("T")

PATIENCE_SECONDS = 10.0  # longer than Postgres takes to recover from a crash
PAUSE_SECONDS = (0.02, 0.1)  # jitter: two that met in a deadlock must not meet again

# PostgreSQL: serialization_failure, deadlock_detected, lock_not_available, cannot_connect_now.
ROLLED_BACK = {"40001", "40P01", "55P03", "57P03"}
# The server or an administrator ended the connection; there is no room for another one.
ENDED = {"57P01", "57P02", "57P05", "53300"}

_may_have_happened: ContextVar[bool] = ContextVar("may_have_happened", default=False)


class OutcomeUnknown(OperationalError):
    """The connection was lost at the wrong moment, and the database has not come back since: the
    socket is closed without an answer, and its client asks again."""


def patiently(call: Callable[[], T]) -> T:
    """Raises what `call` raises, if trying again does not help; OutcomeUnknown."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    is_unknown = False
    _may_have_happened.set(False)
    while True:
        try:
            return call()
        except (OperationalError, InterfaceError) as error:
            leave_connection()
            if not is_passing(error):
                raise
            is_unknown = is_unknown or not was_rolled_back(error)
            _may_have_happened.set(is_unknown)
            if time.monotonic() > deadline:
                raise (OutcomeUnknown() if is_unknown else error) from error
        time.sleep(random.uniform(*PAUSE_SECONDS))  # noqa: S311 - jitter, not a secret


def may_have_happened() -> bool:
    """Whether what runs now may have been committed before, by a try whose COMMIT was lost."""
    return _may_have_happened.get()


def leave_connection() -> None:
    """The next query opens a new one."""
    if not connection.in_atomic_block:
        connection.close()


def is_passing(error: Any) -> bool:
    """Whether the same thing may go well a moment later."""
    if connection.vendor != "postgresql":
        return was_rolled_back(error)
    state = _state(error)
    return state is None or state in ROLLED_BACK | ENDED or state.startswith("08")


def was_rolled_back(error: Any) -> bool:
    """Whether it is certain that nothing was committed."""
    if connection.vendor != "postgresql":
        return "database is locked" in str(error)
    return isinstance(error.__cause__, PoolTimeout) or _state(error) in ROLLED_BACK


def _state(error: Any) -> str | None:
    """The SQLSTATE; None when the connection was gone before the server could give one."""
    return getattr(error.__cause__, "sqlstate", None)
