"""What is in a space and how it changes: `apply(state, input) -> state, effects`. Pure.

A worker keeps in its state the players whose sockets it has; of lights it knows all. Positions are
exact here and whole numbers to the outside, so that small steps add up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import hypot
from typing import Any

from spaces.room import BURST_SECONDS, REACH, SIZES, SPEED, Point, Room

BURST = SPEED * BURST_SECONDS


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody's avatar. `strength` is how far they may go, as it was at the time `at`."""

    id: int
    name: str
    x: float
    y: float
    score: int = 0
    strength: float = BURST
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class State:
    room: Room
    players: Mapping[int, Player] = field(default_factory=dict)
    lights: Mapping[int, Point] = field(default_factory=dict)


# --- inputs -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Enter:
    player: Player


@dataclass(frozen=True, slots=True)
class Leave:
    player: int


@dataclass(frozen=True, slots=True)
class Move:
    """`at`: the server's clock, in seconds."""

    player: int
    dx: float
    dy: float
    at: float


@dataclass(frozen=True, slots=True)
class Take:
    """It was decided that the light is taken; `by` is one of this worker's players, or somebody
    else's (None)."""

    light: int
    next: int
    by: int | None = None
    score: int = 0


@dataclass(frozen=True, slots=True)
class Show:
    """These are the lights now."""

    lights: frozenset[int]


@dataclass(frozen=True, slots=True)
class Arrange:
    room: Room


Input = Enter | Leave | Move | Take | Show | Arrange


@dataclass(frozen=True, slots=True)
class Reached:
    """The effect of a step: somebody stands at a light. Who gets it is decided elsewhere."""

    player: int
    light: int


def apply(state: State, change: Input) -> tuple[State, list[Reached]]:
    match change:
        case Move():
            return _move(state, change)
        case Enter(player):
            return replace(state, players={**state.players, player.id: player}), []
        case Leave(player_id):
            players = {id_: p for id_, p in state.players.items() if id_ != player_id}
            return replace(state, players=players), []
        case Take():
            return _take(state, change), []
        case Show(lights):
            return replace(state, lights={light: state.room.light(light) for light in lights}), []
        case Arrange(room):
            return _arrange(state, room), []


def _move(state: State, move: Move) -> tuple[State, list[Reached]]:
    player = state.players.get(move.player)
    if player is None:
        return state, []
    strength = min(BURST, player.strength + max(0.0, move.at - player.at) * SPEED)
    wanted = hypot(move.dx, move.dy)
    part = 1.0 if wanted <= strength else strength / wanted
    x, y = state.room.walk(player.x, player.y, move.dx * part, move.dy * part)
    moved = Player(player.id, player.name, x, y, player.score, max(0.0, strength - wanted), move.at)
    after = State(state.room, {**state.players, player.id: moved}, state.lights)
    reached = [
        Reached(player.id, light)
        for light, (lx, ly) in state.lights.items()
        if abs(lx - x) < REACH and abs(ly - y) < REACH and hypot(lx - x, ly - y) <= REACH
    ]
    return after, reached


def _take(state: State, take: Take) -> State:
    lights = {light: spot for light, spot in state.lights.items() if light != take.light}
    lights[take.next] = state.room.light(take.next)
    player = None if take.by is None else state.players.get(take.by)
    players = state.players
    if player is not None:
        # Of two lights at once, the store's answer for the first may come last.
        players = {**players, player.id: replace(player, score=max(player.score, take.score))}
    return State(state.room, players, lights)


def _arrange(state: State, room: Room) -> State:
    players = {}
    for id_, player in state.players.items():
        x, y = room.settle(player.x, player.y)
        players[id_] = replace(player, x=x, y=y)
    return State(room, players, {light: room.light(light) for light in state.lights})


# --- what the outside sees: whole numbers, public fields --------------------------------------

Shown = dict[str, Any]


def shown_player(player: Player) -> Shown:
    return {
        "id": player.id,
        "name": player.name,
        "x": round(player.x),
        "y": round(player.y),
        "score": player.score,
    }


def shown_light(spot: Point) -> Shown:
    return {"kind": "light", "x": round(spot[0]), "y": round(spot[1]), "width": 0, "height": 0}


def shown_furniture(room: Room) -> dict[int, Shown]:
    """By its place in the list."""
    return {
        number: {
            "kind": piece.kind,
            "x": piece.x,
            "y": piece.y,
            "width": SIZES[piece.kind].width,
            "height": SIZES[piece.kind].height,
        }
        for number, piece in enumerate(room.furniture, 1)
    }


def shown_objects(state: State) -> dict[int, Shown]:
    """Furniture, and lights by their number."""
    lights = {light: shown_light(spot) for light, spot in state.lights.items()}
    return shown_furniture(state.room) | lights


def changes(before: Shown, after: Shown) -> Shown:
    """The fields that differ."""
    return {name: value for name, value in after.items() if before.get(name) != value}


def merge(players: dict[int, Shown], delta: Mapping[int, Shown]) -> dict[int, Shown]:
    """What a client does with the players of an update: old + delta = new."""
    return players | {id_: players[id_] | new for id_, new in delta.items() if id_ in players}
