"""Announcing: durable, in two languages, to everybody, a channel or a group.

The database holds it; an order tells every worker to read it and to show it to the sockets of its
audience, each in its user's language. A worker that did not hear the order finds it within two
seconds (pulse.py); who is not here finds it in their next `ready`, until they acknowledge it.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.record import record
from chat import wire
from chat.markdown import render
from chat.models import Channel, Membership
from operations.models import Acknowledgement, Announcement
from operations.topics import CONSOLE
from operations.wire import AnnouncementConfirmed, AnnouncementCount
from realtime import publish
from realtime.errors import Conflict, Forbidden, InvalidData, NotFound
from realtime.statements import Rows, Statement, columns, instances, moment, numbers, table


class Said(NamedTuple):
    """A title and a text in one language; the text is Markdown."""

    title: str = ""
    text: str = ""


def announce(
    actor: User,
    *,
    english: Said,
    korean: Said = Said(),  # noqa: B008 - a tuple
    level: str = "info",
    requires_acknowledgement: bool = False,
    expires_at: datetime | None = None,
    channel: Channel | None = None,
    group: Group | None = None,
) -> Announcement:
    """operations.add_announcement. InvalidData without a title, or with two audiences."""
    _check(actor)
    check_words(english, korean, channel, group)
    with transaction.atomic():
        row = Announcement.objects.create(
            title_en=english.title,
            title_ko=korean.title,
            text_en=english.text,
            text_ko=korean.text,
            html_en=render(english.text, {}).html if english.text else "",
            html_ko=render(korean.text, {}).html if korean.text else "",
            level=level,
            requires_acknowledgement=requires_acknowledgement,
            expires_at=expires_at,
            channel=channel,
            group=group,
            created_by=actor,
            created_at=timezone.now(),
        )
        publish.order("show_announcement", announcement_id=row.pk)
        record(actor, "announcement.made", row, {"level": level})
    return row


def check_words(english: Said, korean: Said, channel: Channel | None, group: Group | None) -> None:
    """InvalidData for what can be announced to nobody, or in no language."""
    if not english.title and not korean.title:
        raise InvalidData(fields={"arguments.title": _("A title is needed.")})
    if channel is not None and group is not None:
        raise InvalidData(fields={"arguments.group": _("A channel or a group, not both.")})


def remind(actor: User, announcement: Announcement) -> int:
    """operations.add_announcement. Shows it again to who is here and has not confirmed; how many
    have not. Conflict for one that is over."""
    _check_running(actor, announcement)
    with transaction.atomic():
        publish.order("show_announcement", announcement_id=announcement.pk, again=True)
        record(actor, "announcement.reminded", announcement)
    return missing(announcement).count()


def withdraw(actor: User, announcement: Announcement) -> int:
    """operations.add_announcement. It is over now, and goes from every page; how many had not
    confirmed it. Conflict for one that is over already."""
    _check_running(actor, announcement)
    with transaction.atomic():
        Announcement.objects.filter(pk=announcement.pk).update(expires_at=timezone.now())
        publish.order("hide_announcement", announcement_id=announcement.pk)
        record(actor, "announcement.withdrawn", announcement)
    return missing(announcement).count()


def _check(actor: User) -> None:
    if not actor.has_perm("operations.add_announcement"):
        raise Forbidden


def _check_running(actor: User, announcement: Announcement) -> None:
    _check(actor)
    if not current().filter(pk=announcement.pk).exists():
        raise Conflict(_("It is over already."))


def acknowledge(user: User, *, announcement_id: int) -> None:
    """NotFound for one that is not for this user. Again: no change."""
    row = Announcement.objects.filter(pk=announcement_id).first()
    if row is None or not audience(row).filter(pk=user.pk).exists():
        raise NotFound
    with transaction.atomic():
        _row, is_new = Acknowledgement.objects.get_or_create(
            announcement=row, user=user, defaults={"at": timezone.now()}
        )
        if is_new:
            reference = wire.AnnouncementReference(announcement=row.pk)
            publish.push_to_others(user.pk, wire.AnnouncementAcknowledged(reference))
            count = AnnouncementCount(announcement=row.pk, user=wire.Sender.of(user))
            publish.publish(CONSOLE, AnnouncementConfirmed(count))


def audience(row: Announcement) -> QuerySet[User]:
    """Everybody whom it is for, now. Who came later than it was made need not catch up."""
    people = User.objects.filter(is_active=True, date_joined__lte=row.created_at)
    if row.channel_id is not None:
        people = people.filter(memberships__channel=row.channel_id)
    if row.group_id is not None:
        people = people.filter(groups=row.group_id)
    return people


def missing(row: Announcement) -> QuerySet[User]:
    """Those of its audience who have not acknowledged it; programs have no eyes."""
    confirmed = row.acknowledgements.values("user")
    return audience(row).filter(is_bot=False).exclude(pk__in=confirmed)


def current() -> QuerySet[Announcement]:
    return Announcement.objects.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))


def pending_statement(user_ids: Collection[int]) -> Statement:
    """What each of these users has not acknowledged, oldest first, behind their id. In the way of
    everybody who connects."""
    mine = "user_id = person.id"
    inside = f"SELECT channel_id FROM {table(Membership)} WHERE {mine}"  # noqa: S608
    groups = f"SELECT group_id FROM {table(User.groups.through)} WHERE {mine}"  # noqa: S608
    read = f"SELECT announcement_id FROM {table(Acknowledgement)} WHERE {mine}"  # noqa: S608
    return (
        f"SELECT person.id, {columns(Announcement, 'note')} FROM {table(Announcement)} AS note"  # noqa: S608
        f" JOIN {table(User)} AS person ON person.id IN ({numbers(user_ids)})"
        " WHERE (note.expires_at IS NULL OR note.expires_at > %s)"
        f" AND note.created_at >= person.date_joined AND note.id NOT IN ({read})"
        " AND ((note.channel_id IS NULL AND note.group_id IS NULL)"
        f" OR note.channel_id IN ({inside}) OR note.group_id IN ({groups}))"
        " ORDER BY note.created_at, note.id",
        [moment(timezone.now())],
    )


def pending_frames(rows: Rows, language: str) -> list[wire.Announcement]:
    """For one user."""
    return [frame_of(row, language) for row in instances(Announcement, rows)]


def frame_of(row: Announcement, language: str | None) -> wire.Announcement:
    """In this language, if there is a text in it."""
    is_korean = bool(row.title_ko) and (language == "ko" or not row.title_en)
    return wire.Announcement(
        id=row.pk,
        title=row.title_ko if is_korean else row.title_en,
        html=row.html_ko if is_korean else row.html_en,
        level=row.level,  # type: ignore[arg-type]
        requires_acknowledgement=row.requires_acknowledgement,
        timestamp=row.created_at,
    )
