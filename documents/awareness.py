"""What the people in one document show of themselves: cursors, names, colours. Nothing of it is
stored: clients tell it anew every fifteen seconds, and forget who has been silent for thirty.

A client of Yjs sends back whatever it hears, so only what is newer than what is known goes on; a
name is the one of the account, and nobody speaks for somebody else's client.
"""

import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from documents.yjs.messages import CLIENTS_LIMIT, State, json_of

SILENT_SECONDS = 30.0
CLIENTS_PER_SOCKET = 4
STATE_LIMIT_BYTES = 4 * 1024  # a cursor, a name and a colour take 300; everybody holds everybody's


class Known(NamedTuple):
    state: State
    owner: str  # the connection that it came from; "" on another worker
    heard_at: float


class Awareness:
    def __init__(self) -> None:
        self.known: dict[int, Known] = {}

    def show(self, connection: str, user: Any, states: Sequence[State]) -> list[State]:
        """What of a client's frame is news, as everybody is to see it."""
        own = sum(each.owner == connection for each in self.known.values())
        news = []
        for state in filter(self._is_news, states):
            is_new = self._is_free(state.client)
            own += is_new
            may = own <= CLIENTS_PER_SOCKET if is_new else self._is_theirs(state, connection, user)
            if may and _fits(state):
                news.append(_signed(state, user))
        self._keep(news, connection)
        return news

    def hear(self, states: Sequence[State]) -> None:
        """What came over the document's topic, maybe from another worker."""
        self._keep([state for state in states if self._is_news(state)], "")

    def leave(self, connection: str) -> list[State]:
        """The connection is gone, and with it its clients."""
        gone = [
            State(known.state.client, known.state.clock + 1, None)
            for known in self.known.values()
            if known.owner == connection and known.state.shown is not None
        ]
        self._keep(gone, "")
        return gone

    def now(self) -> list[State]:
        """Everybody, and who has just gone: a client that comes back learns that it was buried."""
        return [known.state for known in self.known.values() if not _is_silent(known)]

    def own(self) -> list[State]:
        """Those of this worker's sockets."""
        return [known.state for known in self.known.values() if known.owner]

    def _is_news(self, state: State) -> bool:
        known = self.known.get(state.client)
        if known is None:
            return state.shown is not None
        was = known.state
        removes = state.shown is None and was.shown is not None
        return state.clock > was.clock or (state.clock == was.clock and removes)

    def _is_free(self, client: int) -> bool:
        known = self.known.get(client)
        return known is None or _is_silent(known) or known.state.shown is None

    def _is_theirs(self, state: State, connection: str, user: Any) -> bool:
        known = self.known[state.client]
        return known.owner == connection or _user_of(known.state) == user.pk

    def _keep(self, states: Sequence[State], owner: str) -> None:
        now = time.monotonic()
        for state in states:
            self.known[state.client] = Known(state, owner if state.shown is not None else "", now)
        if len(self.known) > CLIENTS_LIMIT:
            self.known = {c: known for c, known in self.known.items() if not _is_silent(known)}
        while len(self.known) > CLIENTS_LIMIT:
            del self.known[next(iter(self.known))]


def _fits(state: State) -> bool:
    return len(json_of(state.shown)) <= STATE_LIMIT_BYTES


def _is_silent(known: Known) -> bool:
    return time.monotonic() - known.heard_at > SILENT_SECONDS


def _user_of(state: State) -> object:
    user = (state.shown or {}).get("user")
    return user.get("id") if isinstance(user, dict) else None


def _signed(state: State, user: Any) -> State:
    """With the account's own name: anybody could write another one there."""
    if state.shown is None:
        return state
    given = state.shown.get("user")
    person = {
        **(given if isinstance(given, dict) else {}),
        "id": user.pk,
        "name": user.get_full_name(),
    }
    return State(state.client, state.clock, {**state.shown, "user": person})
