"""The socket itself: is it alive, whose is it."""

from typing import TYPE_CHECKING

from accounts import credentials
from accounts.credentials import TokenShown
from chat import entering, wire
from chat.requests.registry import commands
from realtime.database import in_database
from realtime.source import Key
from realtime.wire import Echo, Ping

if TYPE_CHECKING:
    from chat.consumers import ChatConsumer


@commands.socket(Ping, anonymous=True)
async def ping(socket: "ChatConsumer", data: Ping) -> Echo:
    return Echo(data.echo)


@commands.socket(wire.Login, anonymous=True)
async def login(socket: "ChatConsumer", data: wire.Login) -> wire.LoggedIn:
    with socket.being_proved():
        credential = await _credential_of(data, socket.address)
        socket.log_in(credential.user, key_of(credential))
    return wire.LoggedIn(user=wire.User.oneself(credential.user))


async def _credential_of(data: wire.Login, address: str) -> credentials.Credential:
    """A token is looked up together with those of others who come; a wrong one by itself."""
    if data.token is not None:
        found: credentials.Credential | None
        found = await entering.tokens.add(TokenShown(data.token, address))
        if found is not None:
            return found
    return await in_database(credential_of, data, address)


def credential_of(data: wire.Login, address: str) -> credentials.Credential:
    if data.token is not None:
        return credentials.from_token(data.token, address=address)
    return credentials.from_password(data.username or "", data.password or "", address=address)


def key_of(credential: credentials.Credential) -> Key:
    return Key(credential.user.pk, credential.session_key, credential.token_id)


@commands.socket(wire.Logout)
async def logout(socket: "ChatConsumer", data: wire.Logout) -> None:
    socket.log_out()
