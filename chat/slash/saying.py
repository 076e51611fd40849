"""Slash commands that say something."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chat import wire
from chat.actions import channels, messages
from chat.slash.places import fitting
from chat.slash.registry import Call, slash, wrong
from chat.slash.who import named_people
from chat.wire.fields import MessageText

SHRUG = r"¯\\\_(ツ)\_/¯"  # as markdown


@slash("me", gettext_lazy("what you do"), gettext_lazy("Say what you are doing"))
def me(call: Call) -> wire.CommandOutcome:
    """In italics, line by line: emphasis ends with its paragraph."""
    lines = [line.strip() for line in call.arguments.splitlines()]
    return say(call, "\n".join(f"_{line}_" if line else "" for line in lines))


@slash("shrug", gettext_lazy("[text]"), r"¯\_(ツ)_/¯")
def shrug(call: Call) -> wire.CommandOutcome:
    return say(call, f"{call.arguments} {SHRUG}".strip())


@slash("msg", gettext_lazy("@somebody text"), gettext_lazy("Write to somebody directly"))
def msg(call: Call) -> wire.CommandOutcome:
    name, _space, text = call.arguments.partition(" ")
    if not text.strip():
        raise wrong(_("Write it as %(usage)s.") % {"usage": _("/msg @somebody text")})
    ids = [person.pk for person in named_people(call, name)]
    direct = channels.open_direct(call.user, user_ids=ids)
    said = _said(call, direct.id, text)
    return wire.CommandOutcome(message=said, channel=direct.id)


def say(call: Call, text: str) -> wire.CommandOutcome:
    return wire.CommandOutcome(message=_said(call, call.channel.pk, text))


def _said(call: Call, channel_id: int, text: str) -> wire.Message:
    """A text that is put together here may be longer than what was typed."""
    fit = fitting(MessageText, text)
    return messages.send_message(
        call.user, channel_id=channel_id, text=fit, client_id=call.client_id
    )
