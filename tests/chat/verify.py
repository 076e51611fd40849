"""The proof of events: what a client holds, changed by the events that reach it, is what it would
get if it asked afresh. `State.apply` is what every client has to do, and no more.
"""

from collections.abc import Callable, Sequence
from typing import Any

from accounts.models import User
from chat import queries
from tests.chat.told import Reader, Sent, Told

Data = dict[str, Any]

CHANGES = {"new-message", "message-updated", "message-deleted"}


class State:
    """What one user's client holds: their channels, and the messages of those it has opened."""

    def __init__(self, user_id: int) -> None:
        self.user_id = user_id
        self.channels: dict[int, Data] = {}
        self.messages: dict[int, dict[int, Data]] = {}

    @classmethod
    def fresh(cls, user: User) -> "State":
        """As `ready` and an `open-channel` of every channel give it."""
        state = cls(user.pk)
        for channel in queries.ready(user).model_dump(mode="json")["channels"]:
            opened = queries.open_channel(user, channel_id=channel["id"]).model_dump(mode="json")
            assert opened["channel"] == channel
            state.channels[channel["id"]] = channel
            state.messages[channel["id"]] = {m["id"]: m for m in opened["messages"]}
        return state

    def apply(self, name: str, data: Data) -> None:
        if name in CHANGES:
            self._merge(name, data)
        elif name in {"channel-created", "channel-updated"}:
            self._place(data)
        elif name in {"user-joined", "user-left"}:
            self._count(name, data)
        elif name == "read-updated":
            self.channels[data["channel"]]["membership"]["read_position"] = data["read_position"]
        else:
            raise AssertionError(name)

    def _merge(self, name: str, message: Data) -> None:
        held = self.messages.setdefault(message["channel"], {})
        if message["id"] not in held or held[message["id"]]["version"] < message["version"]:
            held[message["id"]] = message
        channel = self.channels[message["channel"]]
        channel["version"] = max(channel["version"], message["version"])
        channel["last_position"] = max(channel["last_position"], message["position"])
        if name == "new-message" and message["sender"]["id"] == self.user_id:
            own = channel["membership"]
            own["read_position"] = max(own["read_position"], message["position"])

    def _place(self, channel: Data) -> None:
        """Those that the user is not in are for the list of channels, which is asked for."""
        if channel["membership"] is None:
            self._drop(channel["id"])
        else:
            self.channels[channel["id"]] = channel

    def _count(self, name: str, change: Data) -> None:
        if change["user"]["id"] == self.user_id and name == "user-left":
            self._drop(change["channel"])
        elif change["channel"] in self.channels:
            self.channels[change["channel"]]["member_count"] = change["member_count"]

    def _drop(self, channel_id: int) -> None:
        self.channels.pop(channel_id, None)
        self.messages.pop(channel_id, None)


def verify_event(
    told: Told, people: Sequence[User], action: Callable[[], object]
) -> dict[str, list[Sent]]:
    """Run `action`; for each of `people`: old state + events = fresh state. Returns the events that
    reached each, by user name."""
    told.take()
    before = {user: State.fresh(user) for user in people}
    readers = {user: Reader(user.pk, list(before[user].channels)) for user in people}
    action()
    orders = told.take()
    received: dict[str, list[Sent]] = {}
    for user in people:
        received[user.username] = readers[user].receive(orders)
        _compare(before[user], received[user.username], State.fresh(user))
    return received


def _compare(state: State, events: Sequence[Sent], fresh: State) -> None:
    known = set(state.messages)
    for event in events:
        state.apply(event.name, event.data)
    assert state.channels == fresh.channels
    # A channel that is new to the client has not been opened by it.
    for channel_id in known & set(fresh.messages):
        assert state.messages[channel_id] == fresh.messages[channel_id]
