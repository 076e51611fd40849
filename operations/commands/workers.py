"""Commands about workers."""

from functools import partial
from typing import Annotated, Literal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from pydantic import Field

from accounts.models import User
from operations.commands.registry import Outcome, command, named
from operations.store import shared_store
from realtime import publish
from realtime.errors import Conflict, NotFound
from realtime.frames import Frame

NAME_LIMIT = 32
LOGGER_LIMIT = 100


class Drain(Frame):
    worker: Annotated[
        str,
        Field(min_length=4, max_length=NAME_LIMIT),
        named(gettext_noop("Worker"), gettext_noop("the beginning of its name")),
    ]


class LogLevel(Frame):
    level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], named(gettext_noop("Level"))]
    logger: Annotated[
        str,
        Field(max_length=LOGGER_LIMIT),
        named(gettext_noop("Logger"), gettext_noop("empty: all")),
    ] = ""


@command(
    "drain-worker",
    gettext_lazy("End a worker so that nobody notices: its clients go to another one."),
    Drain,
    dangerous=True,
    needs_workers=True,
)
def drain_worker(actor: User, given: Drain) -> Outcome:
    samples = shared_store().samples()
    meant = [sample for sample in samples if sample.worker.startswith(given.worker)]
    if len(meant) != 1:
        raise NotFound(_("There is no such worker."))
    if len([sample for sample in samples if not sample.draining]) < 2:
        raise Conflict(_("It is the only worker: its clients would have nowhere to go."))
    [sample] = meant
    transaction.on_commit(partial(shared_store().drain, sample.worker))
    publish.order("drain_worker", origin=sample.worker)
    text = _("Worker %(worker)s ends; %(sockets)d sockets go elsewhere.")
    return Outcome(text % {"worker": sample.worker, "sockets": sample.sockets}, sample.sockets)


@command(
    "log-level",
    gettext_lazy("Log more or less, in all workers, until they end."),
    LogLevel,
    needs_workers=True,
)
def log_level(actor: User, given: LogLevel) -> Outcome:
    publish.order("set_log_level", level=given.level, logger=given.logger)
    name = given.logger or _("everything")
    text = _("%(logger)s is logged from %(level)s on.")
    return Outcome(text % {"logger": name, "level": given.level}, 1)
