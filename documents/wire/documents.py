"""Documents on the wire: what they are, where they stand, who is in them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import AfterValidator, Field

from accounts.text import one_line
from chat.wire import Sender
from documents.models import TITLE_MAX_LENGTH
from realtime.frames import Event, Frame, Id, ReadRequest, Request, Timestamp

if TYPE_CHECKING:
    from documents.models import Document as DocumentRow

Title = Annotated[str, AfterValidator(one_line), Field(min_length=1, max_length=TITLE_MAX_LENGTH)]
Template = Literal["meeting", "decision", "retro"]


class Document(Frame):
    """A text of a channel that many write at the same time."""

    id: Id
    channel: Id
    title: str
    parent: Id | None = Field(description="The document of the same channel that it stands under.")
    created_by: Sender
    created_at: Timestamp
    updated_at: Timestamp
    archived: bool
    version: int = Field(description="Counts the changes of the text.")
    participants: list[Sender] = Field(description="Who is in it now.")
    message: Id | None = Field(description="Its card in the channel's timeline.")

    @classmethod
    def of(cls, row: "DocumentRow", participants: Sequence[Sender]) -> Self:
        return cls(
            id=row.pk,
            channel=row.channel_id,
            title=row.title,
            parent=row.parent_id,
            created_by=Sender.of(row.created_by),
            created_at=row.created_at,
            updated_at=row.updated_at,
            archived=row.archived,
            version=row.version,
            participants=list(participants),
            message=row.message_id,
        )


class CreateDocument(Request):
    """Begin a document in a channel; its card is a message there."""

    channel: Id
    title: Title
    parent: Id | None = None
    template: Template | None = Field(None, description="What it begins with.")
    from_thread: Id | None = Field(
        None, description="A thread of the channel: its messages are what the document begins with."
    )


class DocumentReply(Frame):
    """The document as it is now."""

    document: Document


class ListDocuments(ReadRequest):
    """The documents of one channel, or all that one may see."""

    channel: Id | None = None
    archived: bool = Field(False, description="The archived ones instead.")
    before: Id | None = Field(None, description="The last document of the page before.")


class DocumentList(Frame):
    """The reply to `list-documents`: the last changed one first, at most 500. `complete`: there are
    no more after these."""

    documents: list[Document]
    complete: bool


class ShowDocument(ReadRequest):
    """One document that one may see."""

    document: Id


class UpdateDocument(Request):
    """Change the title, the place or the archive mark; what is absent stays."""

    document: Id
    title: Title | None = None
    parent: Id | None = Field(None, description="Null: stands under no other document.")
    archived: bool | None = None


class DocumentCreated(Event):
    """There is a new document in the channel."""

    data: Document


class DocumentUpdated(Event):
    """A document has another title, place or archive mark."""

    data: Document


class Participants(Frame):
    """Who is in a document now, the first to come first."""

    document: Id
    participants: list[Sender]


class DocumentParticipants(Event):
    """Somebody came into a document or left it. To the members of its channel."""

    volatile = True
    data: Participants
