"""What the console orders every worker (see realtime/controls.py)."""

import logging
import os
import signal
from typing import TYPE_CHECKING

from operations.closing import obey
from operations.showing import hide, show
from realtime.controls import ORDERS
from realtime.limits import Limit
from realtime.wire import MaintenanceState

if TYPE_CHECKING:
    from realtime.worker import Worker


def close_or_open(worker: "Worker", state: str) -> None:
    obey(MaintenanceState.model_validate_json(state))


def show_announcement(worker: "Worker", announcement_id: int, again: bool = False) -> None:
    worker.watch.keep(show(worker, announcement_id, again))


def hide_announcement(worker: "Worker", announcement_id: int) -> None:
    hide(worker, announcement_id)


def drain_worker(worker: "Worker", origin: str) -> None:
    """The worker ends as at a deploy: its clients go elsewhere, what they asked is answered."""
    if worker.relay.origin.startswith(origin) and not worker.draining:
        worker.draining = True
        os.kill(os.getpid(), signal.SIGTERM)


def clear_limits(worker: "Worker") -> None:
    for limit in Limit.all:
        limit.clear()


def set_log_level(worker: "Worker", level: str, logger: str) -> None:
    logging.getLogger(logger or None).setLevel(level)


ORDERS.update(
    {
        order.__name__: order
        for order in (
            close_or_open,
            show_announcement,
            hide_announcement,
            drain_worker,
            clear_limits,
            set_log_level,
        )
    }
)
