"""People on the wire: who they are, whether they are here, how they log in."""

from typing import TYPE_CHECKING, Annotated, Literal, Self, cast

from pydantic import AfterValidator, Field, model_validator

from accounts.text import nfc
from chat.wire.fields import Moment, PresenceSetting, Query, StatusEmoji, StatusText
from realtime.frames import Event, Frame, Id, ReadRequest, Request, Timestamp
from realtime.wire import Presence

if TYPE_CHECKING:
    from accounts.models import House as HouseRow
    from accounts.models import User as UserRow


class Sender(Frame):
    """A person or a bot, as far as a message shows them."""

    id: Id
    username: str
    display_name: str
    avatar_url: str = Field(description="Empty when there is none; clients draw the initials.")
    is_bot: bool

    @classmethod
    def of(cls, user: "UserRow") -> Self:
        return cls(
            id=user.pk,
            username=user.username,
            display_name=user.display_name,
            avatar_url=user.avatar_url,
            is_bot=user.is_bot,
        )


class Status(Frame):
    """What a person says they are doing. One that has expired comes empty."""

    emoji: str
    text: str
    expires_at: Timestamp | None

    @classmethod
    def of(cls, user: "UserRow") -> Self:
        if not user.has_status:
            return cls(emoji="", text="", expires_at=None)
        return cls(
            emoji=user.status_emoji, text=user.status_text, expires_at=user.status_expires_at
        )


class User(Frame):
    """A person or a bot, in full."""

    id: Id
    username: str
    display_name: str
    avatar_url: str = Field(description="Empty when there is none; clients draw the initials.")
    is_bot: bool
    status: Status
    presence: Presence
    last_seen: Timestamp | None

    @classmethod
    def of(cls, user: "UserRow", presence: Presence) -> Self:
        return cls(
            **Sender.of(user).__dict__,
            status=Status.of(user),
            presence=presence,
            last_seen=user.last_seen,
        )

    @classmethod
    def oneself(cls, user: "UserRow") -> Self:
        """Who asks is here: online, unless they have set themselves away or busy."""
        chosen = user.presence_setting
        return cls.of(user, "online" if chosen == "auto" else cast(Presence, chosen))


class Limits(Frame):
    """What a client may do before it is refused."""

    text_length: int = Field(description="Graphemes in one message: characters as people count.")
    frame_bytes: int = Field(description="Bytes in one frame from the client.")
    messages_per_second: float
    messages_burst: int
    typing_per_second: float
    requests_per_second: float = Field(
        description="Of one socket, for requests without a limit of their own."
    )
    requests_burst: int
    login_tries_per_name_and_minute: int
    login_tries_per_address_and_minute: int


class HouseState(Frame):
    """What this hall is called and how it looks."""

    name: str
    logo_url: str = Field(description="Empty for our own mark.")
    accent: str = Field(description="`#rrggbb`; empty for our own colour.")

    @classmethod
    def of(cls, house: "HouseRow") -> Self:
        return cls(name=house.name, logo_url=house.logo_url, accent=house.accent)


class HouseUpdated(Event):
    """The house is as given now."""

    data: HouseState


class Greeting(Frame):
    """The data of `hello`."""

    protocol: Literal[1] = 1
    connection: str = Field(description="The socket's name in the server's log.")
    user: User | None = Field(description="Who the handshake proved, or null: then log in.")
    server_time: Timestamp
    limits: Limits
    house: HouseState


class Hello(Event):
    """Always the first frame of a socket."""

    data: Greeting


class Login(Request):
    """Log in over the socket, with a name and password or with a personal access token."""

    username: Annotated[str, AfterValidator(nfc), Field(max_length=254)] | None = None
    password: Annotated[str, Field(max_length=1_000)] | None = None
    token: Annotated[str, Field(max_length=200)] | None = None

    @model_validator(mode="after")
    def one_way(self) -> Self:
        by_name = self.username is not None and self.password is not None
        if by_name == (self.token is not None):
            raise ValueError("give username and password, or token")
        return self


class LoggedIn(Frame):
    """The reply to `login`. The event `ready` follows."""

    success: Literal[True] = True
    user: User


class Logout(Request):
    """Go back to an unauthenticated socket."""


class SetStatus(Request):
    """Change the presence, the emoji or the text of one's own status; what is absent stays. A new
    emoji or text without `expires_at` lasts."""

    presence: PresenceSetting | None = None
    emoji: StatusEmoji | None = Field(None, description="An empty string clears it.")
    text: StatusText | None = Field(None, description="An empty string clears it.")
    expires_at: Moment | None = Field(None, description="When emoji and text are to vanish.")


class StatusSet(Frame):
    """The reply to `set-status`."""

    user: User


class UserChange(Frame):
    """Somebody as they are now. `presence` is what they have set, not whether they are here."""

    user: User


class UserUpdated(Event):
    """Somebody's name, picture or status is as given now."""

    data: UserChange


class ShowUser(ReadRequest):
    """What there is to know about somebody."""

    user: Id


class Profile(Frame):
    """The reply to `show-user`."""

    user: User
    time_zone: str
    title: str = Field(description="What they do here, in their own words.")
    joined_at: Timestamp
    shared_channels: list[Id] = Field(description="Where they and oneself are, by name.")


class ListUsers(ReadRequest):
    """People to mention or to write to, by the beginning of a name."""

    query: Query = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class UserList(Frame):
    """The reply to `list-users`."""

    users: list[Sender]
