"""The worker's end of keeper.py: one process beside each worker, that is asked one thing at a time.

`known` says what of each document's log the keeper has been given. Whoever uses a document holds
`lock` meanwhile; it is taken before any lock of the database, never while one is held.
"""

import logging
import os
import select
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from typing import Any

import msgpack
from django.conf import settings

from realtime.seen import Seen

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 30.0  # the keeper's own limit is CPU time: on a busy machine that takes longer
DOCUMENTS_KEPT = 100


class Fell(Exception):
    """The keeper went over a limit, or the library panicked: what was asked cannot be done, and the
    keeper holds nothing of the document any more."""


class Press:
    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.known: OrderedDict[int, Seen] = OrderedDict()
        self.process: subprocess.Popen[bytes] | None = None

    def wake(self) -> None:
        """Its process takes 100 ms to start and 30 MB from then on: as soon as documents are asked
        for, and not in a house that has none."""
        with self.lock:
            if self.process is None:
                self._start()

    def ask(self, name: str, document: int, *arguments: Any) -> Any:
        """Raises ValueError as the keeper does; Fell."""
        kind, answer = self._call(name, document, *arguments)
        if kind == "value":
            raise ValueError(answer)
        if kind == "panic":
            logger.warning("The keeper panicked in %s of document %d: %s", name, document, answer)
            self.known.pop(document, None)
            raise Fell(answer)
        return answer

    def compact(self, updates: list[bytes]) -> tuple[bytes, list[int]]:
        """See keeper.py. Fell."""
        kind, answer = self._call("compact", updates)
        if kind:
            raise Fell(answer)
        return answer[0], answer[1]

    def keep(self, document: int) -> Seen | None:
        """What the keeper knows of the document's log; None: nothing. It is now the last that will
        be forgotten."""
        if document not in self.known:
            return None
        self.known.move_to_end(document)
        return self.known[document]

    def begin(self, document: int, version: int) -> None:
        """The keeper has been given everything up to there; the document least asked for goes."""
        self.known[document] = Seen(version)
        while len(self.known) > DOCUMENTS_KEPT:
            self.forget(next(iter(self.known)))

    def forget(self, document: int) -> None:
        """What it was given may not be what is stored."""
        if self.known.pop(document, None) is not None and self.process is not None:
            self._call("forget", document)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
        self.process = None
        self.known.clear()

    def _call(self, name: str, *arguments: Any) -> Any:
        process = self.process if self.process is not None else self._start()
        packed = msgpack.packb((name, arguments))
        try:
            process.stdin.write(len(packed).to_bytes(4, "big") + packed)  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            return msgpack.unpackb(_read(process, time.monotonic() + PATIENCE_SECONDS))
        except (OSError, EOFError, TimeoutError) as error:
            logger.warning("The keeper fell in %s: %r", name, error)
            self.stop()
            raise Fell(name) from None

    def _start(self) -> subprocess.Popen[bytes]:
        self.known.clear()
        # With the worker's end of its input it ends too, even when the worker is killed.
        self.process = subprocess.Popen(
            [sys.executable, "-m", "documents.yjs.keeper"],
            cwd=settings.BASE_DIR,
            env={**os.environ, "RUST_BACKTRACE": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self.process


def _read(process: subprocess.Popen[bytes], deadline: float) -> bytes:
    length = int.from_bytes(_exactly(process, 4, deadline), "big")
    return _exactly(process, length, deadline)


def _exactly(process: subprocess.Popen[bytes], length: int, deadline: float) -> bytes:
    number, found = process.stdout.fileno(), bytearray()  # type: ignore[union-attr]
    while len(found) < length:
        if not select.select([number], [], [], max(deadline - time.monotonic(), 0))[0]:
            raise TimeoutError
        data = os.read(number, length - len(found))
        if not data:
            raise EOFError
        found += data
    return bytes(found)


press = Press()
