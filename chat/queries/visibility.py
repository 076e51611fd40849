"""What a viewer may see, and where they may write: the one place that knows.

Public channels are open to everybody but guests; private ones and direct conversations to their
members; a thread to whoever may read its parent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, FilteredRelation, IntegerField, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import User
from chat.models import Channel, Membership, Message
from realtime import statements
from realtime.errors import Forbidden, NotFound
from realtime.statements import Rows, Statement, carry_out, instances

MANAGERS = (Membership.Role.OWNER, Membership.Role.ADMIN)
OWNERS_WRITE = "Only owners and admins write here."
MENTION_COUNT = """(
    SELECT COUNT(DISTINCT message_id) FROM chat_mention AS mentioned
    WHERE (mentioned.channel_id = {row}.channel_id AND mentioned.user_id = {row}.user_id
           AND mentioned.position > {row}.read_position)
       OR (mentioned.channel_id = {row}.channel_id AND mentioned.user_id IS NULL
           AND mentioned.position > {row}.read_position)
)"""


def mention_count(row: str = Membership._meta.db_table) -> RawSQL:
    """Of the membership that the query has under this name: how many unread messages mention its
    user, or everybody. Two ranges of one index. Written out, since the ORM takes 0.9 ms to put it
    into SQL, three times as long as a read of the whole channel takes the database."""
    return RawSQL(MENTION_COUNT.format(row=row), [], output_field=IntegerField())  # noqa: S611


def count_mentions(rows: Iterable[Membership]) -> None:
    """Of memberships that were read without; one query."""
    by_id = {row.pk: row for row in rows}
    counted = Membership.objects.filter(pk__in=by_id).annotate(count=mention_count())
    for pk, count in counted.values_list("pk", "count"):
        by_id[pk].mention_count = count


def visible_channels(viewer: User) -> QuerySet[Channel]:
    """Each with `own`: the viewer's membership, or None."""
    memberships = Membership.objects.filter(user=viewer)
    inside = Exists(memberships.filter(channel=OuterRef("pk")))
    inside_parent = Exists(memberships.filter(channel=OuterRef("parent")))
    guest = Exists(memberships.filter(role=Membership.Role.GUEST))
    was_guest = Exists(User.objects.filter(pk=viewer.pk, is_guest=True))
    is_open = Q(kind=Channel.Kind.PUBLIC) | Q(parent__kind=Channel.Kind.PUBLIC)
    return (
        Channel.objects.annotate(
            own=FilteredRelation("memberships", condition=Q(memberships__user=viewer)),
            mention_count=mention_count("own"),
        )
        .filter((is_open & ~guest & ~was_guest) | inside_parent | (Q(parent=None) & inside))
        .select_related("own", "parent")  # type: ignore[misc]
    )


def own_channels(viewer: User, condition: str = "true") -> list[Channel]:
    """Those that the viewer is a member of, by id, each with `own`; `condition` in SQL."""
    both = f"{statements.columns(Channel, 'channel')}, {statements.columns(Membership, 'own')}"
    [rows] = carry_out(own_statement(both, f"own.user_id = {int(viewer.pk)} AND {condition}"))
    width = len(Channel._meta.concrete_fields)
    channels: list[Channel] = instances(Channel, [row[:width] for row in rows])
    memberships: list[Membership] = instances(Membership, [row[width:-1] for row in rows])
    for channel, own, row in zip(channels, memberships, rows, strict=True):
        own.mention_count = row[-1]
        channel.own = own  # type: ignore[attr-defined]
    return channels


def own_statement(columns: str, condition: str) -> Statement:
    """These of `channel` and `own`, then the number of mentions, of the channels that the viewers
    in the condition are members of, by id."""
    return (
        f"SELECT {columns}, {MENTION_COUNT.format(row='own')}"  # noqa: S608
        f" FROM {statements.table(Membership)} AS own"
        f" JOIN {statements.table(Channel)} AS channel ON channel.id = own.channel_id"
        f" WHERE {condition} ORDER BY channel.id",
        [],
    )


def channel_for(viewer: User, channel_id: int) -> Channel:
    """NotFound if it does not exist or the viewer may not see it.

    Nearly every read is of a channel that one is in, and the whole rule takes ten times as long to
    put into SQL as that takes altogether. Threads go by the rule: their parent decides.
    """
    joined = f"channel.id = {int(channel_id)} AND channel.parent_id IS NULL"
    for channel in own_channels(viewer, joined):
        return channel
    return channel_by_rule(viewer, channel_id)


def channel_by_rule(viewer: User, channel_id: int) -> Channel:
    """channel_for, of any kind of channel."""
    seen = visible_channels(viewer).filter(pk=channel_id).first()
    if seen is None:
        raise NotFound
    return seen


def message_for(viewer: User, message_id: int) -> Message:
    """With `channel` as channel_for gives it. NotFound like there."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        raise NotFound
    message.channel = channel_for(viewer, message.channel_id)
    return message


def own_membership(channel: Channel) -> Membership | None:
    """Of a channel that came from here (Django sets no attribute where there is none)."""
    own: Membership | None = getattr(channel, "own", None)
    if own is not None and hasattr(channel, "mention_count"):
        own.mention_count = channel.mention_count
    return own


def check_writable(channel: Channel) -> None:
    """Forbidden in an archived channel, and in one that the viewer only reads."""
    parent = channel.parent
    if channel.archived or (parent is not None and parent.archived):
        raise Forbidden("The channel is archived.")
    if channel.kind != Channel.Kind.THREAD and own_membership(channel) is None:
        raise Forbidden("Join the channel first.")


def check_posting(channel: Channel) -> None:
    """Forbidden also where only owners and admins write; a thread is open to all who read it."""
    check_writable(channel)
    own = own_membership(channel)
    if channel.posting == Channel.Posting.OWNERS and (own is None or own.role not in MANAGERS):
        raise Forbidden(OWNERS_WRITE)


class Place(NamedTuple):
    """Where the right to read a channel is decided: itself, or a thread's parent."""

    pk: int
    is_public: bool
    is_archived: bool

    @classmethod
    def of(cls, channel: Channel) -> "Place":
        """A thread's parent must be loaded."""
        place = channel.parent or channel
        is_public = place.kind == Channel.Kind.PUBLIC
        return cls(place.pk, is_public, channel.archived or place.archived)


@dataclass(frozen=True, slots=True)
class Access:
    """Who of some people is in which of some channels, read at once, for many decisions.

    `memberships` has the membership's id by channel and user; `managers` those who own or run it.
    """

    memberships: dict[tuple[int, int], int]
    managers: set[tuple[int, int]]
    guests: set[int]

    @classmethod
    def read(cls, places: set[tuple[int, int]]) -> "Access":
        """`places`: channels and users."""
        [rows] = carry_out(access_statement(places))
        return cls.of(rows)

    @classmethod
    def of(cls, rows: Rows) -> "Access":
        """From the rows of an access_statement."""
        guest = Membership.Role.GUEST
        return cls(
            {(channel_id, user_id): pk for pk, channel_id, user_id, _ in rows},
            {(channel_id, user_id) for _, channel_id, user_id, role in rows if role in MANAGERS},
            {user_id for _, _, user_id, role in rows if role == guest},
        )

    def sees(self, user_id: int, place: Place) -> bool:
        """The same rule as visible_channels."""
        is_open = place.is_public and user_id not in self.guests
        return is_open or (place.pk, user_id) in self.memberships


def access_statement(places: set[tuple[int, int]]) -> Statement:
    """The memberships of these channels and users, of the same users in the parents of threads,
    and whatever else makes one of them a guest: a membership elsewhere, or that they were one where
    they were last."""
    channel, membership = statements.table(Channel), statements.table(Membership)
    columns = "membership.id, membership.channel_id, membership.user_id, membership.role"
    asked = ", ".join(
        f"({int(channel_id)}, {int(user_id)})" for channel_id, user_id in places or {(0, 0)}
    )
    users = statements.numbers({user_id for _, user_id in places})
    return (
        f"WITH asked (channel_id, user_id) AS (VALUES {asked})"  # noqa: S608
        f" SELECT {columns} FROM asked JOIN {channel} AS channel ON channel.id = asked.channel_id"
        f" JOIN {membership} AS membership ON membership.user_id = asked.user_id"
        " AND membership.channel_id IN (channel.id, channel.parent_id)"
        f" UNION SELECT {columns} FROM {membership} AS membership"
        f" WHERE role = '{Membership.Role.GUEST}' AND user_id IN ({users})"
        f" UNION SELECT 0, 0, id, '{Membership.Role.GUEST}' FROM {statements.table(User)}"
        f" WHERE is_guest AND id IN ({users})",
        [],
    )
