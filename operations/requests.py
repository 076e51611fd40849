"""What can be asked of `/ws/admin/`, and what operations adds to `/ws/chat/`."""

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from accounts.models import User
from chat.consumers import ChatConsumer
from chat.languages import in_language, language_of
from chat.requests import commands as chat_commands
from chat.requests.entrance import credential_of, key_of
from chat.wire import AcknowledgeAnnouncement
from operations import wire
from operations.announcing import acknowledge
from operations.commands import as_of_now, carry_out
from operations.dashboard import dashboard
from operations.member_wire import Statistics, WatchStatistics
from operations.pulse import pulses
from operations.topics import STATISTICS
from realtime.commands import Commands
from realtime.database import in_database
from realtime.envelope import CloseCode
from realtime.errors import DomainError, Forbidden
from realtime.wire import Echo, Ping

if TYPE_CHECKING:
    from operations.consumers import AdminConsumer

commands = Commands()

STEP_UP = "Confirm first that it is you."


@commands.socket(Ping, anonymous=True)
async def ping(socket: "AdminConsumer", data: Ping) -> Echo:
    return Echo(data.echo)


@commands.socket(wire.Auth, anonymous=True)
async def auth(socket: "AdminConsumer", data: wire.Auth) -> wire.Authenticated:
    try:
        credential = await in_database(credential_of, data, socket.address)
    except DomainError:
        socket.worker.loop.call_soon(socket.close, CloseCode.NOT_ALLOWED)  # after the answer
        raise
    socket.log_in(credential.user, key_of(credential))
    if socket.user is None:
        raise Forbidden
    socket.password_shown_at = monotonic()
    return wire.Authenticated(success=True)


def _dashboard_of(viewer: User) -> wire.Dashboard:
    return dashboard(as_of_now(viewer))


@commands.socket(wire.ShowDashboard)
async def show_dashboard(socket: "AdminConsumer", data: wire.ShowDashboard) -> wire.Dashboard:
    look = partial(_dashboard_of, socket.user)
    return await in_database(in_language, language_of(socket), look)


@commands.socket(wire.SystemCommand)
async def system_command(socket: "AdminConsumer", data: wire.SystemCommand) -> wire.CommandReply:
    if not data.dry_run and not await socket.is_recent():
        raise Forbidden(STEP_UP, fields={"step_up": STEP_UP})
    order = partial(
        carry_out,
        socket.user,
        name=data.command,
        arguments=data.arguments,
        dry_run=data.dry_run,
        door="socket",
    )
    return wire.CommandReply(result=await in_database(in_language, language_of(socket), order))


@chat_commands.request(AcknowledgeAnnouncement)
def acknowledge_announcement(user: User, data: AcknowledgeAnnouncement) -> None:
    acknowledge(user, announcement_id=data.announcement)


@chat_commands.socket(WatchStatistics)
async def watch_statistics(socket: ChatConsumer, data: WatchStatistics) -> None:
    """The first figures come at once."""
    if not data.active:
        socket.worker.hub.unfollow(socket, STATISTICS)
        return
    socket.worker.hub.follow(socket, STATISTICS)
    pulse = pulses.get(socket.worker)
    if pulse is not None:
        socket.send_event(Statistics(await pulse.house_statistics()))
