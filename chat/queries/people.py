"""People, as far as a viewer may know them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import User
from chat import wire
from chat.models import Channel, Membership
from chat.queries.hangul import beginning
from realtime.errors import NotFound
from realtime.wire import Presence


def guests() -> QuerySet[User]:
    """Who sees only the channels that they are in, and the people there."""
    as_guest = Membership.objects.filter(role=Membership.Role.GUEST)
    return User.objects.filter(Q(is_guest=True) | Q(pk__in=as_guest.values("user")))


def guests_among(user_ids: Iterable[int]) -> set[int]:
    return set(guests().filter(pk__in=list(user_ids)).values_list("pk", flat=True))


def known_people(viewer: User) -> QuerySet[User]:
    """Everybody; for guests only whom they share a channel with, and themselves."""
    if not guests_among([viewer.pk]):
        return User.objects.all()
    own = Membership.objects.filter(user=viewer)
    shared = Membership.objects.filter(channel__in=own.values("channel"))
    return User.objects.filter(Q(pk=viewer.pk) | Q(pk__in=shared.values("user")))


def list_users(viewer: User, *, query: str = "", limit: int = 50) -> list[wire.Sender]:
    """People whose name begins with `query`, as hangul.py has it too."""
    begins = Q(username__istartswith=query) | Q(display_name__istartswith=query)
    if pattern := beginning(query):
        begins |= Q(username__regex=pattern) | Q(display_name__regex=pattern)
    people = known_people(viewer).filter(begins, is_active=True)
    return [wire.Sender.of(person) for person in people.order_by("username")[:limit]]


def show_user(viewer: User, *, user_id: int, presence: Presence) -> wire.Profile:
    """Also of somebody who was shut out, since their messages stay. NotFound."""
    person = known_people(viewer).filter(pk=user_id).first()
    if person is None:
        raise NotFound
    named = Channel.objects.filter(kind__in=[Channel.Kind.PUBLIC, Channel.Kind.PRIVATE])
    shared = named.filter(memberships__user=viewer).filter(memberships__user=person)
    return wire.Profile(
        user=wire.User.of(person, presence),
        time_zone=person.time_zone,
        title=person.title,
        joined_at=person.date_joined,
        shared_channels=list(shared.order_by("name").values_list("pk", flat=True)),
    )


def strangers(user: User) -> list[int]:
    """The guests who do not know this user, and so are not told of them."""
    own = Membership.objects.filter(user=user).values("channel")
    known = Membership.objects.filter(channel__in=own).values("user")
    return list(guests().exclude(pk__in=known).values_list("pk", flat=True))
