"""Many workers behind one listening socket: starts them, replaces those that die, ends them.

SIGTERM and SIGINT end all; SIGHUP replaces one after the other (a deploy of new code that nobody
notices). The workers are programs of their own that inherit the socket, and die with us.
"""

import ctypes
import logging
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

logger = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.2
REST_SECONDS = 1.0  # between two starts, for a worker that dies at once
ENDED_AS_ASKED = (0, -signal.SIGTERM)  # uvicorn passes the signal on when it has ended all


class Supervisor:
    def __init__(self, listener: socket.socket, workers: int) -> None:
        self.listener, self.count = listener, workers
        self.workers: list[subprocess.Popen[bytes]] = []
        self.ending = False
        self.replacing = False

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        signal.signal(signal.SIGHUP, self._replace)
        self.workers = [self._start() for _ in range(self.count)]
        while not self.ending:
            time.sleep(POLL_SECONDS)
            self._replace_the_dead()
            if self.replacing:
                self._replace_all()
        for worker in self.workers:
            worker.terminate()
        for worker in self.workers:
            worker.wait()

    def _start(self) -> "subprocess.Popen[bytes]":
        fd = self.listener.fileno()
        return subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, sys.argv[0], "serve", "--fd", str(fd)],
            pass_fds=[fd],
            preexec_fn=_die_with_parent,
        )

    def _replace_the_dead(self) -> None:
        for index, worker in enumerate(self.workers):
            if worker.poll() is not None and not self.ending:
                drained = worker.returncode in ENDED_AS_ASKED
                level = logging.INFO if drained else logging.ERROR
                logger.log(level, "Worker %d ended with %s.", worker.pid, worker.returncode)
                time.sleep(REST_SECONDS)
                self.workers[index] = self._start()

    def _replace_all(self) -> None:
        self.replacing = False
        for index, old in enumerate(self.workers):
            self.workers[index] = self._start()
            old.terminate()
            old.wait()

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.ending = True

    def _replace(self, number: int, frame: FrameType | None) -> None:
        self.replacing = True


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
