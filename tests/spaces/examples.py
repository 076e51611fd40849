"""One frame of every kind that spaces send, for the golden files."""

from realtime.envelope import encode_event
from realtime.frames import Event
from spaces import wire
from spaces.room import Piece, Room

ALICE = wire.Player(id=1, name="Alice", x=480, y=560, score=2)
CHULSOO = wire.Player(id=2, name="김철수", x=300, y=400, score=0)
LIGHT = wire.SpaceObject(kind="light", x=700, y=200, width=0, height=0)
ROOM = Room(7, (Piece("table", 208, 288), Piece("cushion", 160, 308)))
STATE = wire.SpaceState(
    channel=7,
    players={1: ALICE, 2: CHULSOO},
    objects={**wire.furniture_of(ROOM), 1000: LIGHT},
    tick=35_000_000_000,
)

EVENTS: list[Event] = [
    wire.GameState(STATE),
    wire.GameStateUpdate(STATE),
    wire.PlayerJoined(wire.PlayerEntered(channel=7, player=CHULSOO)),
    wire.PlayerUpdate(
        wire.SpaceChange(
            channel=7,
            players={1: wire.PlayerChange(x=490, score=3), 2: wire.PlayerChange(y=388)},
            objects={1000: None, 1001: LIGHT.model_copy(update={"x": 90})},
            tick=35_000_000_001,
        )
    ),
    wire.PlayerLeft(wire.PlayerGone(channel=7, id=2)),
    wire.SpaceArranged(wire.Arrangement(channel=7, objects=wire.furniture_of(ROOM))),
]


def encoded(event: Event) -> bytes:
    """An update has only what has changed."""
    if isinstance(event, wire.PlayerUpdate):
        return wire.post(type(event), event.data.model_dump(exclude_unset=True)).payload
    return encode_event(event)
