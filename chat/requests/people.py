"""People: finding them, and what they tell of themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from accounts.models import User
from chat import queries, wire
from chat.actions import statuses
from chat.requests.registry import commands
from realtime import topics
from realtime.commands import Batcher
from realtime.database import in_database, readers
from realtime.source import source
from realtime.wire import PresenceState, PresenceWatched, WatchPresence

if TYPE_CHECKING:
    from chat.consumers import ChatConsumer


@commands.request(wire.ListUsers)
def list_users(user: User, data: wire.ListUsers) -> wire.UserList:
    return wire.UserList(users=queries.list_users(user, query=data.query, limit=data.limit))


@commands.socket(wire.ShowUser)
async def show_user(socket: "ChatConsumer", data: wire.ShowUser) -> wire.Profile:
    states = await socket.worker.presence.states([data.user])
    presence = states[data.user]
    return await in_database(queries.show_user, socket.user, user_id=data.user, presence=presence)


@commands.request(wire.SetStatus)
def set_status(user: User, data: wire.SetStatus) -> wire.StatusSet:
    changed = statuses.set_status(
        user,
        presence=data.presence,
        emoji=data.emoji,
        text=data.text,
        expires_at=data.expires_at,
    )
    return wire.StatusSet(user=changed)


class Lookout(NamedTuple):
    """Who asks for whom."""

    viewer: User
    user_ids: tuple[int, ...]


def _last_seen(lookouts: Sequence[Lookout]) -> list[dict[int, datetime | None]]:
    """By the people that each may know of."""
    seen = source().last_seen({user_id for each in lookouts for user_id in each.user_ids})
    guests = queries.guests_among({each.viewer.pk for each in lookouts})
    return [_known(each, seen) if each.viewer.pk in guests else seen for each in lookouts]


def _known(lookout: Lookout, seen: dict[int, datetime | None]) -> dict[int, datetime | None]:
    known = queries.known_people(lookout.viewer).filter(pk__in=lookout.user_ids)
    return {pk: seen[pk] for pk in known.values_list("pk", flat=True) if pk in seen}


lookouts = Batcher(_last_seen, readers)  # after a restart everybody asks for everybody


@commands.socket(WatchPresence)
async def watch_presence(socket: "ChatConsumer", data: WatchPresence) -> PresenceWatched:
    found: dict[int, datetime | None] = await lookouts.add(Lookout(socket.user, tuple(data.users)))
    seen = {user_id: found[user_id] for user_id in data.users if user_id in found}
    worker = socket.worker
    watched = {topics.presence(user_id) for user_id in seen}
    for topic in [t for t in socket.topics if topics.is_presence(t) and t not in watched]:
        worker.hub.unfollow(socket, topic)
    for topic in watched - socket.topics:
        worker.hub.follow(socket, topic)
    states = await worker.presence.states(seen)
    now = timezone.now()
    return PresenceWatched(
        presence={
            user_id: PresenceState(
                presence=states[user_id],
                last_seen=now if states[user_id] != "offline" else last_seen,
            )
            for user_id, last_seen in seen.items()
        }
    )
