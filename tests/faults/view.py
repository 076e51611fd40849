"""What a client makes of one channel: states ordered by version, whatever order they came in."""

from typing import Any

from tests.faults.evidence import State, state_of

Message = dict[str, Any]


class View:
    def __init__(self, channel: int) -> None:
        self.channel = channel
        self.messages: dict[int, State] = {}
        self.contiguous = 0
        self.ahead: set[int] = set()

    @property
    def has_gap(self) -> bool:
        return bool(self.ahead)

    def take_event(self, message: Message) -> State:
        """A live change; what is older than what is held is dropped."""
        state = self._merge(message)
        if state.version > self.contiguous:
            self.ahead.add(state.version)
            self._close_up()
        return state

    def catch_up(self, messages: list[Message], version: int) -> list[State]:
        """Everything up to `version` is among what is held and these."""
        states = [self._merge(message) for message in messages]
        self.contiguous = max([self.contiguous, version, *(s.version for s in states)])
        self._close_up()
        return states

    def add_history(self, messages: list[Message]) -> list[State]:
        return [self._merge(message) for message in messages]

    def in_order(self) -> list[State]:
        return sorted(self.messages.values(), key=lambda state: state.position)

    def _merge(self, message: Message) -> State:
        state = state_of(message)
        held = self.messages.get(state.message)
        if held is None or held.version < state.version:
            self.messages[state.message] = state
        return state

    def _close_up(self) -> None:
        self.ahead = {version for version in self.ahead if version > self.contiguous}
        while self.contiguous + 1 in self.ahead:
            self.contiguous += 1
            self.ahead.remove(self.contiguous)
