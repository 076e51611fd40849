"""Closing the house for writing: kept in the database, told to all workers, and read by each when
it starts and every two seconds, should it not have heard."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from operations.models import Closure
from realtime import maintenance, publish, topics
from realtime.wire import MaintenanceState, MaintenanceUpdated


def close(*, message: str, countdown: timedelta) -> datetime:
    """From when on writing is refused."""
    starts_at = timezone.now() + countdown
    with transaction.atomic():
        Closure.objects.update_or_create(
            pk=1, defaults={"starts_at": starts_at, "message": message}
        )
        _tell()
    return starts_at


def reopen() -> bool:
    """Whether it was closed."""
    with transaction.atomic():
        was_closed = bool(Closure.objects.all().delete()[0])
        _tell()
    return was_closed


def closure_state() -> MaintenanceState:
    closure = Closure.objects.first()
    if closure is None:
        return MaintenanceState(starts_at=None, message="")
    return MaintenanceState(starts_at=closure.starts_at, message=closure.message)


def read_closure() -> None:
    """What the database says becomes what this process does."""
    obey(closure_state())


def obey(state: MaintenanceState) -> None:
    if state.starts_at is None:
        maintenance.reopen()
    else:
        maintenance.close_at(state.starts_at, state.message)


def _tell() -> None:
    """The order first: who hears that the house is closed must find it closed."""
    state = closure_state()
    publish.order("close_or_open", state=state.model_dump_json())
    publish.publish(topics.EVERYONE, MaintenanceUpdated(state))
    transaction.on_commit(read_closure)
