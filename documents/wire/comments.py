"""Comments on the wire: remarks at a place of a text, each the beginning of a thread."""

from typing import Annotated

from pydantic import Field

from chat.wire import Sender
from chat.wire.fields import MessageText
from realtime.frames import Event, Frame, Id, ReadRequest, Request, Timestamp


class Place(Frame):
    """A piece of the text, in UTF-16 code units."""

    index: Annotated[int, Field(ge=0, le=2**31 - 1)]
    length: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class CommentReply(Frame):
    """A message of a comment's thread, beyond the first."""

    id: Id
    user: Sender
    text: str
    timestamp: Timestamp


class Comment(Frame):
    """A remark at a place of the text; it keeps its place while the text around it changes."""

    id: Id
    document: Id
    user: Sender
    text: str
    quote: str = Field(description="What stood there then; at most 500 characters.")
    position: Place | None = Field(description="Where it is now.")
    timestamp: Timestamp
    resolved: bool
    thread: Id = Field(description="The channel whose messages are this comment and its replies.")
    replies: list[CommentReply]


class AddComment(Request):
    """Say something about a place of the text."""

    document: Id
    text: MessageText
    position: Place


class ReplyComment(Request):
    """Answer a comment; the same as a message in its thread."""

    comment: Id
    text: MessageText


class ResolveComment(Request):
    """Say that a comment is done with, maybe with a last word; or open it again."""

    comment: Id
    text: MessageText | None = None
    resolved: bool = True


class ShowComment(ReadRequest):
    """The comment that a thread without a root message is."""

    thread: Id


class OneComment(Frame):
    """The comment as it is now."""

    comment: Comment


class CommentChange(Frame):
    """A comment of a document."""

    document: Id
    comment: Comment


class NewComment(Event):
    """Somebody commented on the text. To everybody who has joined the document."""

    data: CommentChange


class CommentUpdated(Event):
    """A comment was answered, here or in its thread, changed or resolved."""

    data: CommentChange
