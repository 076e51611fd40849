"""What the socket asks of chat and accounts (see realtime/source.py)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache

from django.utils import timezone

from accounts import credentials
from accounts.models import User
from chat import queries
from chat.models import Channel
from realtime import topics
from realtime.frames import Event
from realtime.source import Changes, Key
from realtime.statements import Reader, carry_out, fields_of, numbers, reader, table


class ChatSource:
    def feeds(self, user: User) -> dict[str, int | None]:
        return {topics.EVERYONE: None, **queries.feeds([user.pk])[user.pk]}

    def entrances(self, keys: Sequence[Key]) -> list[dict[str, int | None] | None]:
        valid = credentials.still_valid(keys)
        feeds = queries.feeds({user_id for user_id, _, _ in valid})
        return [
            {topics.EVERYONE: None, **feeds[key.user_id]} if key in valid else None for key in keys
        ]

    def moved(self, user: User, gained: Collection[str], lost: Collection[str]) -> list[Event]:
        return queries.moved(user, _channel_ids(gained), _channel_ids(lost))

    def users(self, user_ids: Collection[int]) -> list[User]:
        return list(User.objects.filter(pk__in=user_ids, is_active=True))

    def epochs(self, user_ids: Collection[int]) -> dict[int, int]:
        rows = User.objects.filter(pk__in=user_ids, is_active=True)
        return dict(rows.values_list("pk", "epoch"))

    def still_valid(self, keys: Iterable[Key]) -> Collection[tuple[int, str | None, int | None]]:
        return credentials.still_valid(keys)

    def versions(self, names: Collection[str]) -> dict[str, int]:
        ids = [topics.channel_id(name) for name in names]
        rows = Channel.objects.filter(pk__in=ids).values_list("pk", "version")
        return {topics.channel(channel_id): version for channel_id, version in rows}

    def changes(self, since: dict[str, int]) -> list[Changes]:
        found = queries.changes({topics.channel_id(t): version for t, version in since.items()})
        return [
            Changes(topics.channel(channel_id), events, version)
            for channel_id, events, version in found
        ]

    def departed(self, user_ids: Collection[int]) -> None:
        User.objects.filter(pk__in=user_ids).update(last_seen=timezone.now())

    def last_seen(self, user_ids: Collection[int]) -> dict[int, datetime | None]:
        """Written out: who comes asks for everybody in sight."""
        query = f"SELECT id, last_seen FROM {table(User)} WHERE id IN ({numbers(user_ids)})"  # noqa: S608
        [rows] = carry_out((query, []))
        return dict(_last_seen_reader()(rows))  # type: ignore[arg-type]


@cache
def _last_seen_reader() -> Reader:
    return reader(fields_of(User, ["id", "last_seen"]))


def _channel_ids(names: Collection[str]) -> list[int]:
    return [topics.channel_id(name) for name in names if name.startswith("channel.")]
