"""What only its owner asks for: everything at the beginning, drafts, saved messages."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import get_language

from accounts.models import Preferences, User
from chat import wire
from chat.models import Draft, Message, Saved
from chat.queries.frames import (
    by_first,
    channel_frames,
    message_frames,
    own_frames,
    own_frames_statements,
)
from chat.queries.snapshot import one_moment
from chat.queries.visibility import visible_channels
from realtime.statements import Rows, Statement, carry_out, numbers, records, select, table

SAVED_AT_FIRST = 1_000


class Notices(NamedTuple):
    """What an app above has announced to people: what it reads (their ids in the first column), and
    what is told in a language of the rest of the rows of one of them."""

    statement: Callable[[Collection[int]], Statement]
    frames: Callable[[Rows, str], list[wire.Announcement]]


notices: list[Notices] = []


class Newcomer(NamedTuple):
    """Somebody at a socket, and the language that they are spoken to in."""

    user: User
    language: str


def ready(user: User) -> wire.ReadyState:
    return readies([Newcomer(user, user.language or get_language() or settings.LANGUAGE_CODE)])[0]


def readies(newcomers: Sequence[Newcomer]) -> list[wire.ReadyState]:
    """Of each. The last draft and the last saved message first. Drafts of channels that one is put
    out of go with the membership. In one round trip: everybody who comes waits for it."""
    users = {newcomer.user.pk for newcomer in newcomers}
    ids = numbers(users)
    chosen, drafts, saved, channels, members, *noted = carry_out(
        select(Preferences, f"WHERE user_id IN ({ids})"),
        select(Draft, f"WHERE user_id IN ({ids}) ORDER BY updated_at DESC, id DESC"),
        _saved_statement(ids),
        *own_frames_statements(ids),
        *(each.statement(users) for each in notices),
    )
    theirs = Theirs(
        preferences=by_user(records(Preferences, chosen)),
        drafts=by_user(records(Draft, drafts)),
        saved=by_first(saved),
        channels=own_frames(channels, members),
        noted=[by_first(rows) for rows in noted],
    )
    return [theirs.ready(*newcomer) for newcomer in newcomers]


@dataclass(frozen=True, slots=True)
class Theirs:
    """What `readies` read, by user."""

    preferences: dict[int, list[Any]]
    drafts: dict[int, list[Any]]
    saved: dict[int, Rows]
    channels: dict[int, list[wire.Channel]]
    noted: list[dict[int, Rows]]

    def ready(self, user: User, language: str) -> wire.ReadyState:
        [row] = self.preferences.get(user.pk) or [Preferences(user=user)]
        return wire.ReadyState(
            user=wire.User.oneself(user),
            channels=self.channels.get(user.pk, []),
            preferences=wire.Preferences.of(row, user.language),
            drafts=[wire.Draft.of(draft) for draft in self.drafts.get(user.pk, ())],
            saved=[message_id for (message_id,) in self.saved.get(user.pk, ())],
            announcements=[
                frame
                for each, rows in zip(notices, self.noted, strict=True)
                if user.pk in rows
                for frame in each.frames(rows[user.pk], language)
            ],
        )


def by_user(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.user_id].append(row)
    return found


def _saved_statement(users: str) -> Statement:
    """The newest of each user, the last one first."""
    newest = "ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY id DESC)"
    return (
        f"SELECT user_id, message_id FROM (SELECT user_id, message_id, {newest} AS place"  # noqa: S608
        f" FROM {table(Saved)} WHERE user_id IN ({users})) AS numbered"
        f" WHERE place <= {SAVED_AT_FIRST} ORDER BY user_id, place",
        [],
    )


def preferences(user: User) -> wire.Preferences:
    row = Preferences.objects.filter(user=user).first() or Preferences(user=user)
    return wire.Preferences.of(row, user.language)


@one_moment()
def list_saved(
    user: User, *, before: int | None = None, limit: int = 50
) -> list[wire.SavedMessage]:
    """The last one first; what one may not see any more is left out."""
    rows = Saved.objects.filter(user=user, message__channel__in=visible_channels(user).values("pk"))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows.order_by("-pk")[:limit])
    messages = messages_by_id([row.message_id for row in page])
    places = {message.channel for message in messages.values()}
    channels = channels_by_id(user, places)
    return [
        wire.SavedMessage(
            id=row.pk,
            message=messages[row.message_id],
            channel=channels[messages[row.message_id].channel],
            timestamp=row.timestamp,
        )
        for row in page
    ]


def messages_by_id(message_ids: list[int]) -> dict[int, wire.Message]:
    frames = message_frames(Message.objects.filter(pk__in=message_ids))
    return {frame.id: frame for frame in frames}


def channels_by_id(viewer: User, channel_ids: set[int]) -> dict[int, wire.Channel]:
    """Those that the viewer may see."""
    frames = channel_frames(visible_channels(viewer).filter(pk__in=channel_ids))
    return {frame.id: frame for frame in frames}
