"""What a client can ask for in live spaces; joins the registry of the chat socket."""

from accounts.models import User
from chat.requests import commands
from realtime import topics
from realtime.consumer import SocketConsumer as Socket
from realtime.database import in_database
from realtime.errors import NotFound
from realtime.limits import Limit
from spaces import actions, queries, wire
from spaces.spaces import Spaces

INPUTS_PER_SECOND, INPUTS_BURST = 30, 60  # of one user; the page sends ten

input_limit = Limit(INPUTS_PER_SECOND, INPUTS_BURST)


@commands.socket(wire.PlayerJoin)
async def player_join(socket: Socket, data: wire.PlayerJoin) -> None:
    room = await in_database(queries.room_for, socket.user, data.channel)
    name = data.name or socket.user.display_name
    await Spaces.of(socket.worker).join(socket, room, name)


@commands.socket(wire.PlayerInput, limit=input_limit)
async def player_input(socket: Socket, data: wire.PlayerInput) -> None:
    Spaces.of(socket.worker).move(socket, data.channel, data.dx, data.dy)


@commands.socket(wire.PlayerLeave)
async def player_leave(socket: Socket, data: wire.PlayerLeave) -> None:
    topic = topics.space(data.channel)
    if topic not in socket.topics:
        raise NotFound
    socket.worker.hub.unfollow(socket, topic)


@commands.request(wire.ArrangeSpace)
def arrange_space(user: User, data: wire.ArrangeSpace) -> wire.Arrangement:
    furniture = [piece.piece for piece in data.objects]
    return actions.arrange_space(user, channel_id=data.channel, furniture=furniture)
