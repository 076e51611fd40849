"""What only its owner asks for: everything at the beginning, drafts, saved messages."""

from collections.abc import Callable
from typing import NamedTuple

from accounts.models import Preferences, User
from chat import wire
from chat.models import Draft, Message, Saved
from chat.queries.frames import (
    channel_frames,
    message_frames,
    own_frames,
    own_frames_statements,
)
from chat.queries.snapshot import one_moment
from chat.queries.visibility import visible_channels
from realtime.statements import Rows, Statement, carry_out, records, select

SAVED_AT_FIRST = 1_000


class Notices(NamedTuple):
    """What an app above has announced to somebody: what it reads, and what is told of it."""

    statement: Callable[[User], Statement]
    frames: Callable[[User, Rows], list[wire.Announcement]]


notices: list[Notices] = []


def ready(user: User) -> wire.ReadyState:
    """The last draft and the last saved message first. Drafts of channels that one is put out of
    go with the membership. In one round trip: everybody who comes waits for it."""
    own = f"WHERE user_id = {int(user.pk)}"
    chosen, drafts, saved, channels, members, *noted = carry_out(
        select(Preferences, own),
        select(Draft, f"{own} ORDER BY updated_at DESC, id DESC"),
        select(Saved, f"{own} ORDER BY id DESC LIMIT {SAVED_AT_FIRST}"),
        *own_frames_statements(user),
        *(each.statement(user) for each in notices),
    )
    [row] = records(Preferences, chosen) or [Preferences(user=user)]
    return wire.ReadyState(
        user=wire.User.oneself(user),
        channels=own_frames(channels, members),
        preferences=wire.Preferences.of(row, user.language),
        drafts=[wire.Draft.of(draft) for draft in records(Draft, drafts)],
        saved=[row.message_id for row in records(Saved, saved)],
        announcements=[
            frame
            for each, rows in zip(notices, noted, strict=True)
            for frame in each.frames(user, rows)
        ],
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
