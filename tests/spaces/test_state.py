"""The pure rules, tried with any input: nobody leaves the walls, nobody is too fast, nobody moves
anybody else, and updates add up to the state."""

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spaces.room import ENTRANCE, FLOOR, LIGHTS, SIZES, SPEED, USUAL, Box, Piece, Room
from spaces.state import (
    BURST,
    Arrange,
    Enter,
    Move,
    Player,
    Show,
    State,
    Take,
    apply,
    changes,
    merge,
    shown_player,
)
from spaces.wire import Furniture
from tests.spaces import walks

kinds = st.sampled_from(sorted(SIZES))


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    kind = draw(kinds)
    size = SIZES[kind]
    x = draw(st.integers(int(FLOOR.left), int(FLOOR.right) - size.width))
    y = draw(st.integers(int(FLOOR.top), int(FLOOR.bottom) - size.height))
    return Piece(kind, x, y)


def leaves_the_entrance_free(furniture: list[Piece]) -> bool:
    return not any(SIZES[piece.kind].solid and piece.box.meets(ENTRANCE) for piece in furniture)


furnitures = st.one_of(
    st.just(list(USUAL)), st.lists(pieces(), max_size=12).filter(leaves_the_entrance_free)
)
rooms = st.builds(lambda furniture: Room(7, tuple(furniture)), furnitures)
steps = st.floats(-2_000, 2_000) | st.sampled_from([0.0, 1.0, -1.0, 1e6, -1e6])
players = st.integers(1, 4)
moves = st.builds(
    lambda player, dx, dy, wait: (player, dx, dy, wait),
    players,
    steps,
    steps,
    st.floats(0, 2) | st.just(0.0),
)


def state_of(room: Room) -> State:
    state, _ = apply(State(room), Show(frozenset(range(1_000, 1_000 + LIGHTS))))
    for number in range(1, 5):
        x, y = room.entrance(number)
        state, _ = apply(state, Enter(Player(number, f"P{number}", x, y)))
    return state


def walked(state: State, path: list[tuple[int, float, float, float]]) -> list[tuple[State, Move]]:
    at, found = 0.0, []
    for player, dx, dy, wait in path:
        at += wait
        move = Move(player, dx, dy, at)
        state, _ = apply(state, move)
        found.append((state, move))
    return found


@given(rooms, st.lists(moves, max_size=30))
def test_no_input_leaves_the_walls_or_enters_furniture(
    room: Room, path: list[tuple[int, float, float, float]]
) -> None:
    solids = [piece.box for piece in room.furniture if SIZES[piece.kind].solid]
    for state, _ in walked(state_of(room), path):
        for player in state.players.values():
            assert FLOOR.holds(player.x, player.y)
            assert not any(box.holds(player.x, player.y) for box in solids)
            assert room.is_free(player.x, player.y)


@given(rooms, st.lists(moves, max_size=30))
def test_no_input_exceeds_the_speed_limit_or_moves_anybody_else(
    room: Room, path: list[tuple[int, float, float, float]]
) -> None:
    before = state_of(room)
    way = dict.fromkeys(before.players, 0.0)
    for state, move in walked(before, path):
        for id_, player in state.players.items():
            old = before.players[id_]
            if id_ == move.player:
                way[id_] += hypot(player.x - old.x, player.y - old.y)
                assert way[id_] <= BURST + SPEED * move.at + 1e-6
            else:
                assert player == old
        assert state.lights == before.lights
        before = state


@given(rooms, st.lists(moves, max_size=20), rooms)
def test_who_stood_where_something_is_put_stands_beside_it(
    room: Room, path: list[tuple[int, float, float, float]], other: Room
) -> None:
    state = ([state_of(room)] + [state for state, _ in walked(state_of(room), path)])[-1]
    arranged, _ = apply(state, Arrange(other))
    for id_, player in arranged.players.items():
        assert other.is_free(player.x, player.y)
        old = state.players[id_]
        if other.is_free(old.x, old.y):
            assert player == old
    for x, y in arranged.lights.values():
        assert other.is_free(x, y)


def test_an_update_has_only_what_changed() -> None:
    old = shown_player(Player(1, "Alice", 10.4, 20))
    assert changes(old, shown_player(Player(1, "Alice", 10.2, 20.4))) == {}
    assert changes(old, shown_player(Player(1, "Alice", 10.6, 20))) == {"x": 11}
    assert merge({1: old}, {1: {"x": 11}, 9: {"x": 1}}) == {1: {**old, "x": 11}}


def test_who_comes_near_a_light_reaches_it() -> None:
    room = Room(7, ())
    state, _ = apply(State(room), Show(frozenset({1_000})))
    x, y = room.light(1_000)
    state, _ = apply(state, Enter(Player(1, "Alice", x - 60, y)))
    state, effects = apply(state, Move(1, 20, 0, 0))
    assert effects == []
    state, effects = apply(state, Move(1, 20, 0, 1))
    assert [(e.player, e.light) for e in effects] == [(1, 1_000)]
    state, _ = apply(state, Take(1_000, 1_001, by=1, score=5))
    assert state.players[1].score == 5
    assert set(state.lights) == {1_001}
    state, _ = apply(state, Take(1_002, 1_003, by=1, score=4))  # decided before, heard of after
    assert state.players[1].score == 5


def test_the_usual_room_can_be_arranged_again() -> None:
    assert [Furniture(kind=p.kind, x=p.x, y=p.y).piece for p in USUAL] == list(USUAL)
    with pytest.raises(ValueError, match="walls"):
        Furniture(kind="table", x=int(FLOOR.right) - 20, y=300)
    with pytest.raises(ValueError, match="entrance"):
        Furniture(kind="plant", x=480, y=int(FLOOR.bottom) - 36)


@given(st.integers(1, 2**40), st.integers(1_000, 10_000))
def test_lights_and_newcomers_stand_free(channel: int, number: int) -> None:
    room = Room(channel)
    assert room.is_free(*room.light(number))
    assert room.is_free(*room.entrance(number))
    assert Box(*ENTRANCE).holds(*room.entrance(number))


def test_the_walks_that_the_browser_is_held_to_are_ours() -> None:
    """If a change is meant: python -m tests.spaces.walks"""
    assert walks.FILE.read_text(encoding="utf-8") == walks.text()
