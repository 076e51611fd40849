"""What workers tell each other about spaces, and what happens when a socket stops to follow one."""

from typing import TYPE_CHECKING

from realtime import topics
from realtime.controls import ORDERS
from realtime.hub import on_unfollow
from spaces.room import Piece, Room
from spaces.spaces import Spaces
from spaces.state import Player
from spaces.store import Taken

if TYPE_CHECKING:
    from realtime.consumer import SocketConsumer as Socket
    from realtime.worker import Worker


def yield_player(worker: "Worker", channel: int, user: int) -> None:
    if spaces := Spaces.opened(worker):
        spaces.yield_player(channel, user)


def return_player(
    worker: "Worker", channel: int, user: int, name: str, x: float, y: float, score: int
) -> None:
    if spaces := Spaces.opened(worker):
        spaces.return_player(channel, Player(user, name, x, y, score))


def take_light(worker: "Worker", channel: int, light: int, next: int) -> None:
    spaces = Spaces.opened(worker)
    if spaces and (space := spaces.spaces.get(channel)):
        space.take(light, Taken(next, 0))


def arrange_space(worker: "Worker", channel: int, furniture: list[list[object]]) -> None:
    if spaces := Spaces.opened(worker):
        spaces.arrange(Room(channel, tuple(Piece(*piece) for piece in furniture)))  # type: ignore[arg-type]


def note_unfollow(socket: "Socket", topic: str) -> None:
    """Out of the space; or out of a channel on which the right to be in a space may rest."""
    spaces = Spaces.opened(socket.worker)
    if spaces is None:
        return
    channel = topics.space_id(topic)
    if channel is not None:
        spaces.gone(socket, channel)
    elif any(topics.space_id(other) is not None for other in socket.topics):
        socket.worker.watch.keep(spaces.check_access([socket]))


ORDERS |= {o.__name__: o for o in (yield_player, return_player, take_light, arrange_space)}
on_unfollow.append(note_unfollow)
