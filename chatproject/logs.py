"""One line for each thing worth telling: readable on a laptop, JSON in production.

What people write, passwords and tokens are never logged: not by us, and should a library hand
such a field over, it is blanked here. Tracebacks come without the values of variables.
"""

from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

from realtime import whence

SECRET_FIELDS = {
    "authorization", "body", "code", "cookie", "csrftoken", "html", "key", "password", "secret",
    "sessionid", "text", "token",
}  # fmt: skip


def blank_secrets(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name in SECRET_FIELDS.intersection(event):
        event[name] = "(hidden)"
    return event


def name_request(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if name := whence.request.get():
        event["request_id"] = name
    return event


COMMON: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    name_request,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    blank_secrets,
]


def logging_config(*, level: str, readable: bool) -> dict[str, Any]:
    """For Django's LOGGING; structlog's loggers end in the same handler."""
    structlog.configure(
        processors=[*COMMON, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last = structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": COMMON,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
            }
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line"},
            "faults": {"class": "operations.faults.FaultHandler", "level": "WARNING"},
        },
        "root": {"handlers": ["console", "faults"], "level": level},
        # Without these two, Django adds handlers of its own, which mail whole requests about.
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # Strangers could fill the log with it, a traceback each time.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "uvicorn.error": {"level": "WARNING"},  # it tells of every socket that opens
        },
    }
