"""A recorder of what actions tell the world: it takes the place of a worker."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from realtime import topics
from realtime.posts import Control, Post
from realtime.worker import Order


@dataclass(frozen=True, slots=True)
class Sent:
    """An event on a topic, decoded."""

    topic: str
    name: str
    data: dict[str, Any]
    version: int | None
    skip: frozenset[int | str]


class Told:
    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.absent: set[int] = set()

    def present(self, user_ids: Collection[int]) -> set[int]:
        return set(user_ids) - self.absent

    def hand_over(self, order: Order) -> None:
        self.orders.append(order)

    def take(self) -> list[Sent | Control]:
        """Everything since the last call, in order."""
        self._commit()
        orders, self.orders = self.orders, []
        return [sent for order in orders for sent in _sent(order)]

    def events(self) -> list[Sent]:
        return [order for order in self.take() if isinstance(order, Sent)]

    def names(self) -> list[str]:
        return [event.name for event in self.events()]

    @staticmethod
    def _commit() -> None:
        """A test's own transaction never ends: run what waits for its commit."""
        waiting, connection.run_on_commit = connection.run_on_commit, []
        for entry in waiting:
            entry[1]()


def _sent(order: Order) -> list[Sent | Control]:
    if isinstance(order, Control):
        return [order]
    topic, posts = order
    return [_decode(topic, post) for post in posts]


def _decode(topic: str, post: Post) -> Sent:
    frame = json.loads(post.payload)
    return Sent(topic, frame["event"], frame["data"], post.version, post.skip)


class Reader:
    """The topics that one user's sockets follow, kept as the hub keeps them."""

    def __init__(self, user_id: int, channel_ids: Iterator[int] | list[int]) -> None:
        self.user_id = user_id
        self.topics = {topics.EVERYONE, topics.user(user_id)}
        self.topics |= {topics.channel(pk) for pk in channel_ids}

    def receive(self, orders: list[Sent | Control]) -> list[Sent]:
        """The events among `orders` that reach this user."""
        return [
            order
            for order in orders
            if (self._obey(order) if isinstance(order, Control) else self._hears(order))
            if isinstance(order, Sent)
        ]

    def _hears(self, event: Sent) -> bool:
        return event.topic in self.topics and self.user_id not in event.skip

    def _obey(self, control: Control) -> bool:
        if self.user_id in control.arguments.get("user_ids", []):
            change = self.topics.add if control.name == "follow" else self.topics.discard
            change(control.arguments["topic"])
        return False
