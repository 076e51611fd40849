"""Coming into channels and going out of them."""

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.db.models import F, Q

from accounts.actions.epochs import step_epoch
from accounts.models import User
from audit.record import record
from chat import wire
from chat.actions.rows import lock_channel, lock_channels, save_rows
from chat.models import Channel, Draft, Membership
from chat.queries.frames import channel_frame, direct_members
from chat.queries.people import guests_among
from chat.queries.visibility import MANAGERS, channel_for, count_mentions, own_membership
from realtime import publish, topics
from realtime.errors import Forbidden, NotFound

NAMED = (Channel.Kind.PUBLIC, Channel.Kind.PRIVATE)
JOINABLE = (Channel.Kind.PUBLIC, Channel.Kind.THREAD)


def join_channel(user: User, *, channel_id: int) -> wire.Channel:
    """Joining twice is the same as once. NotFound, or Forbidden for an archived channel."""
    with transaction.atomic():
        locked = lock_channel(channel_id)
        channel = channel_for(user, channel_id)
        if locked and own_membership(channel) is None:
            if channel.archived or channel.kind not in JOINABLE:
                raise Forbidden("This channel cannot be joined.")
            enrol([newcomer(locked, user)])
            channel = channel_for(user, channel_id)
        return channel_frame(channel)


def leave_channel(user: User, *, channel_id: int) -> wire.Channel:
    """Leaves the channel's threads too; the last owner's place is taken (see `pass_on`). NotFound;
    Forbidden for a direct conversation."""
    with transaction.atomic():
        lock_channel(channel_id)
        channel = channel_for(user, channel_id)
        if channel.kind == Channel.Kind.DIRECT:
            raise Forbidden("A direct conversation cannot be left.")
        expel(channel, [user])
        # Who has left a private channel may not look again: the frame is made from what was seen.
        channel.refresh_from_db(fields=["member_count"])
        return wire.Channel.of(channel, None)


def add_member(actor: User, *, channel_id: int, user_id: int) -> wire.Channel:
    """Members (but no guests) bring others in. NotFound for the channel or the user."""
    with transaction.atomic():
        locked = lock_channel(channel_id)
        channel = channel_for(actor, channel_id)
        own = own_membership(channel)
        if own is None or channel.archived or guests_among([actor.pk]):
            raise Forbidden
        if channel.kind not in NAMED:
            raise Forbidden("Nobody can be added here.")
        user = User.objects.filter(pk=user_id, is_active=True).first()
        if user is None or locked is None:
            raise NotFound
        if not locked.memberships.filter(user=user).exists():
            enrol(newcomers(locked, [user]))
            note(actor, "member.added", channel, user)
        return channel_frame(channel_for(actor, channel_id))


def remove_member(actor: User, *, channel_id: int, user_id: int) -> wire.Channel:
    """For owners and admins; an owner is removed by owners only. NotFound if it is no member."""
    with transaction.atomic():
        lock_channel(channel_id)
        channel = channel_for(actor, channel_id)
        own = check_manager(actor, channel)
        member = channel.memberships.filter(user_id=user_id).select_related("user").first()
        if member is None:
            raise NotFound
        if member.role == Membership.Role.OWNER and own.role != Membership.Role.OWNER:
            raise Forbidden("Only owners remove an owner.")
        expel(channel, [member.user])
        if actor.pk != user_id:
            note(actor, "member.removed", channel, member.user)
        channel = channel_for(actor, channel_id) if actor.pk != user_id else channel
        return channel_frame(channel)


def check_manager(actor: User, channel: Channel) -> Membership:
    """Forbidden for who is neither owner nor admin, in a thread: of its parent."""
    place = channel.parent_id or channel.pk
    own = Membership.objects.filter(channel=place, user=actor, role__in=MANAGERS).first()
    if own is None:
        raise Forbidden
    return own


def enrol(newcomers: Sequence[Membership], *, announce: bool = True) -> None:
    """Store new memberships (each with `channel` locked and `user` loaded), follow, tell.

    `announce` is off where the channel itself is the news.
    """
    if not newcomers:
        return
    Membership.objects.bulk_create(newcomers)
    channels = {row.channel_id: row.channel for row in newcomers}
    for row in newcomers:
        row.channel.member_count += 1
    save_rows(list(channels.values()), "member_count")
    step_epoch({row.user_id for row in newcomers})
    members = direct_members(channels.values())
    for row in newcomers:
        publish.follow([row.user_id], topics.channel(row.channel_id), row.channel.version)
        frame = wire.Channel.of(row.channel, row, members.get(row.channel_id))
        if announce:
            publish.push(row.user_id, wire.ChannelUpdated(frame))
            _publish_change(wire.UserJoined, row.channel, row.user)
        else:
            publish.push(row.user_id, wire.ChannelCreated(frame))


def expel(channel: Channel, users: Iterable[User]) -> None:
    """End the memberships of these people in the channel (locked) and in its threads."""
    people = {user.pk: user for user in users}
    lost = Membership.objects.filter(
        Q(channel=channel) | Q(channel__parent=channel), user__in=people
    ).select_related("channel")
    rows = list(lost)
    Membership.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Draft.objects.filter(Q(channel=channel) | Q(channel__parent=channel), user__in=people).delete()
    as_guest = [row.user_id for row in rows if row.role == Membership.Role.GUEST]
    User.objects.filter(pk__in=as_guest).update(is_guest=True)
    step_epoch(people)
    for row in rows:
        Channel.objects.filter(pk=row.channel_id).update(member_count=F("member_count") - 1)
        row.channel.refresh_from_db(fields=["member_count"])
        publish.unfollow([row.user_id], topics.channel(row.channel_id))
        _publish_change(wire.UserLeft, row.channel, people[row.user_id])
        change = _member_change(row.channel, people[row.user_id])
        publish.push(row.user_id, wire.UserLeft(change))
    if any(row.role == Membership.Role.OWNER and row.channel_id == channel.pk for row in rows):
        pass_on(channel)


def pass_on_places(user_ids: Collection[int]) -> None:
    """In a transaction: these people are about to be able to do nothing any more. They keep their
    memberships, for the day that they come back."""
    owned = Membership.objects.filter(
        user__in=user_ids, role=Membership.Role.OWNER, channel__kind__in=NAMED
    )
    for channel in lock_channels({*owned.values_list("channel_id", flat=True)}).values():
        pass_on(channel, without=user_ids)


def pass_on(channel: Channel, *, without: Collection[int] = ()) -> None:
    """A channel without an owner could not be managed: if none is left, the admin who has been
    there longest becomes one, or else the member. Guests and programs do not."""
    rows = channel.memberships.select_related("user", "channel")
    rows = rows.filter(user__is_active=True).exclude(user__in=without)
    if rows.filter(role=Membership.Role.OWNER).exists():
        return
    able = rows.filter(user__is_bot=False).order_by("joined_at", "pk")
    admin = able.filter(role=Membership.Role.ADMIN).first()
    heir = admin or able.filter(role=Membership.Role.MEMBER).first()
    if heir is not None:
        set_role(None, heir, Membership.Role.OWNER)


def set_role(actor: User | None, membership: Membership, role: str) -> None:
    """In a transaction. `actor`: None where nobody decided it."""
    membership.role = role
    membership.save(update_fields=["role"])
    if role == Membership.Role.GUEST:
        _leave_threads_outside(membership.user)
    else:
        User.objects.filter(pk=membership.user_id).update(is_guest=False)
    step_epoch([membership.user_id])
    channel = membership.channel
    count_mentions([membership])
    frame = wire.Channel.of(channel, membership, direct_members([channel]).get(channel.pk))
    publish.push(membership.user_id, wire.ChannelUpdated(frame))
    record(actor, "member.role", channel, {"user": membership.user_id, "role": role})


def _leave_threads_outside(guest: User) -> None:
    """Of public channels that they are not in, and see no more."""
    rows = Membership.objects.filter(user=guest, channel__kind=Channel.Kind.THREAD)
    for row in rows.exclude(channel__parent__memberships__user=guest).select_related("channel"):
        expel(row.channel, [guest])


def newcomers(channel: Channel, people: Sequence[User]) -> list[Membership]:
    """Whom somebody brings in: a guest comes as a guest."""
    as_guest = guests_among(person.pk for person in people)
    rows = [newcomer(channel, person) for person in people]
    for row in rows:
        if row.user_id in as_guest:
            row.role = Membership.Role.GUEST
    return rows


def newcomer(channel: Channel, user: User) -> Membership:
    """Nothing that was said before one came is unread."""
    return Membership(channel=channel, user=user, read_position=channel.last_position)


def note(actor: User, action: str, channel: Channel, user: User) -> None:
    record(actor, action, channel, {"user": user.pk, "username": user.username})


def _publish_change(
    event: type[wire.UserJoined] | type[wire.UserLeft], channel: Channel, user: User
) -> None:
    """To the others: the user's own sockets are told of their own membership."""
    change = _member_change(channel, user)
    publish.publish(topics.channel(channel.pk), event(change), skip_users=[user.pk])


def _member_change(channel: Channel, user: User) -> wire.MemberChange:
    return wire.MemberChange(
        channel=channel.pk, user=wire.Sender.of(user), member_count=channel.member_count
    )
