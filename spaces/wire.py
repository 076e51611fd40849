"""Live spaces on the wire: who walks where, what stands in the room, who has collected most."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import to_json

from accounts.text import one_line
from realtime.frames import Event, Frame, Id, ReadRequest, Request
from realtime.posts import Post
from spaces.room import ENTRANCE, FLOOR, HEIGHT, SIZES, SPEED, WIDTH, Kind, Piece, Room
from spaces.state import shown_furniture

FURNITURE_LIMIT = 60
LONGEST_STEP = 1_000_000.0  # far beyond any room: a clamp of the arithmetic, not of the walk

PlayerName = Annotated[str, AfterValidator(one_line), Field(min_length=1, max_length=80)]
Step = Annotated[float, Field(ge=-LONGEST_STEP, le=LONGEST_STEP, allow_inf_nan=False)]


class Player(Frame):
    """Somebody's avatar in a space: one for each person, whatever number of sockets they have."""

    id: Id = Field(description="Of the user.")
    name: str
    x: int
    y: int
    score: int


class PlayerChange(Frame):
    """The fields of a player that have changed; the others are absent."""

    name: str | None = None
    x: int | None = None
    y: int | None = None
    score: int | None = None


class SpaceObject(Frame):
    """Something in the room, at the upper left corner of furniture, at the middle of a light."""

    kind: Literal["table", "cushion", "screen", "chest", "plant", "light"]
    x: int
    y: int
    width: int
    height: int


class SpaceRoom(Frame):
    """The room and how fast one walks in it, in the units of all positions."""

    width: int = WIDTH
    height: int = HEIGHT
    speed: int = Field(SPEED, description="Units a second.")


class PlayerJoin(ReadRequest):
    """Enter the space of a channel that one may read. The event `game-state` follows.

    From a second socket of the same person it takes over their avatar: the socket that joined last
    drives, and when it leaves the one before it drives again.
    """

    channel: Id
    name: PlayerName | None = Field(None, description="The display name if it is absent.")


class PlayerInput(ReadRequest):
    """Walk by so many units: as far as the speed limit (by the server's clock) and walls allow."""

    channel: Id
    dx: Step
    dy: Step


class PlayerLeave(ReadRequest):
    """Leave the space; closing the socket does the same."""

    channel: Id


class Furniture(Frame):
    """One piece, by its left upper corner."""

    kind: Kind
    x: int
    y: int

    @model_validator(mode="after")
    def stands_well(self) -> Self:
        box = self.piece.box
        if not FLOOR.covers(box):
            raise ValueError("must stand inside the walls")
        if SIZES[self.kind].solid and box.meets(ENTRANCE):
            raise ValueError("must leave the entrance free")
        return self

    @property
    def piece(self) -> Piece:
        return Piece(self.kind, self.x, self.y)


class ArrangeSpace(Request):
    """Furnish the space; for owners and admins of the channel. Replaces all furniture."""

    channel: Id
    objects: Annotated[list[Furniture], Field(max_length=FURNITURE_LIMIT)]


class SpaceState(Frame):
    """Everything in a space. `tick` counts twentieths of a second of the server's clock."""

    channel: Id
    players: dict[int, Player]
    objects: dict[int, SpaceObject] = Field(description="Furniture 1, 2, …; lights from 1000 on.")
    room: SpaceRoom = SpaceRoom()
    tick: int


class SpaceChange(Frame):
    """What has changed in a space. Old state + change = new state."""

    channel: Id
    players: dict[int, PlayerChange]
    objects: dict[int, SpaceObject | None] = Field(
        {}, description="Only when a light was taken: null for it, and the next one."
    )
    tick: int


class GameState(Event):
    """The whole space, to the socket that has just joined."""

    volatile = True
    data: SpaceState


class GameStateUpdate(Event):
    """The whole space again, every 5 seconds: whoever missed something is right again."""

    volatile = True
    data: SpaceState


class PlayerUpdate(Event):
    """Who has moved by 1 or more, or scored, since the last one; at most 20 a second."""

    volatile = True
    data: SpaceChange


class PlayerEntered(Frame):
    """The data of `player-joined`."""

    channel: Id
    player: Player


class PlayerJoined(Event):
    """Somebody has entered the space."""

    volatile = True
    data: PlayerEntered


class PlayerGone(Frame):
    """The data of `player-left`."""

    channel: Id
    id: Id


class PlayerLeft(Event):
    """Somebody has left the space, lost access to the channel, or their worker has died."""

    volatile = True
    data: PlayerGone


class Arrangement(Frame):
    """The furniture of a space. The reply to `arrange-space` too."""

    channel: Id
    objects: dict[int, SpaceObject]


class SpaceArranged(Event):
    """The furniture has been arranged anew; lights and who stood in the way may have moved:
    `game-state-update` follows at once."""

    data: Arrangement


def furniture_of(room: Room) -> dict[int, SpaceObject]:
    return {number: SpaceObject(**shown) for number, shown in shown_furniture(room).items()}


def post(event: type[Event], data: Mapping[str, Any]) -> Post:
    """An event of hundreds of players, of the fields that its type names: to build and check the
    frames takes ten times as long as to encode plain dictionaries."""
    payload = b'{"event":"%s","data":%s}' % (event.name().encode(), to_json(data))
    return Post(payload, volatile=event.volatile)
