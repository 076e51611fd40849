"""The socket door `/ws/admin/`: staff only. It hears the console, not the chat: a person is not
here because somebody looks at the console as them."""

from functools import partial
from time import monotonic

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from accounts.step_up import is_recent_session
from chat.consumers import proven_by
from chat.languages import in_language, language_of
from chat.wire import Sender
from operations import wire
from operations.dashboard import whole_dashboard
from operations.requests import commands
from operations.topics import CONSOLE
from realtime.consumer import SocketConsumer
from realtime.database import in_database
from realtime.envelope import CloseCode
from realtime.source import Key

PROTOCOL = 1


class AdminConsumer(SocketConsumer):
    commands = commands
    late = CloseCode.NOT_ALLOWED

    def __init__(self) -> None:
        super().__init__()
        self.password_shown_at: float | None = None

    async def authenticate(self) -> tuple[User, Key] | None:
        return await proven_by(self.scope["headers"])

    def log_in(self, user: User, key: Key) -> None:
        if user.is_staff:
            super().log_in(user, key)
        else:
            self.close(CloseCode.NOT_ALLOWED)

    def arrive(self, user_id: int) -> None:
        self.worker.hub.follow(self, CONSOLE)

    def depart(self, user_id: int) -> None:
        """The hub has forgotten the socket already."""

    def greet(self) -> None:
        greeting = wire.AdminGreeting(
            protocol=PROTOCOL,
            connection=self.connection,
            user=Sender.of(self.user) if self.user else None,
            server_time=timezone.now(),
        )
        self.send_event(wire.Hello(greeting))

    async def make_ready(self) -> None:
        look = partial(whole_dashboard, self.user)
        dashboard = await in_database(in_language, language_of(self), look)
        self.send_event(wire.DashboardData(dashboard))

    async def is_recent(self) -> bool:
        """Step-up: the password, a code or a passkey was shown a short time ago. A program proves
        itself by its token, each time."""
        if self.key is None:
            return False
        if self.key.token_id is not None:
            return True
        if self.password_shown_at is not None:
            age = monotonic() - self.password_shown_at
            return age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return await in_database(is_recent_session, self.key.session_key or "")
