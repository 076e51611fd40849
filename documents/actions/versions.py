"""Named versions: a text that was good, to look at and to go back to."""

from datetime import timedelta

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
from realtime.retry import PATIENCE_SECONDS, may_have_happened


def name_version(author: User, *, document_id: int, name: str) -> wire.Version:
    """NotFound; Forbidden for who may not write, and where there are too many."""
    check_editable(document_for(author, document_id))
    if may_have_happened() and (made := _just_made(author, document_id, name)):
        return wire.Version.of(made)
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


def _just_made(author: User, document_id: int, name: str) -> DocumentVersion | None:
    since = clock.now() - timedelta(seconds=2 * PATIENCE_SECONDS)
    made = DocumentVersion.objects.filter(document=document_id, user=author, name=name)
    return made.filter(timestamp__gt=since).order_by("-pk").first()


def restore_version(author: User, *, version_id: int) -> wire.Document:
    """Everybody gets it as one more change. NotFound; Forbidden for who may not write."""
    row = version_for(author, version_id)
    set_text(author, document_id=row.document_id, text=row.text)
    return document_frame(document_for(author, row.document_id))
