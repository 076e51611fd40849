"""People: finding them, and what they tell of themselves."""

from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import User
from chat import queries, wire
from chat.actions import statuses
from chat.requests.registry import commands
from realtime import topics
from realtime.database import in_database
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


@commands.socket(WatchPresence)
async def watch_presence(socket: "ChatConsumer", data: WatchPresence) -> PresenceWatched:
    seen = await in_database(source().last_seen, data.users)
    worker = socket.worker
    watched = {topics.presence(user_id) for user_id in seen}
    for topic in [t for t in socket.topics if topics.is_presence(t) and t not in watched]:
        worker.hub.unfollow(socket, topic)
    for topic in watched:
        worker.hub.follow(socket, topic)
    states = await worker.presence.states(seen)
    return PresenceWatched(
        presence={
            user_id: PresenceState(
                presence=state, last_seen=timezone.now() if state != "offline" else seen[user_id]
            )
            for user_id, state in states.items()
        }
    )
