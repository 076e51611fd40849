"""How an action tells the world. From any thread, any process; it takes effect after the commit.

In a process that serves sockets everything goes to its hub; elsewhere (a management command)
straight to the channel layer. If neither can be reached nothing durable is lost: every worker
finds it in the database.
"""

import logging
from collections.abc import Collection, Iterable
from functools import partial

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from realtime import topics, whence
from realtime.frames import Event
from realtime.posts import Control, Post
from realtime.relay import LAYER_ERRORS, group_of
from realtime.worker import Order, Worker

logger = logging.getLogger(__name__)


def publish(
    topic: str, event: Event, *, version: int | None = None, skip_users: Iterable[int] = ()
) -> None:
    """To every socket that follows `topic`. `version`: the version of the topic that the event
    carries, if it has them; the sockets of `skip_users` do not get it."""
    _after_commit((topic, [Post.of(event, version, skip_users)]))


def publish_all(topic: str, changes: Iterable[tuple[Event, int]]) -> None:
    """Many durable events of one topic, each with the version that it carries."""
    publish_posts(topic, [Post.of(event, version) for event, version in changes])


def publish_posts(topic: str, posts: list[Post]) -> None:
    """Many events of one topic that are encoded already."""
    _after_commit((topic, posts))


def push(user_id: int, event: Event) -> None:
    """To every socket of one user."""
    publish(topics.user(user_id), event)


def push_to_others(user_id: int, event: Event, *, connection: str | None = None) -> None:
    """To every socket of one user but the one of this name, or whose request is being carried
    out."""
    skip = [whence.connection.get() if connection is None else connection]
    _after_commit((topics.user(user_id), [Post.of(event, skip=skip)]))


def follow(user_ids: Iterable[int], topic: str, version: int | None = None) -> None:
    """The open sockets of these users start to follow a topic, which stands at `version`."""
    arguments = {"user_ids": list(user_ids), "topic": topic, "version": version}
    _after_commit(Control("follow", arguments))


def unfollow(user_ids: Iterable[int], topic: str) -> None:
    """The open sockets of these users stop to follow a topic, at once."""
    _after_commit(Control("unfollow", {"user_ids": list(user_ids), "topic": topic}))


def disconnect(
    code: int,
    *,
    user_id: int | None = None,
    session_key: str | None = None,
    token_id: int | None = None,
) -> None:
    """Closes the sockets that rest on this user, session or token, with a CloseCode."""
    arguments = {
        "code": int(code),
        "user_id": user_id,
        "session_key": session_key,
        "token_id": token_id,
    }
    _after_commit(Control("disconnect", arguments))


def present(user_ids: Collection[int]) -> set[int]:
    """Which of these people are here; all of them, in a process that serves no sockets and cannot
    know."""
    if Worker.current is None:
        return set(user_ids)
    return Worker.current.present(user_ids)


def refresh(user_id: int) -> None:
    """The user's row has changed: their sockets and their presence follow."""
    _after_commit(Control("refresh", {"user_id": user_id}))


def order(name: str, **arguments: object) -> None:
    """An order of an app above to its part of every worker (see controls.py)."""
    _after_commit(Control(name, arguments))


def _after_commit(order: Order) -> None:
    transaction.on_commit(partial(_hand_over, order))


def _hand_over(order: Order) -> None:
    if Worker.current is not None:
        Worker.current.hand_over(order)
        return
    group, entry = _entry(order)
    message = {"type": "hub", "origin": "", "entries": [entry]}
    try:
        async_to_sync(get_channel_layer().group_send)(group, message)
    except LAYER_ERRORS as error:
        logger.warning("The channel layer fails (%s); the workers find it in the database.", error)


def _entry(order: Order) -> tuple[str, list[object]]:
    if isinstance(order, Control):
        return topics.EVERYONE, [None, [order.name, order.arguments]]
    topic, posts = order
    return group_of(topic), [topic, [post.pack() for post in posts]]
