"""What one worker orders the hubs of all: follow, unfollow, disconnect, refresh.

Apps above add orders of their own to ORDERS, for their part of every worker.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from realtime import topics
from realtime.database import in_database
from realtime.posts import Control
from realtime.source import source

if TYPE_CHECKING:
    from realtime.consumer import SocketConsumer as Socket
    from realtime.worker import Worker


def obey(worker: "Worker", control: Control) -> None:
    ORDERS[control.name](worker, **control.arguments)


def follow(worker: "Worker", user_ids: list[int], topic: str, version: int | None) -> None:
    for socket in _sockets_of(worker, user_ids):
        worker.hub.follow(socket, topic, version)


def unfollow(worker: "Worker", user_ids: list[int], topic: str) -> None:
    for socket in _sockets_of(worker, user_ids):
        worker.hub.unfollow(socket, topic)


def disconnect(
    worker: "Worker",
    code: int,
    user_id: int | None,
    session_key: str | None,
    token_id: int | None,
) -> None:
    for socket in list(worker.sockets):
        key = socket.key
        if key is not None and (
            key.user_id == user_id
            or (session_key is not None and key.session_key == session_key)
            or (token_id is not None and key.token_id == token_id)
        ):
            socket.close(code)


def refresh(worker: "Worker", user_id: int) -> None:
    if worker.hub.followers(topics.user(user_id)):
        worker.watch.keep(_refresh(worker, user_id))


async def _refresh(worker: "Worker", user_id: int) -> None:
    for user in await in_database(source().users, [user_id]):
        for socket in _sockets_of(worker, [user_id]):
            socket.user = user
        worker.presence.set(user.id, user.presence_setting)


def _sockets_of(worker: "Worker", user_ids: list[int]) -> "list[Socket]":
    return [s for user_id in user_ids for s in worker.hub.followers(topics.user(user_id))]


ORDERS: dict[str, Callable[..., Any]] = {
    order.__name__: order for order in (follow, unfollow, disconnect, refresh)
}
