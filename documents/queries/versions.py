"""Named versions of a document."""

from accounts.models import User
from documents import wire
from documents.models import DocumentVersion
from documents.queries.visibility import document_for
from realtime.errors import NotFound

VERSIONS_LIMIT = 500


def list_versions(viewer: User, *, document_id: int) -> list[wire.Version]:
    """The newest first. NotFound as in document_for."""
    rows = DocumentVersion.objects.filter(document=document_for(viewer, document_id))
    rows = rows.select_related("user").defer("text").order_by("-pk")
    return [wire.Version.of(row) for row in rows[:VERSIONS_LIMIT]]


def show_version(viewer: User, *, version_id: int) -> wire.VersionText:
    """NotFound."""
    row = version_for(viewer, version_id)
    return wire.VersionText(version=wire.Version.of(row), text=row.text)


def version_for(viewer: User, version_id: int) -> DocumentVersion:
    row = DocumentVersion.objects.filter(pk=version_id).select_related("user").first()
    if row is None:
        raise NotFound
    document_for(viewer, row.document_id)
    return row
