"""The socket door `/ws/chat/`: who is there. What they can ask for is in requests/."""

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

from django.conf import settings
from django.utils import timezone

from accounts import credentials
from accounts.credentials import TokenShown
from accounts.models import User
from chat import entering, wire
from chat.house import keeper
from chat.languages import language_of
from chat.models import TEXT_MAX_LENGTH
from chat.queries import Newcomer
from chat.requests import commands
from chat.requests.entrance import key_of
from realtime import topics
from realtime.consumer import SocketConsumer
from realtime.database import in_database
from realtime.envelope import LARGEST_FRAME_BYTES
from realtime.errors import InvalidCredentials
from realtime.origins import header
from realtime.source import Key


class ChatConsumer(SocketConsumer):
    commands = commands

    async def authenticate(self) -> tuple[User, Key] | None:
        self.house = await keeper.current()
        return await proven_by(self.scope["headers"])

    def greet(self) -> None:
        greeting = wire.Greeting(
            connection=self.connection,
            user=wire.User.oneself(self.user) if self.user else None,
            server_time=timezone.now(),
            limits=limits(),
            house=self.house,
        )
        self.send_event(wire.Hello(greeting))

    async def still_holds(self, key: Key) -> bool:
        """In the same look at the database: what the socket follows from now on."""
        feeds: dict[str, int | None] | None = await entering.entrances.add(key)
        for topic, version in (feeds or {}).items():
            self.worker.hub.follow(self, topic, version)
        return feeds is not None

    async def make_ready(self) -> None:
        """Subscriptions are in force before the state is read: nothing falls between."""
        await self.worker.relay.subscribed(self.topics)
        newcomer = Newcomer(self.user, language_of(self))
        self.outbox.reply(await entering.readings.add(newcomer))

    def follows(self, channel_id: int) -> bool:
        """Whether the user is a member: answered without the database."""
        return topics.channel(channel_id) in self.topics


async def proven_by(headers: Iterable[tuple[bytes, bytes]]) -> tuple[User, Key] | None:
    """Whom a handshake proves, by a session cookie or a Bearer token. InvalidCredentials."""
    headers = list(headers)
    cookies = _cookies(header(headers, b"cookie") or "")
    authorization = header(headers, b"authorization") or ""
    if not authorization and settings.SESSION_COOKIE_NAME not in cookies:
        return None
    credential = await _credential(cookies, authorization)
    if credential is None:
        return None
    return credential.user, key_of(credential)


async def _credential(cookies: dict[str, str], authorization: str) -> credentials.Credential | None:
    """A program's token is looked up together with those of others who come."""
    token = credentials.token_in(authorization)
    if token is None:
        return await in_database(credentials.from_handshake, cookies, authorization)
    found: credentials.Credential | None = await entering.tokens.add(TokenShown(token))
    if found is None:
        raise InvalidCredentials
    return found


def _cookies(text: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(text).items()}
    except CookieError:
        return {}


def limits() -> wire.Limits:
    return wire.Limits(
        text_length=TEXT_MAX_LENGTH,
        frame_bytes=LARGEST_FRAME_BYTES,
        messages_per_second=settings.MESSAGES_PER_SECOND,
        messages_burst=settings.MESSAGES_BURST,
        typing_per_second=settings.TYPING_PER_SECOND,
        requests_per_second=settings.REQUESTS_PER_SECOND,
        requests_burst=settings.REQUESTS_BURST,
        login_tries_per_name_and_minute=settings.LOGIN_TRIES_PER_NAME_AND_MINUTE,
        login_tries_per_address_and_minute=settings.LOGIN_TRIES_PER_ADDRESS_AND_MINUTE,
    )
