"""A message on its way into the database: what its author wants to say, with its body made, in its
place, and stored.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from accounts.models import User
from chat import wire
from chat.markdown import Body
from realtime.errors import DomainError

Key = tuple[int, str]  # author and client_id


@dataclass(frozen=True, slots=True)
class Send:
    """What one author wants to say; `text` and `client_id` as wire.SendMessage has them.
    `document`: the one whose card this is."""

    author: User
    channel_id: int
    text: str
    client_id: str
    reply_to: int | None = None
    document: int | None = None

    @property
    def key(self) -> Key:
        return self.author.id, self.client_id


@dataclass(frozen=True, slots=True)
class Item:
    send: Send
    body: Body


class Stored(NamedTuple):
    """A message with the event that everybody gets: who sent it is answered with the same JSON."""

    frame: wire.Message
    event: bytes


Result = Stored | DomainError

COLUMNS = (
    "channel", "position", "version", "created_version", "client_id", "kind", "sender",
    "text", "html", "timestamp", "deleted", "reply_to", "broadcast", "document",
)  # fmt: skip
KIND: Final = "user"
MENTION_COLUMNS = ("message", "user", "channel", "position")


@dataclass(slots=True)
class Row:
    """An item in its place; `pk` once it is stored."""

    send: Send
    body: Body
    position: int
    version: int
    pk: int = 0

    def values(self, timestamp: datetime) -> tuple[Any, ...]:
        """As COLUMNS."""
        send, body = self.send, self.body
        return (
            send.channel_id, self.position, self.version, self.version, send.client_id,
            KIND, send.author.id, body.text, body.html, timestamp, False,
            send.reply_to, body.broadcast, send.document,
        )  # fmt: skip

    def frame(self, sender: wire.Sender, timestamp: datetime) -> wire.Message:
        send, body = self.send, self.body
        broadcast: Any = body.broadcast or None
        return wire.Message(
            id=self.pk,
            channel=send.channel_id,
            position=self.position,
            version=self.version,
            client_id=send.client_id,
            kind=KIND,
            sender=sender,
            text=body.text,
            html=body.html,
            timestamp=timestamp,
            edited_at=None,
            deleted=False,
            mentions=list(body.mentions),
            broadcast=broadcast,
            reactions=[],
            attachments=[],
            thread=None,
            reply_to=send.reply_to,
            pinned=False,
            document=send.document,
        )

    @property
    def calls(self) -> bool:
        """Whether it may have mentions."""
        return bool(self.body.mentions or self.body.broadcast)

    def mentions(self) -> list[tuple[int, int | None, int, int]]:
        """As MENTION_COLUMNS; everybody stands without a user."""
        body = self.body
        users = [*body.mentions, *([None] if body.broadcast == "channel" else [])]
        return [(self.pk, user, self.send.channel_id, self.position) for user in users]
