"""What a client makes of what it is told: old state + update = new state, and the whole state heals
whatever was lost on the way. Frames are what their types say."""

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from realtime.posts import Post
from spaces import wire
from spaces.room import FIRST_LIGHT, LIGHTS, Room
from spaces.space import Space
from spaces.state import Move, Player, Show, merge, shown_player
from spaces.store import Taken

Whole = tuple[dict[int, Any], dict[int, Any]]  # players, objects


class Watcher:
    """A program that knows only the protocol."""

    def __init__(self, whole: Mapping[str, Any]) -> None:
        self.take_whole(whole)

    def take_whole(self, whole: Mapping[str, Any]) -> None:
        self.players = {int(id_): player for id_, player in whole["players"].items()}
        self.objects = {int(id_): thing for id_, thing in whole["objects"].items()}

    def take(self, update: Mapping[str, Any]) -> None:
        self.players = merge(self.players, {int(i): p for i, p in update["players"].items()})
        for id_, thing in update.get("objects", {}).items():
            if thing is None:
                self.objects.pop(int(id_), None)
            else:
                self.objects[int(id_)] = thing

    @property
    def seen(self) -> Whole:
        return self.players, self.objects


def frame(post: Post) -> Any:
    return json.loads(post.payload)["data"]


def now(space: Space) -> Any:
    """As it comes over the wire."""
    return frame(wire.post(wire.GameStateUpdate, space.whole({})))


def furnished(players: int) -> Space:
    space = Space(Room(7))
    space.apply(Show(frozenset(range(FIRST_LIGHT, FIRST_LIGHT + LIGHTS))))
    for number in range(1, players + 1):
        space.enter(Player(number, f"P{number}", *space.state.room.entrance(number)))
    return space


acts = st.one_of(
    st.tuples(st.integers(1, 4), st.floats(-60, 60), st.floats(-60, 60)),
    st.tuples(st.integers(1, 4), st.sampled_from(range(LIGHTS))),
    st.booleans(),  # a tick, and whether the lossy one hears of it
)


class Story:
    """A space, and two who watch it: one hears all, the other what `arrives`."""

    def __init__(self) -> None:
        self.space = furnished(4)
        self.faultless, self.lossy = Watcher(now(self.space)), Watcher(now(self.space))
        self.at = self.taken = 0

    def tick(self, *, arrives: bool) -> None:
        post = self.space.update()
        if post is not None:
            wire.SpaceChange.model_validate_json(json.dumps(frame(post)))
            self.faultless.take(frame(post))
            if arrives:
                self.lossy.take(frame(post))
        assert self.faultless.seen == Watcher(now(self.space)).seen

    def act(self, act: Any) -> None:
        self.at += 1
        match act:
            case player, dx, dy:
                self.space.apply(Move(player, dx, dy, self.at / 10))
                self.space.moved.add(player)
            case player, place:
                self.taken += 1
                following = Taken(FIRST_LIGHT + LIGHTS - 1 + self.taken, self.taken)
                self.space.take(sorted(self.space.state.lights)[place], following, by=player)
            case arrives:
                self.tick(arrives=arrives)


@given(st.lists(acts, max_size=40))
def test_updates_add_up_to_the_state_and_the_whole_heals_what_was_lost(path: list[Any]) -> None:
    story = Story()
    for act in path:
        story.act(act)
    story.tick(arrives=False)
    story.lossy.take_whole(now(story.space))
    assert story.lossy.seen == story.faultless.seen


def test_nothing_is_told_while_nobody_moves() -> None:
    space = furnished(2)
    assert space.update() is None
    space.apply(Move(1, 0.3, 0, 1))  # not a whole unit
    space.moved.add(1)
    assert space.update() is None
    space.apply(Move(1, 0.3, 0, 2))
    space.moved.add(1)
    x = round(space.state.players[1].x)
    assert frame(space.update() or Post(b""))["players"] == {"1": {"x": x}}
    assert space.update() is None


def test_the_whole_state_is_what_its_type_says() -> None:
    space = furnished(2)
    whole = now(space)
    data = wire.SpaceState.model_validate_json(json.dumps(whole))
    assert data.model_dump(mode="json") == whole
    others = {9: Player(9, "Of another worker", 400, 500, 3)}
    assert space.whole(others)["players"][9] == shown_player(others[9])
