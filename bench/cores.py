"""Which core runs what: the measured server alone on one, everything else on the other."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SERVER_CORE = 0
LOAD_CORE = 1
NICENESS = -15


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """What is started inside stays on that core: children inherit it."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def put_first(pid: int) -> None:
    """Before whatever else this machine does, where we may say so: what is measured is the server,
    not the queue for the core."""
    with suppress(OSError):
        Path(f"/proc/{pid}/autogroup").write_text(str(NICENESS))
        os.setpriority(os.PRIO_PROCESS, pid, NICENESS)
