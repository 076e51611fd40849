"""Slash commands that change the channel, who is in it, or what it is to oneself."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import TypeAdapter, ValidationError

from chat import wire
from chat.actions import channels, memberships, personal
from chat.models import Channel
from chat.queries.visibility import own_membership, visible_channels
from chat.slash.registry import Call, slash, wrong
from chat.slash.who import named_people
from chat.wire.fields import ChannelName, Topic
from realtime.errors import Conflict

PEOPLE = gettext_lazy("@somebody …")


@slash("topic", gettext_lazy("[text]"), gettext_lazy("Show or change what the channel is about"))
def topic(call: Call) -> wire.CommandOutcome:
    if not call.arguments:
        return wire.CommandOutcome(notice=call.channel.topic or _("There is no topic yet."))
    text = fitting(Topic, call.arguments)
    channels.update_channel(call.user, channel_id=call.channel.pk, topic=text)
    return wire.CommandOutcome(notice=_("The topic is changed."))


@slash("rename", gettext_lazy("name"), gettext_lazy("Give the channel another name"))
def rename(call: Call) -> wire.CommandOutcome:
    name = fitting(ChannelName, call.arguments.lstrip("#"))
    try:
        channels.update_channel(call.user, channel_id=call.channel.pk, name=name)
    except Conflict:
        raise wrong(_("There is a channel with this name.")) from None
    return wire.CommandOutcome(notice=_("The channel is called %(name)s now.") % {"name": name})


@slash("invite", PEOPLE, gettext_lazy("Bring people into the channel"))
def invite(call: Call) -> wire.CommandOutcome:
    people = named_people(call, call.arguments)
    for person in people:
        memberships.add_member(call.user, channel_id=call.channel.pk, user_id=person.pk)
    names = ", ".join(person.display_name for person in people)
    return wire.CommandOutcome(notice=_("Now here: %(names)s") % {"names": names})


@slash("remove", PEOPLE, gettext_lazy("Put people out of the channel"))
def remove(call: Call) -> wire.CommandOutcome:
    people = named_people(call, call.arguments)
    for person in people:
        memberships.remove_member(call.user, channel_id=call.channel.pk, user_id=person.pk)
    names = ", ".join(person.display_name for person in people)
    return wire.CommandOutcome(notice=_("No longer here: %(names)s") % {"names": names})


@slash("join", gettext_lazy("#channel"), gettext_lazy("Go into a channel"))
def join(call: Call) -> wire.CommandOutcome:
    name = call.arguments.lstrip("#")
    found = visible_channels(call.user).filter(name__iexact=name, kind=Channel.Kind.PUBLIC).first()
    if found is None:
        raise wrong(_("There is no channel %(name)s.") % {"name": name})
    joined = memberships.join_channel(call.user, channel_id=found.pk)
    return wire.CommandOutcome(channel=joined.id)


@slash("leave", "", gettext_lazy("Leave the channel, or follow the thread no longer"))
def leave(call: Call) -> wire.CommandOutcome:
    memberships.leave_channel(call.user, channel_id=call.channel.pk)
    return wire.CommandOutcome(notice=_("You have left."))


@slash("mute", "", gettext_lazy("Hear nothing more of the channel, or hear of it again"))
def mute(call: Call) -> wire.CommandOutcome:
    own = own_membership(call.channel)
    muted = own is None or not own.muted
    personal.update_membership(call.user, channel_id=call.channel.pk, muted=muted)
    notice = _("The channel is muted.") if muted else _("The channel is heard again.")
    return wire.CommandOutcome(notice=notice)


@slash("star", "", gettext_lazy("Put the channel on top of your list, or back"))
def star(call: Call) -> wire.CommandOutcome:
    own = own_membership(call.channel)
    starred = own is None or not own.starred
    personal.update_membership(call.user, channel_id=call.channel.pk, starred=starred)
    notice = _("The channel is starred.") if starred else _("The channel is not starred any more.")
    return wire.CommandOutcome(notice=notice)


def fitting(kind: Any, text: str) -> str:
    """The text as the field of a frame would have it."""
    try:
        fit: str = TypeAdapter(kind).validate_python(text)
    except ValidationError:
        raise wrong(_("This is too long, or has line breaks.")) from None
    return fit
