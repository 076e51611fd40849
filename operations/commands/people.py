"""Commands about people and channels: the same actions as in the admin."""

import re
from typing import Annotated, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from pydantic import AfterValidator, Field

from accounts.actions.bans import deactivate_users, reactivate_users
from accounts.models import User
from accounts.text import nfc
from chat.actions.moderation import archive_channels
from chat.models import Channel
from operations.commands.registry import Outcome, command, named
from realtime import publish
from realtime.envelope import CloseCode
from realtime.errors import Conflict, Forbidden, NotFound
from realtime.frames import LARGEST_ID, Frame

T = TypeVar("T", bound=Model)
NAME_LIMIT = 80
ID = re.compile(r"[1-9]\d{0,17}", re.ASCII)

Reference = (
    Annotated[int, Field(ge=1, le=LARGEST_ID)]
    | Annotated[str, AfterValidator(nfc), Field(min_length=1, max_length=NAME_LIMIT)]
)


class Person(Frame):
    user: Annotated[Reference, named(gettext_noop("Person"), gettext_noop("username or id"))]


class Place(Frame):
    channel: Annotated[Reference, named(gettext_noop("Channel"), gettext_noop("its name or id"))]


@command(
    "disconnect-user",
    gettext_lazy("Close every socket of somebody; they may come in again."),
    Person,
    needs_workers=True,
)
def disconnect_user(actor: User, given: Person) -> Outcome:
    user = _user(given.user)
    if user.is_superuser and not actor.is_superuser:
        raise Forbidden
    publish.disconnect(CloseCode.REVOKED, user_id=user.pk)
    return Outcome(_("Every socket of %s is closed.") % user.username, 1)


@command(
    "ban-user",
    gettext_lazy("Shut somebody out: log out everywhere and deactivate."),
    Person,
    dangerous=True,
)
def ban_user(actor: User, given: Person) -> Outcome:
    user = _user(given.user)
    if not deactivate_users(actor, users=[user]):
        raise Conflict(_("%s is shut out already.") % user.username)
    return Outcome(_("%s is shut out.") % user.username, 1)


@command("unban-user", gettext_lazy("Let somebody in again who was shut out."), Person)
def unban_user(actor: User, given: Person) -> Outcome:
    user = _user(given.user)
    if not reactivate_users(actor, users=[user]):
        raise Conflict(_("%s is not shut out.") % user.username)
    return Outcome(_("%s may come in again.") % user.username, 1)


@command(
    "archive-channel",
    gettext_lazy("Archive a channel: it can be read, but nobody writes there."),
    Place,
    dangerous=True,
)
def archive_channel(actor: User, given: Place) -> Outcome:
    channel = channel_named(given.channel)
    if not archive_channels(actor, channel_ids=[channel.pk], archived=True):
        raise Conflict(_("%s is archived already.") % channel)
    return Outcome(_("%s is archived.") % channel, 1)


def _user(reference: int | str) -> User:
    user = _named(User.objects.all(), "username", reference)
    if user is None:
        raise NotFound(_("There is no such person."))
    return user


def channel_named(reference: int | str) -> Channel:
    named = Channel.objects.filter(kind__in=(Channel.Kind.PUBLIC, Channel.Kind.PRIVATE))
    name = reference.removeprefix("#") if isinstance(reference, str) else reference
    channel = _named(named, "name", name)
    if channel is None:
        raise NotFound(_("There is no such channel."))
    return channel


def _named(rows: QuerySet[T], field: str, reference: int | str) -> T | None:
    """Forms and command lines write a number as text: what nobody is called is taken for one."""
    if isinstance(reference, str):
        row = rows.filter(**{f"{field}__iexact": reference}).first()
        if row is not None or not ID.fullmatch(reference):
            return row
    return rows.filter(pk=int(reference)).first()
