"""Making channels and direct conversations, and changing what they are."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from audit.record import record
from chat import wire
from chat.actions.memberships import NAMED, check_manager, enrol, newcomers
from chat.actions.rows import lock_channel
from chat.actions.threads import open_thread
from chat.models import DIRECT_MAX_MEMBERS, Channel, Membership
from chat.queries.frames import channel_frame
from chat.queries.people import guests, guests_among, known_people
from chat.queries.visibility import channel_for, mention_count
from realtime import publish, topics
from realtime.errors import Conflict, Forbidden, InvalidData, NotFound
from realtime.retry import PATIENCE_SECONDS, may_have_happened

__all__ = [
    "create_channel",
    "open_direct",
    "open_thread",
    "save_channel",
    "show_channel",
    "update_channel",
]


def create_channel(
    author: User, *, kind: str, name: str, topic: str = "", member_ids: Collection[int] = ()
) -> wire.Channel:
    """`author` is its owner. Conflict if the name is taken; NotFound for an unknown member;
    Forbidden for guests."""
    with transaction.atomic():
        if guests_among([author.pk]):
            raise Forbidden("Guests make no channels.")
        if made := _made_before(author, kind, name):
            return channel_frame(channel_for(author, made.pk))
        people = _people(author, {*member_ids} - {author.pk})
        channel = Channel(kind=kind, name=name, topic=topic, created_by=author)
        save_channel(channel)
        owner = Membership(channel=channel, user=author, role=Membership.Role.OWNER)
        others = newcomers(channel, people)
        enrol([owner, *others], announce=False)
        if kind == Channel.Kind.PUBLIC:
            skip = [author.pk, *(person.pk for person in people), *_who_sees_no_public_one()]
            event = wire.ChannelCreated(wire.Channel.of(channel, None))
            publish.publish(topics.EVERYONE, event, skip_users=skip)
        return wire.Channel.of(channel, owner)


def _made_before(author: User, kind: str, name: str) -> Channel | None:
    """What a try of this very request made, whose COMMIT was lost: no conflict with itself."""
    if not may_have_happened():
        return None
    begun = timezone.now() - timedelta(seconds=2 * PATIENCE_SECONDS)
    own = Channel.objects.filter(created_by=author, created_at__gte=begun)
    return own.filter(kind=kind, name=name).first()


def update_channel(
    actor: User,
    *,
    channel_id: int,
    name: str | None = None,
    topic: str | None = None,
    archived: bool | None = None,
    posting: str | None = None,
) -> wire.Channel:
    """For owners and admins; what is None stays. NotFound; Forbidden; Conflict as at creation."""
    with transaction.atomic():
        lock_channel(channel_id)
        channel = channel_for(actor, channel_id)
        check_manager(actor, channel)
        if channel.kind not in NAMED:
            raise Forbidden("This channel has no name of its own.")
        given = {"name": name, "topic": topic, "archived": archived, "posting": posting}
        wanted = {column: value for column, value in given.items() if value is not None}
        for column, value in wanted.items():
            setattr(channel, column, value)
        save_channel(channel, update_fields=[*wanted])
        show_channel(channel)
        _note_change(actor, channel, wanted)
        return channel_frame(channel)


def _note_change(actor: User, channel: Channel, changed: Mapping[str, str | bool]) -> None:
    if "archived" in changed:
        record(actor, "channel.archived" if channel.archived else "channel.reopened", channel)
    if columns := sorted({*changed} - {"archived"}):
        record(actor, "channel.updated", channel, {"changed": columns})


def open_direct(author: User, *, user_ids: Iterable[int]) -> wire.Channel:
    """The conversation of exactly these people and `author`: one row for one set of people.

    With oneself alone it is a notebook. NotFound for an unknown user; InvalidData for too many.
    """
    ids = sorted({*user_ids, author.pk})
    if len(ids) > DIRECT_MAX_MEMBERS:
        raise InvalidData(fields={"users": f"At most {DIRECT_MAX_MEMBERS} people."})
    key = ",".join(map(str, ids))
    with transaction.atomic():
        channel = Channel.objects.filter(direct_key=key).first()
        if channel is None:
            channel = _create_direct(author, key, _people(author, ids))
        return channel_frame(channel_for(author, channel.pk))


def _create_direct(author: User, key: str, people: Iterable[User]) -> Channel:
    try:
        with transaction.atomic():
            channel = Channel.objects.create(
                kind=Channel.Kind.DIRECT, direct_key=key, created_by=author
            )
    except IntegrityError:  # another of them was faster
        return Channel.objects.get(direct_key=key)
    members = [Membership(channel=channel, user=person) for person in people]
    enrol(members, announce=False)
    return channel


def _people(author: User, user_ids: Collection[int]) -> list[User]:
    known = known_people(author).filter(pk__in=user_ids, is_active=True)
    people = list(known.order_by("pk"))
    if len(people) != len(set(user_ids)):
        raise NotFound("There is no such user.")
    return people


def _who_sees_no_public_one() -> list[int]:
    return list(guests().values_list("pk", flat=True))


def save_channel(channel: Channel, update_fields: list[str] | None = None) -> None:
    """The database decides whether the name is free."""
    try:
        with transaction.atomic():
            channel.save(update_fields=update_fields)
    except IntegrityError:
        raise Conflict("There is a channel with this name.") from None


def show_channel(channel: Channel) -> None:
    """Tell everybody who sees a public or private channel how it is now; to each member with
    their own membership. Inside the transaction that changed it."""
    members = list(channel.memberships.annotate(mention_count=mention_count()))  # type: ignore[no-redef]
    for membership in members:
        frame = wire.Channel.of(channel, membership)
        publish.push(membership.user_id, wire.ChannelUpdated(frame))
    if channel.kind == Channel.Kind.PUBLIC:
        event = wire.ChannelUpdated(wire.Channel.of(channel, None))
        skip = [*(membership.user_id for membership in members), *_who_sees_no_public_one()]
        publish.publish(topics.EVERYONE, event, skip_users=skip)
