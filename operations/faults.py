"""The tail of the log for the console: what went wrong, where, and in which request.

Only what the program says itself: of an exception its type and the place, never its text, which
may hold what somebody wrote.
"""

import logging
from datetime import UTC, datetime
from traceback import extract_tb

from realtime import whence
from realtime.frames import rfc3339
from realtime.meter import meter

TEXT_LIMIT = 300


class FaultHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        meter.faults.append(
            {
                "time": rfc3339(datetime.fromtimestamp(record.created, UTC)),
                "level": record.levelname,
                "logger": record.name,
                "text": text_of(record)[:TEXT_LIMIT],
                "request": whence.request.get(),
            }
        )


def text_of(record: logging.LogRecord) -> str:
    first = _said(record).partition("\n")[0]
    if not record.exc_info or record.exc_info[0] is None:
        return first
    kind, _, trace = record.exc_info
    places = extract_tb(trace)
    place = f" at {places[-1].filename.rpartition('/')[2]}:{places[-1].lineno}" if places else ""
    return f"{first}: {kind.__name__}{place}"


def _said(record: logging.LogRecord) -> str:
    if isinstance(record.msg, dict):  # structlog's
        return str(record.msg.get("event", ""))
    if not isinstance(record.args, tuple):
        return str(record.msg)
    named = [type(a).__name__ if isinstance(a, BaseException) else a for a in record.args]
    return str(record.msg) % tuple(named) if named else str(record.msg)
