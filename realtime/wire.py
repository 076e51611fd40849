"""The frames that every socket of the house knows, whatever app it serves."""

from typing import Annotated, Any, Literal

from pydantic import Field, RootModel, model_validator

from realtime.frames import Event, Frame, Id, ReadRequest, Request, Timestamp

Presence = Literal["online", "away", "busy", "offline"]

WATCHED_USERS_LIMIT = 500


class Ping(Request):
    """Answered with the same data, after everything that this socket asked before."""

    echo: Any

    @model_validator(mode="before")
    @classmethod
    def whole(cls, data: Any) -> Any:
        return {"echo": data}


class Echo(RootModel[Any]):
    """What `ping` brought, `null` too."""


class Nothing(Frame):
    """No fields."""


class Resync(Event):
    """The server lost events for this client: catch up every channel."""

    data: Nothing


class Reconnection(Frame):
    """When to come back."""

    reconnect_after_ms: int


class GoingAway(Event):
    """This worker is about to close: connect again after the given time."""

    volatile = True
    data: Reconnection


class MaintenanceState(Frame):
    """Whether writing is, or will be, closed: from `starts_at` on, or not at all."""

    starts_at: Timestamp | None
    message: str


class MaintenanceUpdated(Event):
    """The house is, or will be, closed for writing, or is open again. Requests that write answer
    `maintenance` meanwhile."""

    data: MaintenanceState


class WatchPresence(ReadRequest):
    """Be told when these people come and go. Replaces the last set."""

    users: Annotated[list[Id], Field(max_length=WATCHED_USERS_LIMIT)]


class PresenceState(Frame):
    """Whether one person is here, and when they were last."""

    presence: Presence
    last_seen: Timestamp | None


class PresenceWatched(Frame):
    """The reply to `watch-presence`, by user id."""

    presence: dict[int, PresenceState]


class PresenceChange(Frame):
    """One person came, went or stepped away."""

    user: Id
    presence: Presence
    last_seen: Timestamp | None


class UserOnline(Event):
    """Somebody whom the client watches is here (`presence` says online or busy)."""

    volatile = True
    data: PresenceChange


class UserAway(Event):
    """Somebody whom the client watches has stepped away."""

    volatile = True
    data: PresenceChange


class UserOffline(Event):
    """Somebody whom the client watches has gone."""

    volatile = True
    data: PresenceChange
