"""Slash commands that tell others of oneself."""

import emoji
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chat import wire
from chat.actions import statuses
from chat.slash.places import fitting
from chat.slash.registry import Call, slash
from chat.wire.fields import StatusText


@slash("status", gettext_lazy("[emoji text]"), gettext_lazy("Say what you are up to, or no more"))
def status(call: Call) -> wire.CommandOutcome:
    first, _space, rest = emoji.emojize(call.arguments, language="alias").partition(" ")
    sign = first if emoji.is_emoji(first) else ""
    text = fitting(StatusText, rest if sign else f"{first} {rest}")
    statuses.set_status(call.user, emoji=sign, text=text)
    if not sign and not text:
        return wire.CommandOutcome(notice=_("Your status is cleared."))
    return wire.CommandOutcome(notice=_("Your status: %(status)s") % {"status": f"{sign} {text}"})


@slash("dnd", "", gettext_lazy("Do not disturb, or do again"))
def dnd(call: Call) -> wire.CommandOutcome:
    call.user.refresh_from_db(fields=["presence_setting"])
    busy = call.user.presence_setting != "busy"
    statuses.set_status(call.user, presence="busy" if busy else "auto")
    notice = _("Others see that you are busy.") if busy else _("Others see when you are here.")
    return wire.CommandOutcome(notice=notice)


@slash("away", "", gettext_lazy("Appear away, or be back"))
def away(call: Call) -> wire.CommandOutcome:
    call.user.refresh_from_db(fields=["presence_setting"])
    gone = call.user.presence_setting != "away"
    statuses.set_status(call.user, presence="away" if gone else "auto")
    notice = _("Others see you as away.") if gone else _("Others see when you are here.")
    return wire.CommandOutcome(notice=notice)
