"""Named versions on the wire."""

from typing import TYPE_CHECKING, Annotated, Self

from pydantic import AfterValidator, Field

from accounts.text import one_line
from chat.wire import Sender
from documents.models import NAME_MAX_LENGTH
from realtime.frames import Frame, Id, ReadRequest, Request, Timestamp

if TYPE_CHECKING:
    from documents.models import DocumentVersion

VersionName = Annotated[
    str, AfterValidator(one_line), Field(min_length=1, max_length=NAME_MAX_LENGTH)
]


class Version(Frame):
    """A text that somebody gave a name."""

    id: Id
    name: str
    by: Sender
    timestamp: Timestamp
    version: int = Field(description="The document's version then.")

    @classmethod
    def of(cls, row: "DocumentVersion") -> Self:
        return cls(
            id=row.pk,
            name=row.name,
            by=Sender.of(row.user),
            timestamp=row.timestamp,
            version=row.version,
        )


class ListVersions(ReadRequest):
    """The named versions of a document."""

    document: Id


class VersionList(Frame):
    """The reply to `list-versions`: the newest first."""

    versions: list[Version]


class NameVersion(Request):
    """Give the text as it is now a name."""

    document: Id
    name: VersionName


class OneVersion(Frame):
    """The version."""

    version: Version


class ShowVersion(ReadRequest):
    """The text of a named version."""

    version: Id


class VersionText(Frame):
    """A named version and its text."""

    version: Version
    text: str


class RestoreVersion(Request):
    """Make the text what it was then, as a new change that everybody gets."""

    version: Id
