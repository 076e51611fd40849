"""The group commit: messages that wait together are stored in one transaction.

However long the list, the number of queries stays the same; one item's failure is its own.
"""

import logging
from collections.abc import Sequence
from uuid import uuid4

from django.db import DatabaseError, IntegrityError

from chat import clock, wire
from chat.actions.memberships import enrol, newcomer
from chat.actions.rows import channels_of, find_rows, lock_statement, save_rows
from chat.actions.sends import COLUMNS, MENTION_COLUMNS, Item, Key, Result, Row, Send, Stored
from chat.actions.talk import tell_owners
from chat.actions.threads import PARTICIPANTS_SHOWN, step_roots
from chat.models import Channel, Membership, Mention, Message
from chat.queries.frames import message_frames
from chat.queries.visibility import OWNERS_WRITE, Access, Place, access_statement
from realtime import publish, topics
from realtime.envelope import encode_event
from realtime.errors import DomainError, Forbidden, InvalidData, NotFound
from realtime.meter import meter
from realtime.posts import Post
from realtime.retry import is_passing, leave_connection
from realtime.statements import Ends, Statement, atomic, carry_out, insert, update

logger = logging.getLogger(__name__)

ATTEMPTS = 2


def store(items: Sequence[Item]) -> list[Result]:
    """A result for each item. After a second failure one by one: a poisoned item fails alone."""
    for _ in range(ATTEMPTS):
        try:
            return _commit(items)
        except DatabaseError as error:
            if is_passing(error):
                raise  # for retry.py: nothing is known about any of them
            incident = uuid4().hex[:12]
            logger.exception("Incident %s in a batch of %d messages", incident, len(items))
            leave_connection()
    if len(items) == 1:
        return [DomainError(incident=incident)]
    return [result for item in items for result in store([item])]


class Repeated(Exception):
    """A message of the batch may be there already."""


def _commit(items: Sequence[Item]) -> list[Result]:
    """Hardly any message comes twice: only a batch where one is refused or meets itself in the
    table is done again, with a look at what is there."""
    try:
        with atomic() as ends:
            return Batch(items, ends).store()
    except (Repeated, IntegrityError):
        with atomic() as ends:
            batch = Batch(items, ends)
            batch.look_up()
            return batch.store()


class Batch:
    """Stores items inside a transaction. `accepted` become rows; a key that comes twice, once."""

    def __init__(self, items: Sequence[Item], ends: Ends) -> None:
        self.items, self.ends = items, ends
        sends = [item.send for item in items]
        places = {(send.channel_id, send.author.id) for send in sends}
        lock = lock_statement({channel_id for channel_id, _ in places})
        *_, channels, memberships = carry_out(*ends.begin, lock, access_statement(places))
        self.channels = channels_of(channels)
        self.rights = {pk: Place.of(channel) for pk, channel in self.channels.items()}
        self.access = Access.of(memberships)
        self.targets = _reply_targets(sends)
        self.repeats: dict[Key, Result] | None = None
        self.accepted: dict[Key, Item] = {}
        self.now = clock.now()

    def look_up(self) -> None:
        """Who may not read the channel any more may not look at what became of their message."""
        existing = _existing([item.send for item in self.items])
        access = Access.read({(row.channel_id, row.sender_id) for row in existing})
        frames = message_frames(existing)
        self.repeats = {
            (row.sender_id, row.client_id): Stored(frame, encode_event(wire.NewMessage(frame)))
            if access.sees(row.sender_id, Place.of(row.channel))
            else NotFound()
            for row, frame in zip(existing, frames, strict=True)
        }

    def store(self) -> list[Result]:
        results = [self._accept(item) for item in self.items]
        stored = self._write() if self.accepted else {}
        return [
            stored[item.send.key] if result is None else result
            for item, result in zip(self.items, results, strict=True)
        ]

    def _write(self) -> dict[Key, Stored]:
        self._follow_threads()
        rows = [self._number(item) for item in self.accepted.values()]
        written = [self.channels[pk] for pk in sorted({row.send.channel_id for row in rows})]
        threads = [channel for channel in written if channel.parent_id is not None]
        self._store(rows, written, () if threads else self.ends.commit)
        save_rows(threads, "participants")
        stored = self._publish(rows)
        step_roots(threads)
        # Who begins such a thread tells of its first message.
        tell_owners(thread for thread in threads if thread.last_position > 1)
        return stored

    def _accept(self, item: Item) -> Result | None:
        """None for a message to be; or the one that exists, or why there is none."""
        key = item.send.key
        if self.repeats and key in self.repeats:
            return self.repeats[key]
        try:
            self._check(item.send)
        except DomainError as error:
            if self.repeats is None:
                raise Repeated from error
            return error
        self.accepted.setdefault(key, item)
        return None

    def _check(self, send: Send) -> None:
        """The same rule as check_posting, and what is replied to stands in the channel."""
        channel_id, author = send.channel_id, send.author.id
        place = self.rights.get(channel_id)
        if place is None or not self.access.sees(author, place):
            raise NotFound
        if place.is_archived:
            raise Forbidden("The channel is archived.")
        if place.pk == channel_id and (channel_id, author) not in self.access.memberships:
            raise Forbidden("Join the channel first.")
        reserved = self.channels[channel_id].posting == Channel.Posting.OWNERS
        if reserved and (channel_id, author) not in self.access.managers:
            raise Forbidden(OWNERS_WRITE)
        if send.reply_to is not None and (channel_id, send.reply_to) not in self.targets:
            raise InvalidData(fields={"reply_to": "There is no such message in the channel."})

    def _follow_threads(self) -> None:
        """Who writes in a thread follows it from here on."""
        newcomers: dict[tuple[int, int], Membership] = {}
        for send in (item.send for item in self.accepted.values()):
            place = (send.channel_id, send.author.id)
            if place not in self.access.memberships and place not in newcomers:
                newcomers[place] = newcomer(self.channels[send.channel_id], send.author)
        enrol(list(newcomers.values()))
        self.access.memberships.update({place: row.pk for place, row in newcomers.items()})

    def _number(self, item: Item) -> Row:
        send = item.send
        channel = self.channels[send.channel_id]
        channel.version += 1
        channel.last_position += 1
        channel.last_message_at = self.now
        if self.rights[send.channel_id].pk != send.channel_id:  # a thread
            author = send.author.id
            if author not in channel.participants:
                channel.participants = [*channel.participants, author][:PARTICIPANTS_SHOWN]
        return Row(send, item.body, channel.last_position, channel.version)

    def _store(
        self, rows: Sequence[Row], channels: Sequence[Channel], commit: Sequence[Statement]
    ) -> None:
        """Who writes has read up to there; clients derive it from their own `new-message`."""
        memberships = self.access.memberships
        read = {memberships[row.send.channel_id, row.send.author.id]: row.position for row in rows}
        heads = [(c.pk, c.version, c.last_position, c.last_message_at) for c in channels]
        values = [row.values(self.now) for row in rows]
        stored, *_ = carry_out(
            insert(Message, COLUMNS, values),
            update(Membership, ["read_position"], list(read.items())),
            update(Channel, ["version", "last_position", "last_message_at"], heads),
            *(() if any(row.calls for row in rows) else commit),
        )
        for row, (pk,) in zip(rows, stored, strict=True):
            row.pk = pk
        mentions = [mention for row in rows for mention in row.mentions()]
        if mentions:
            carry_out(insert(Mention, MENTION_COLUMNS, mentions), *commit)

    def _publish(self, rows: Sequence[Row]) -> dict[Key, Stored]:
        stored: dict[Key, Stored] = {}
        senders: dict[int, wire.Sender] = {}
        posts: dict[int, list[Post]] = {}
        for row in rows:
            author = row.send.author
            if author.id not in senders:
                senders[author.id] = wire.Sender.of(author)
            frame = row.frame(senders[author.id], self.now)
            post = Post.of(wire.NewMessage(frame), row.version)
            posts.setdefault(frame.channel, []).append(post)
            stored[row.send.key] = Stored(frame, post.payload)
        for channel_id, news in posts.items():
            publish.publish_posts(topics.channel(channel_id), news)
        meter.messages += len(rows)
        return stored


def _existing(sends: Sequence[Send]) -> list[Message]:
    """The messages that carry one of these authors' client_ids already."""
    keys = list({send.key for send in sends})
    ids = find_rows(Message, ["sender", "client_id"], keys)
    rows = Message.objects.filter(pk__in=ids)
    return list(rows.select_related("channel__parent", "thread")) if ids else []


def _reply_targets(sends: Sequence[Send]) -> set[tuple[int, int]]:
    """(channel, message) of everything that is replied to."""
    wanted = {send.reply_to for send in sends if send.reply_to is not None}
    if not wanted:
        return set()
    rows = Message.objects.filter(pk__in=wanted, deleted=False)
    return set(rows.values_list("channel_id", "pk"))
