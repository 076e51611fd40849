"""Places in a text, and changes of it, for programs without Yjs."""

from collections.abc import Sequence
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, Field, model_validator

from accounts.text import NUL
from chat.wire import Sender
from documents.wire.comments import Comment, Place
from realtime.frames import Event, Frame, Id, Request, Timestamp

LARGEST_PLACE = 2**31 - 1
OPS_LIMIT = 1_000

T = TypeVar("T")

Step = Annotated[T | None, Field(exclude_if=lambda step: step is None)]
Units = Annotated[int, Field(ge=1, le=LARGEST_PLACE)]
Inserted = Annotated[
    str, AfterValidator(lambda text: text.replace(NUL, "\N{REPLACEMENT CHARACTER}"))
]


class Op(Frame):
    """A step of a change, as in a Quill delta: exactly one of the three, the others are absent."""

    retain: Step[Units] = None
    insert: Step[Annotated[Inserted, Field(min_length=1)]] = None
    delete: Step[Units] = None

    @model_validator(mode="after")
    def one_step(self) -> Self:
        if sum(step is not None for step in (self.retain, self.insert, self.delete)) != 1:
            raise ValueError("give one of retain, insert, delete")
        return self

    @classmethod
    def of(cls, ops: Sequence[dict[str, Any]]) -> list[Self]:
        return [cls(**op) for op in ops]


class JoinDocument(Request):
    """Come into a document. The event `document-data` comes before the reply, and then everything
    that happens in it."""

    document: Id
    text: bool = Field(True, description="False: the comments alone; the text comes through Yjs.")


class LeaveDocument(Request):
    """Go out of a document."""

    document: Id


class DocumentState(Frame):
    """A document as it is now."""

    document: Id
    title: str
    text: str = Field(description='"" for who did not ask for it.')
    version: int
    participants: list[Sender]
    comments: list[Comment]


class DocumentData(Event):
    """The document that one has just joined."""

    data: DocumentState


class DocumentChange(Request):
    """Change the text. `conflict` (with `text` and `version`) if `base` is not its version."""

    document: Id
    base: Annotated[int, Field(ge=0)] = Field(description="The version that the steps start from.")
    ops: Annotated[list[Op], Field(min_length=1, max_length=OPS_LIMIT)] = Field(
        description="Counted in UTF-16 code units, as JavaScript counts."
    )


class DocumentChanged(Frame):
    """The reply to `document-change`: the version that the text has now."""

    version: int


class Change(Frame):
    """What leads from the version told last to this one; maybe several changes at once. Drop it if
    the answer to a change of your own has told this version or a later one."""

    document: Id
    user: Sender | None = Field(description="Who made the last of them.")
    ops: list[Op]
    version: int
    timestamp: Timestamp


class TextChanged(Event):
    """Somebody else changed the text, with or without Yjs."""

    data: Change

    @classmethod
    def name(cls) -> str:
        return "document-change"


class CursorMove(Request):
    """Show the others where one is. There is no reply."""

    document: Id
    position: Place


class Cursor(Frame):
    """Where somebody is."""

    document: Id
    user: Sender
    position: Place


class RemoteCursor(Event):
    """Somebody is there now, with or without Yjs."""

    volatile = True
    data: Cursor
