"""Commands that announce, and see to it that people have heard."""

from datetime import timedelta
from typing import Annotated, Literal

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from accounts.models import User
from operations import announcing
from operations.commands.people import Reference, channel_named
from operations.commands.registry import Outcome, command
from operations.models import Announcement
from realtime.errors import NotFound
from realtime.frames import Frame, Id

Title = Annotated[str, Field(max_length=120)]
Text = Annotated[str, Field(max_length=4000)]
YEAR_HOURS = 24 * 366


class Announce(Frame):
    title: Annotated[Title, Field(description="in English, or in the only language")]
    text: Annotated[Text, Field(description="Markdown")]
    title_ko: Annotated[Title, Field(description="in Korean")] = ""
    text_ko: Annotated[Text, Field(description="in Korean")] = ""
    level: Literal["info", "warning", "critical"] = "info"
    expires_hours: Annotated[int, Field(ge=0, le=YEAR_HOURS, description="0: never")] = 0
    channel: Annotated[Reference | None, Field(description="empty: everybody")] = None
    group: Annotated[str, Field(max_length=150, description="empty: everybody")] = ""
    requires_acknowledgement: bool = False


class Remind(Frame):
    announcement: Annotated[Id, Field(description="its number")]


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
    return Outcome(_("It is announced to %d people.") % count, count)


@command(
    "remind-announcement",
    gettext_lazy("Show an announcement again to who has not confirmed it."),
    Remind,
    needs_workers=True,
)
def remind_announcement(actor: User, given: Remind) -> Outcome:
    row = Announcement.objects.filter(pk=given.announcement).first()
    if row is None:
        raise NotFound(_("There is no such announcement."))
    count = announcing.remind(actor, row)
    return Outcome(_("%d people have not confirmed it.") % count, count)


def _group(name: str) -> Group:
    group = Group.objects.filter(name__iexact=name).first()
    if group is None:
        raise NotFound(_("There is no such group."))
    return group
