"""Named versions: a text that was good, to look at and to go back to."""

from accounts.models import User
from accounts.text import NUL
from chat import clock
from documents import wire
from documents.actions.writing import set_text
from documents.models import DocumentVersion
from documents.queries.documents import document_frame
from documents.queries.held import text_now
from documents.queries.versions import VERSIONS_LIMIT, version_for
from documents.queries.visibility import check_editable, document_for
from realtime.errors import Forbidden


def name_version(author: User, *, document_id: int, name: str) -> wire.Version:
    """NotFound; Forbidden for who may not write, and where there are too many."""
    check_editable(document_for(author, document_id))
    if DocumentVersion.objects.filter(document=document_id).count() >= VERSIONS_LIMIT:
        raise Forbidden(f"At most {VERSIONS_LIMIT} versions of a document can be kept.")
    document, text, version = text_now(author, document_id)
    row = DocumentVersion.objects.create(
        document=document,
        name=name,
        user=author,
        timestamp=clock.now(),
        version=version,
        text=text.replace(NUL, "\N{REPLACEMENT CHARACTER}"),
    )
    return wire.Version.of(row)


def restore_version(author: User, *, version_id: int) -> wire.Document:
    """Everybody gets it as one more change. NotFound; Forbidden for who may not write."""
    row = version_for(author, version_id)
    set_text(author, document_id=row.document_id, text=row.text)
    return document_frame(document_for(author, row.document_id))
