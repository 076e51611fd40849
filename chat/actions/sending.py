"""The group commit: messages that wait together are stored in one transaction.

However long the list, the number of queries stays the same; one item's failure is its own.
"""

import logging
import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction

from accounts.models import User
from chat import clock, wire
from chat.actions.memberships import enrol, newcomer
from chat.actions.rows import lock_channels, update_rows
from chat.actions.threads import PARTICIPANTS_SHOWN, step_roots
from chat.markdown import Body
from chat.models import Membership, Mention, Message
from chat.queries.frames import message_frames
from chat.queries.visibility import Access
from realtime import publish, topics
from realtime.errors import DomainError, Forbidden, InvalidData, NotFound

logger = logging.getLogger(__name__)

ATTEMPTS = 2
JITTER_SECONDS = 0.02  # longer than a batch takes, so that two that collided do not meet again


Key = tuple[int, str]  # author and client_id
Result = wire.Message | DomainError


@dataclass(frozen=True, slots=True)
class Send:
    """What one author wants to say; `text` and `client_id` as wire.SendMessage has them."""

    author: User
    channel_id: int
    text: str
    client_id: str
    reply_to: int | None = None

    @property
    def key(self) -> Key:
        return self.author.pk, self.client_id


@dataclass(frozen=True, slots=True)
class Item:
    send: Send
    body: Body


def store(items: Sequence[Item]) -> list[Result]:
    """A result for each item. After a second failure one by one: a poisoned item fails alone."""
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return Batch(items).store()
        except DatabaseError:
            logger.warning("A batch of %d messages failed.", len(items), exc_info=True)
            _settle()
    if len(items) == 1:
        return [DomainError()]
    return [result for item in items for result in store([item])]


def _settle() -> None:
    """Wait a little, and leave a connection that the server has closed."""
    time.sleep(random.uniform(0, JITTER_SECONDS))  # noqa: S311 - no secret
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


class Batch:
    """Stores items inside a transaction. `accepted` become rows; a key that comes twice, once."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        sends = [item.send for item in items]
        authors = {send.author.pk for send in sends}
        self.channels = lock_channels(send.channel_id for send in sends)
        existing = _existing(sends)
        places = {pk for row in existing for pk in (row.channel_id, row.channel.parent_id) if pk}
        self.access = Access.read(authors, places | set(self.channels))
        self.repeats = self._repeats(existing)
        self.targets = _reply_targets(sends)
        self.accepted: dict[Key, Item] = {}

    def store(self) -> list[Result]:
        results = [self._accept(item) for item in self.items]
        if not self.accepted:
            return [result for result in results if not isinstance(result, tuple)]
        self._follow_threads()
        rows = {key: self._number(item) for key, item in self.accepted.items()}
        self._insert(rows)
        self._move_read_positions(rows.values())
        self._update_channels({row.channel_id for row in rows.values()})
        frames = self._publish(rows)
        return [frames[result] if isinstance(result, tuple) else result for result in results]

    def _repeats(self, existing: Sequence[Message]) -> dict[Key, Result]:
        """Who may not read the channel any more may not look at what became of their message."""
        frames = message_frames(existing) if existing else []
        return {
            (row.sender_id, row.client_id): frame
            if self.access.sees(row.sender_id, row.channel)
            else NotFound()
            for row, frame in zip(existing, frames, strict=True)
        }

    def _accept(self, item: Item) -> Key | Result:
        """The key of a message to be, the message that exists, or why there is none."""
        key = item.send.key
        if key in self.repeats:
            return self.repeats[key]
        try:
            self._check(item.send)
        except DomainError as error:
            return error
        self.accepted.setdefault(key, item)
        return key

    def _check(self, send: Send) -> None:
        """The same rule as check_writable, and what is replied to stands in the channel."""
        channel = self.channels.get(send.channel_id)
        if channel is None or not self.access.sees(send.author.pk, channel):
            raise NotFound
        if channel.archived or (channel.parent and channel.parent.archived):
            raise Forbidden("The channel is archived.")
        if not channel.parent and (channel.pk, send.author.pk) not in self.access.memberships:
            raise Forbidden("Join the channel first.")
        if send.reply_to is not None and (channel.pk, send.reply_to) not in self.targets:
            raise InvalidData(fields={"reply_to": "There is no such message in the channel."})

    def _follow_threads(self) -> None:
        """Who writes in a thread follows it from here on."""
        newcomers: dict[tuple[int, int], Membership] = {}
        for send in (item.send for item in self.accepted.values()):
            place = (send.channel_id, send.author.pk)
            if place not in self.access.memberships and place not in newcomers:
                newcomers[place] = newcomer(self.channels[send.channel_id], send.author)
        enrol(list(newcomers.values()))
        self.access.memberships.update(newcomers)

    def _number(self, item: Item) -> Message:
        channel = self.channels[item.send.channel_id]
        channel.version += 1
        channel.last_position += 1
        channel.last_message_at = clock.now()
        author = item.send.author.pk
        if channel.parent_id is not None and author not in channel.participants:
            channel.participants = [*channel.participants, author][:PARTICIPANTS_SHOWN]
        return Message(
            channel_id=channel.pk,
            position=channel.last_position,
            version=channel.version,
            created_version=channel.version,
            client_id=item.send.client_id,
            sender_id=author,
            text=item.body.text,
            html=item.body.html,
            timestamp=channel.last_message_at,
            reply_to_id=item.send.reply_to,
        )

    def _insert(self, rows: dict[Key, Message]) -> None:
        Message.objects.bulk_create(rows.values())
        Mention.objects.bulk_create(
            Mention(message=row, user_id=user_id)
            for key, row in rows.items()
            for user_id in self.accepted[key].body.mentions
        )

    def _move_read_positions(self, rows: Iterable[Message]) -> None:
        """Who writes has read up to there; clients derive it from their own `new-message`."""
        moved: dict[int, Membership] = {}
        for row in rows:
            membership = self.access.memberships[row.channel_id, row.sender_id]
            membership.read_position = row.position
            moved[membership.pk] = membership
        update_rows(list(moved.values()), ["read_position"])

    def _update_channels(self, written: set[int]) -> None:
        channels = [self.channels[pk] for pk in sorted(written)]
        columns = ["version", "last_position", "last_message_at", "participants"]
        update_rows(channels, columns)

    def _publish(self, rows: dict[Key, Message]) -> dict[Key, wire.Message]:
        frames: dict[Key, wire.Message] = {}
        senders: dict[int, wire.Sender] = {}
        for key, row in rows.items():
            item = self.accepted[key]
            sender = senders.get(row.sender_id) or wire.Sender.of(item.send.author)
            senders[row.sender_id] = sender
            frame = wire.Message.of(
                row, sender, mentions=list(item.body.mentions), reactions=[], thread=None
            )
            frames[key] = frame
            topic = topics.channel(row.channel_id)
            publish.publish(topic, wire.NewMessage(frame), version=row.version)
        grown = {row.channel_id for row in rows.values()}
        step_roots([self.channels[pk] for pk in sorted(grown) if self.channels[pk].parent_id])
        return frames


def _existing(sends: Sequence[Send]) -> list[Message]:
    """The messages that carry one of these authors' client_ids already."""
    keys = {send.key for send in sends}
    rows = Message.objects.filter(
        sender_id__in={author for author, _ in keys},
        client_id__in={client_id for _, client_id in keys},
    ).select_related("channel__parent", "thread")
    return [row for row in rows if (row.sender_id, row.client_id) in keys]


def _reply_targets(sends: Sequence[Send]) -> set[tuple[int, int]]:
    """(channel, message) of everything that is replied to."""
    wanted = {send.reply_to for send in sends if send.reply_to is not None}
    if not wanted:
        return set()
    rows = Message.objects.filter(pk__in=wanted, deleted=False)
    return set(rows.values_list("channel_id", "pk"))
