"""Which core runs what: the measured server alone on one, everything else on the other."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

SERVER_CORE = 0
LOAD_CORE = 1


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """What is started inside stays on that core: children inherit it."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
