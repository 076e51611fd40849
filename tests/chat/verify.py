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
        self.user: Data = {}
        self.preferences: Data = {}
        self.drafts: list[Data] = []
        self.saved: list[int] = []
        self.channels: dict[int, Data] = {}
        self.messages: dict[int, dict[int, Data]] = {}

    @classmethod
    def fresh(cls, user: User) -> "State":
        """As `ready` and an `open-channel` of every channel give it."""
        state = cls(user.pk)
        user.refresh_from_db()
        ready = queries.ready(user).model_dump(mode="json")
        for part in ("user", "preferences", "drafts", "saved"):
            setattr(state, part, ready[part])
        for channel in ready["channels"]:
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
            own = self.channels[data["channel"]]["membership"]
            own["read_position"] = data["read_position"]
            own["mention_count"] = data["mention_count"]
        else:
            self._keep(name, data)

    def _keep(self, name: str, data: Data) -> None:
        """What is one's own, and who one is."""
        if name == "draft-updated":
            self.drafts = [draft for draft in self.drafts if draft["channel"] != data["channel"]]
            self.drafts[:0] = [data] if data["text"] else []
        elif name == "saved-updated":
            self.saved = [pk for pk in self.saved if pk != data["message"]]
            self.saved[:0] = [data["message"]] if data["saved"] else []
        elif name == "preferences-updated":
            self.preferences = data["preferences"]
        elif name == "user-updated":
            if data["user"]["id"] == self.user_id:
                self.user = data["user"]
        else:
            raise AssertionError(name)

    def _merge(self, name: str, message: Data) -> None:
        held = self.messages.setdefault(message["channel"], {})
        own = self.channels[message["channel"]]["membership"]
        is_new = message["id"] not in held and message["position"] > own["read_position"]
        if is_new and (self.user_id in message["mentions"] or message["broadcast"] == "channel"):
            own["mention_count"] += 1
        if message["id"] not in held or held[message["id"]]["version"] < message["version"]:
            held[message["id"]] = message
        channel = self.channels[message["channel"]]
        channel["version"] = max(channel["version"], message["version"])
        if message["position"] > channel["last_position"]:
            channel["last_position"] = message["position"]
            channel["last_message_at"] = message["timestamp"]
        is_own = name == "new-message" and message["sender"]["id"] == self.user_id
        if is_own and message["position"] > own["read_position"]:
            own["read_position"], own["mention_count"] = message["position"], 0

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
        self.drafts = [draft for draft in self.drafts if draft["channel"] != channel_id]


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
    for part in ("user", "preferences", "drafts", "saved", "channels"):
        assert getattr(state, part) == getattr(fresh, part)
    # A channel that is new to the client has not been opened by it.
    for channel_id in known & set(fresh.messages):
        assert state.messages[channel_id] == fresh.messages[channel_id]
