"""What a viewer may see, and where they may write: the one place that knows.

Public channels are open to everybody but guests; private ones and direct conversations to their
members; a thread to whoever may read its parent.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from accounts.models import User
from chat.models import Channel, Membership, Message
from realtime.errors import Forbidden, NotFound


def visible_channels(viewer: User) -> QuerySet[Channel]:
    """Each with `own`: the viewer's membership, or None."""
    memberships = Membership.objects.filter(user=viewer)
    inside = Exists(memberships.filter(channel=OuterRef("pk")))
    inside_parent = Exists(memberships.filter(channel=OuterRef("parent")))
    guest = Exists(memberships.filter(role=Membership.Role.GUEST))
    is_open = Q(kind=Channel.Kind.PUBLIC) | Q(parent__kind=Channel.Kind.PUBLIC)
    return (
        Channel.objects.annotate(
            own=FilteredRelation("memberships", condition=Q(memberships__user=viewer))
        )
        .filter((is_open & ~guest) | inside_parent | (Q(parent=None) & inside))
        .select_related("own", "parent")  # type: ignore[misc]
    )


def own_channels(viewer: User) -> list[Channel]:
    """Those that the viewer is a member of, by id, each with `own`."""
    rows = Membership.objects.filter(user=viewer).select_related("channel__parent")
    return [_with_own(row) for row in rows.order_by("channel_id")]


def channel_for(viewer: User, channel_id: int) -> Channel:
    """NotFound if it does not exist or the viewer may not see it."""
    channel = _joined(viewer, channel_id) or visible_channels(viewer).filter(pk=channel_id).first()
    if channel is None:
        raise NotFound
    return channel


def _joined(viewer: User, channel_id: int) -> Channel | None:
    """Nearly every read is of a channel that one is in, and the whole rule takes ten times as long
    to put into SQL as this takes altogether. Threads go by the rule: their parent decides."""
    rows = Membership.objects.filter(user=viewer, channel=channel_id, channel__parent=None)
    row = rows.select_related("channel").first()
    return None if row is None else _with_own(row)


def _with_own(row: Membership) -> Channel:
    channel = row.channel
    channel.own = row  # type: ignore[attr-defined]
    return channel


def message_for(viewer: User, message_id: int) -> Message:
    """With `channel` as channel_for gives it. NotFound like there."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        raise NotFound
    message.channel = channel_for(viewer, message.channel_id)
    return message


def own_membership(channel: Channel) -> Membership | None:
    """Of a channel that came from here (Django sets no attribute where there is none)."""
    return getattr(channel, "own", None)


def check_writable(channel: Channel) -> None:
    """Forbidden in an archived channel, and in one that the viewer only reads."""
    parent = channel.parent
    if channel.archived or (parent is not None and parent.archived):
        raise Forbidden("The channel is archived.")
    if channel.kind != Channel.Kind.THREAD and own_membership(channel) is None:
        raise Forbidden("Join the channel first.")


@dataclass(frozen=True, slots=True)
class Access:
    """Who of some people is in which of some channels, read at once, for many decisions.

    `memberships` has the membership's id by channel and user.
    """

    memberships: dict[tuple[int, int], int]
    guests: set[int]

    @classmethod
    def read(cls, user_ids: set[int], channel_ids: set[int]) -> "Access":
        memberships: dict[tuple[int, int], int] = {}
        guests: set[int] = set()
        for pk, channel_id, user_id, role in _memberships(user_ids, channel_ids):
            memberships[channel_id, user_id] = pk
            if role == Membership.Role.GUEST:
                guests.add(user_id)
        return cls(memberships, guests)

    def sees(self, user_id: int, channel: Channel) -> bool:
        """The same rule as visible_channels. A thread's parent must be loaded."""
        place = channel.parent or channel
        is_open = place.kind == Channel.Kind.PUBLIC and user_id not in self.guests
        return is_open or (place.pk, user_id) in self.memberships


def _memberships(user_ids: set[int], channel_ids: set[int]) -> list[tuple[int, int, int, str]]:
    """Written out, for it stands in the way of every message: the ORM takes five times as long to
    make this query as to send it."""
    users, channels = (", ".join(["%s"] * len(ids)) for ids in (user_ids, channel_ids or {0}))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, channel_id, user_id, role FROM {Membership._meta.db_table}"  # noqa: S608
            f" WHERE user_id IN ({users}) AND (channel_id IN ({channels}) OR role = %s)",
            [*user_ids, *(channel_ids or {0}), Membership.Role.GUEST.value],
        )
        return cursor.fetchall()
