"""How far people have read. Marks that come together are stored together, like messages: at a busy
hour there are five of them for each message."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from accounts.models import User
from chat import wire
from chat.actions.rows import channels_of, channels_statement
from chat.models import Channel, Membership, Message
from chat.queries.visibility import MENTION_COUNT, Access, Place, access_statement
from realtime import publish
from realtime.errors import DomainError, Forbidden, NotFound
from realtime.statements import Ends, Statement, atomic, carry_out, numbers, table

Result = wire.ReadPosition | DomainError


@dataclass(frozen=True, slots=True)
class Mark:
    """Everything up to the position is read. It goes back only by force. `connection`: of the
    socket that says so, which need not be told."""

    user: User
    channel_id: int
    position: int
    force: bool = False
    connection: str = ""

    @property
    def place(self) -> tuple[int, int]:
        return self.channel_id, self.user.id


def mark_read(
    user: User, *, channel_id: int, position: int, force: bool = False
) -> wire.ReadPosition:
    """The read position as it is now. NotFound; Forbidden outside."""
    [result] = mark_all_read([Mark(user, channel_id, position, force)])
    if isinstance(result, DomainError):
        raise result
    return result


def mark_all_read(marks: Sequence[Mark]) -> list[Result]:
    """The position or the error for each, in order."""
    results: dict[tuple[int, int], Result] = {}
    with atomic() as ends:
        asked = channels_statement({mark.channel_id for mark in marks})
        access = access_statement({mark.place for mark in marks})
        *_, channels, memberships = carry_out(*ends.begin, asked, access)
        reader = Reader(channels_of(channels), Access.of(memberships))
        for mark in marks:
            try:
                reader.take(mark)
            except DomainError as error:
                results[mark.place] = error
        results |= reader.store(ends)
    return [results[mark.place] for mark in marks]


class Reader:
    def __init__(self, channels: dict[int, Channel], access: Access) -> None:
        self.channels, self.access = channels, access
        self.moves: dict[int, tuple[int, bool]] = {}  # by membership
        self.marks: dict[int, Mark] = {}

    def take(self, mark: Mark) -> None:
        """A later mark of the same place counts after the earlier one."""
        channel = self.channels.get(mark.channel_id)
        if channel is None or not self.access.sees(mark.user.id, Place.of(channel)):
            raise NotFound
        membership = self.access.memberships.get(mark.place)
        if membership is None:
            raise Forbidden("Join the channel first.")
        position, (before, forced) = mark.position, self.moves.get(membership, (0, False))
        position = position if mark.force else max(position, before)
        self.moves[membership] = min(position, channel.last_position), mark.force or forced
        self.marks[membership] = mark

    def store(self, ends: Ends) -> dict[tuple[int, int], Result]:
        if not self.moves:
            return {}
        moved, found, *_ = carry_out(
            _move_statement(self.moves), _states_statement(self.moves), *ends.commit
        )
        states = _states(found)
        for (membership,) in moved:
            mark = self.marks[membership]
            event = wire.ReadUpdated(states[membership])
            publish.push_to_others(mark.user.id, event, connection=mark.connection)
        return {
            mark.place: wire.ReadPosition(
                read_position=states[membership].read_position,
                mention_count=states[membership].mention_count,
            )
            for membership, mark in self.marks.items()
        }


def tell_mention_counts(message: Message, user_ids: Collection[int | None]) -> None:
    """After an edit or deletion: to those of these users (None: everybody) who have not read the
    message, how many mention them now. Clients cannot know: they may not hold the old text."""
    unread = Membership.objects.filter(
        channel=message.channel_id, read_position__lt=message.position
    )
    if None not in user_ids:
        unread = unread.filter(user__in=user_ids)
    readers = dict(unread.values_list("pk", "user_id")) if user_ids else {}
    [rows] = carry_out(_states_statement(readers))
    for membership, state in _states(rows).items():
        publish.push(readers[membership], wire.ReadUpdated(state))


def _move_statement(moves: dict[int, tuple[int, bool]]) -> Statement:
    """Compared in the statement: two sockets of a user may mark at the same time."""
    asked = ", ".join(f"({pk}, {to}, {int(force)})" for pk, (to, force) in sorted(moves.items()))
    membership = table(Membership)
    return (
        f"WITH asked (membership_id, place, force) AS (VALUES {asked})"  # noqa: S608
        f" UPDATE {membership} SET read_position = place FROM asked"
        f" WHERE {membership}.id = membership_id"
        " AND (read_position < place OR (force = 1 AND read_position <> place))"
        f" RETURNING {membership}.id",
        [],
    )


def _states_statement(memberships: Iterable[int]) -> Statement:
    return (
        f"SELECT own.id, channel_id, read_position, {MENTION_COUNT.format(row='own')}"  # noqa: S608
        f" FROM {table(Membership)} AS own WHERE own.id IN ({numbers(memberships)})",
        [],
    )


def _states(rows: Iterable[Sequence[int]]) -> dict[int, wire.ChannelReadPosition]:
    return {
        pk: wire.ChannelReadPosition(channel=channel, read_position=place, mention_count=count)
        for pk, channel, place, count in rows
    }
