"""Commands that announce, and see to it that people have heard."""

from datetime import timedelta
from typing import Annotated, Literal

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext
from pydantic import AfterValidator, Field

from accounts.models import User
from accounts.text import nfc
from operations import announcing
from operations.commands.people import Reference, channel_named
from operations.commands.registry import Outcome, command, named
from operations.models import Announcement
from realtime.errors import NotFound
from realtime.frames import Frame, Id

Title = Annotated[str, AfterValidator(nfc), Field(max_length=120)]
Text = Annotated[str, AfterValidator(nfc), Field(max_length=4000)]
YEAR_HOURS = 24 * 366


class Announce(Frame):
    title: Annotated[
        Title, named(gettext_noop("Title"), gettext_noop("in English, or in the only language"))
    ]
    text: Annotated[Text, named(gettext_noop("Text"), gettext_noop("Markdown"))]
    title_ko: Annotated[Title, named(gettext_noop("Title in Korean"))] = ""
    text_ko: Annotated[Text, named(gettext_noop("Text in Korean"))] = ""
    level: Annotated[Literal["info", "warning", "critical"], named(gettext_noop("Level"))] = "info"
    expires_hours: Annotated[
        int,
        Field(ge=0, le=YEAR_HOURS),
        named(gettext_noop("Over after hours"), gettext_noop("0: never")),
    ] = 0
    channel: Annotated[
        Reference | None,
        named(gettext_noop("Channel"), gettext_noop("neither channel nor group: everybody")),
    ] = None
    group: Annotated[
        str, AfterValidator(nfc), Field(max_length=150), named(gettext_noop("Group"))
    ] = ""
    requires_acknowledgement: Annotated[bool, named(gettext_noop("Has to be confirmed"))] = False


class Made(Frame):
    announcement: Annotated[Id, named(gettext_noop("Announcement"), gettext_noop("its number"))]


@command(
    "announce",
    gettext_lazy("Tell everybody, a channel or a group something they must not miss."),
    Announce,
    written=frozenset({"title", "text", "title_ko", "text_ko"}),
)
def announce(actor: User, given: Announce) -> Outcome:
    hours = given.expires_hours
    row = announcing.announce(
        actor,
        english=announcing.Said(given.title, given.text),
        korean=announcing.Said(given.title_ko, given.text_ko),
        level=given.level,
        requires_acknowledgement=given.requires_acknowledgement,
        expires_at=timezone.now() + timedelta(hours=hours) if hours else None,
        channel=None if given.channel is None else channel_named(given.channel),
        group=_group(given.group) if given.group else None,
    )
    count = announcing.audience(row).count()
    text = ngettext("It is announced to %d person.", "It is announced to %d people.", count)
    return Outcome(text % count, count)


@command(
    "remind-announcement",
    gettext_lazy("Show an announcement again to who has not confirmed it."),
    Made,
    needs_workers=True,
)
def remind_announcement(actor: User, given: Made) -> Outcome:
    count = announcing.remind(actor, _announcement(given.announcement))
    text = ngettext("%d person has not confirmed it.", "%d people have not confirmed it.", count)
    return Outcome(text % count, count)


@command(
    "withdraw-announcement",
    gettext_lazy("Take an announcement back: nobody is shown or mailed it any more."),
    Made,
    dangerous=True,
)
def withdraw_announcement(actor: User, given: Made) -> Outcome:
    count = announcing.withdraw(actor, _announcement(given.announcement))
    text = ngettext(
        "It is withdrawn; %d person had not confirmed it.",
        "It is withdrawn; %d people had not confirmed it.",
        count,
    )
    return Outcome(text % count, count)


def _announcement(number: int) -> Announcement:
    row = Announcement.objects.filter(pk=number).first()
    if row is None:
        raise NotFound(_("There is no such announcement."))
    return row


def _group(name: str) -> Group:
    group = Group.objects.filter(name__iexact=name).first()
    if group is None:
        raise NotFound(_("There is no such group."))
    return group
