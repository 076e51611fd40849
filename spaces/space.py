"""One space on one worker: its sockets, the players they drive, and what the others heard last."""

import time
from typing import TYPE_CHECKING

from realtime.posts import Post
from spaces import wire
from spaces.room import Room
from spaces.state import (
    Enter,
    Input,
    Leave,
    Move,
    Player,
    Reached,
    Shown,
    State,
    Take,
    apply,
    changes,
    shown_light,
    shown_objects,
    shown_player,
)
from spaces.store import Players, Taken

if TYPE_CHECKING:
    from realtime.consumer import SocketConsumer as Socket

TICKS_PER_SECOND = 20


def tick_now() -> int:
    return int(time.time() * TICKS_PER_SECOND)


class Space:
    def __init__(self, room: Room) -> None:
        self.channel = room.channel
        self.state = State(room)
        # Of each user in the order they joined: the last one drives, if it drives here.
        self.sockets: dict[int, list[Socket]] = {}
        self.sent: dict[int, Shown] = {}
        self.moved: set[int] = set()
        self.objects: dict[int, Shown | None] = {}  # what changed since the last update
        self.claimed: set[int] = set()  # lights about which the store is being asked

    def apply(self, change: Input) -> list[Reached]:
        self.state, effects = apply(self.state, change)
        return effects

    def enter(self, player: Player) -> None:
        self.apply(Enter(player))
        self.sent[player.id] = shown_player(player)

    def leave(self, player_id: int) -> None:
        self.apply(Leave(player_id))
        self.sent.pop(player_id, None)
        self.moved.discard(player_id)

    def move(self, socket: "Socket", dx: float, dy: float, at: float) -> list[Reached]:
        """Only the socket that joined last drives."""
        user_id: int = socket.user.pk
        if self.sockets[user_id][-1] is not socket or user_id not in self.state.players:
            return []
        self.moved.add(user_id)
        reached = self.apply(Move(user_id, dx, dy, at))
        return [effect for effect in reached if effect.light not in self.claimed]

    def take(self, light: int, taken: Taken, by: int | None = None) -> None:
        self.apply(Take(light, taken.next, by, taken.score))
        if by is not None:
            if by in self.state.players:
                self.moved.add(by)
            self.objects[light] = None
            self.objects[taken.next] = shown_light(self.state.lights[taken.next])

    def update(self) -> Post | None:
        """What has changed since the last one, if anything has."""
        players = {}
        for player_id in self.moved:
            shown = shown_player(self.state.players[player_id])
            if changed := changes(self.sent[player_id], shown):
                players[player_id] = changed
                self.sent[player_id] = shown
        self.moved.clear()
        objects, self.objects = self.objects, {}
        if not players and not objects:
            return None
        data = {"channel": self.channel, "players": players, "tick": tick_now()}
        return wire.post(wire.PlayerUpdate, {**data, "objects": objects} if objects else data)

    def whole(self, others: Players) -> Shown:
        """Everything, with the players of other workers."""
        players = {**others, **self.state.players}
        return {
            "channel": self.channel,
            "players": {id_: shown_player(player) for id_, player in players.items()},
            "objects": shown_objects(self.state),
            "room": wire.SpaceRoom().model_dump(),
            "tick": tick_now(),
        }
