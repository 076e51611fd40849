"""Commands about the whole house."""

from datetime import timedelta
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from pydantic import AfterValidator, Field

from accounts.actions.log_in import WINDOW
from accounts.models import LoginAttempt, User
from accounts.text import nfc
from operations import closing
from operations.commands.registry import Outcome, command, named
from realtime import publish
from realtime.errors import Conflict
from realtime.frames import Frame

COUNTDOWN_LIMIT_SECONDS = 24 * 3600
MESSAGE_LIMIT = 300


class Maintenance(Frame):
    on: Annotated[bool, named(gettext_noop("Close for writing"))]
    message: Annotated[
        str,
        AfterValidator(nfc),
        Field(max_length=MESSAGE_LIMIT),
        named(gettext_noop("What people read")),
    ] = ""
    countdown_seconds: Annotated[
        int, Field(ge=0, le=COUNTDOWN_LIMIT_SECONDS), named(gettext_noop("Countdown in seconds"))
    ] = 0


class Nothing(Frame):
    pass


@command(
    "maintenance",
    gettext_lazy("Close the house for writing, or open it again. Reading goes on."),
    Maintenance,
    dangerous=True,
    written=frozenset({"message"}),
)
def maintenance(actor: User, given: Maintenance) -> Outcome:
    if not given.on:
        if not closing.reopen():
            raise Conflict(_("The house is open already."))
        return Outcome(_("The house is open for writing."), 1)
    countdown = timedelta(seconds=given.countdown_seconds)
    closing.close(message=given.message, countdown=countdown)
    if given.countdown_seconds:
        text = _("The house closes for writing in %d seconds.") % given.countdown_seconds
    else:
        text = _("The house is closed for writing.")
    return Outcome(text, 1)


@command(
    "clear-rate-limits",
    gettext_lazy("Let everybody begin anew who has used up a limit, wrong passwords included."),
    Nothing,
    needs_workers=True,
)
def clear_rate_limits(actor: User, given: Nothing) -> Outcome:
    recent = LoginAttempt.objects.filter(tried_at__gt=timezone.now() - WINDOW)
    count, _details = recent.delete()
    publish.order("clear_limits")
    return Outcome(_("Every limit begins anew; %d wrong tries are forgotten.") % count, count)
