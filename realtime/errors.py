"""The one tree of errors that a client is told about; `code` is what stands on the wire.

DomainError
├── BadFrame            the frame is not an object of the envelope
├── UnknownEvent        no request has this name
├── InvalidData         a field is wrong; `fields` says which
├── NotAuthenticated    log in first
├── InvalidCredentials  wrong name, password or token
├── NotFound            does not exist, or the user may not see it: the same answer on purpose
├── Forbidden           visible, but not allowed
├── Conflict            the state has changed, or the name is taken
├── RateLimited         `retry_after` in seconds
├── TooLarge            over a size limit
└── Maintenance         writing is closed for now

Two places turn it into an answer: commands.py for sockets and the REST door. It stands here and
not in the project because the socket cannot speak without it and imports no other app.
"""

from typing import Any


class DomainError(Exception):
    code = "internal"
    default_message = "Something went wrong."

    def __init__(
        self,
        message: str = "",
        *,
        fields: dict[str, str] | None = None,
        retry_after: float | None = None,
        incident: str | None = None,
        ref: int | None = None,
    ) -> None:
        super().__init__(message or self.default_message)
        self.message = message or self.default_message
        self.fields = fields
        self.retry_after = retry_after
        self.incident = incident
        self.ref = ref

    def body(self) -> dict[str, Any]:
        """What the client is told: `{code, message, fields?, retry_after?, incident?}`."""
        optional = {
            "fields": self.fields,
            "retry_after": self.retry_after,
            "incident": self.incident,
        }
        told = {key: value for key, value in optional.items() if value is not None}
        return {"code": self.code, "message": self.message, **told}


class BadFrame(DomainError):
    code = "bad-frame"
    default_message = "The frame is not a JSON object with an event."


class UnknownEvent(DomainError):
    code = "unknown-event"
    default_message = "There is no such request."


class InvalidData(DomainError):
    code = "invalid-data"
    default_message = "Some fields are not right."


class NotAuthenticated(DomainError):
    code = "not-authenticated"
    default_message = "Log in first."


class InvalidCredentials(DomainError):
    code = "invalid-credentials"
    default_message = "The name, password or token is not right."


class NotFound(DomainError):
    code = "not-found"
    default_message = "There is no such thing, or you may not see it."


class Forbidden(DomainError):
    code = "forbidden"
    default_message = "You may not do that."


class Conflict(DomainError):
    code = "conflict"
    default_message = "Somebody was faster."


class RateLimited(DomainError):
    code = "rate-limited"
    default_message = "Too many requests; try again later."


class TooLarge(DomainError):
    code = "too-large"
    default_message = "That is too large."


class Maintenance(DomainError):
    code = "maintenance"
    default_message = "Writing is closed for maintenance."
