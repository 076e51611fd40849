"""A thread that watches the event loop of its worker.

A loop that stands still serves nobody, and says nothing by itself: after two seconds the log gets
the stack of whatever holds it up. A loop that does not come back takes its worker down, so that
the clients go elsewhere and the supervisor starts another.

The watchdog counts its own ticks, not the clock: a process that was stopped as a whole, or a laptop
that slept, is no stalled loop.
"""

import asyncio
import logging
import os
import sys
import threading
import traceback

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.25
LOGGED_AFTER_SECONDS = 2.0
FATAL_AFTER_SECONDS = 30.0
EXIT_CODE = 70  # EX_SOFTWARE


class Watchdog:
    """Made on the thread of the loop that it watches."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.loop_thread = threading.get_ident()
        self.ended = threading.Event()
        self.heard = True
        self.silent_ticks = 0
        self.is_logged = False

    def start(self) -> None:
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        self.ended.set()

    def _watch(self) -> None:
        while not self.ended.wait(TICK_SECONDS):
            if self.heard:
                self._ask()
            else:
                self._count()

    def _ask(self) -> None:
        if self.is_logged:
            logger.warning("The event loop goes on.")
        self.heard, self.silent_ticks, self.is_logged = False, 0, False
        self.loop.call_soon_threadsafe(self._hear)

    def _hear(self) -> None:
        self.heard = True

    def _count(self) -> None:
        self.silent_ticks += 1
        silent = self.silent_ticks * TICK_SECONDS
        if silent >= FATAL_AFTER_SECONDS:
            logger.critical(
                "The event loop does not come back; this worker ends.\n%s", self.stack()
            )
            end_process()
        elif silent >= LOGGED_AFTER_SECONDS and not self.is_logged:
            self.is_logged = True
            logger.error("The event loop has stood still for %.1f s.\n%s", silent, self.stack())

    def stack(self) -> str:
        """Where the loop's thread is now."""
        frame = sys._current_frames().get(self.loop_thread)
        return "".join(traceback.format_stack(frame)) if frame else "Its thread is gone."


def end_process() -> None:
    """At once: whatever would be tidied up waits for the loop."""
    logging.shutdown()
    os._exit(EXIT_CODE)
