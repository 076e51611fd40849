"""Who may see a document and who may write in it: whoever may read its channel, and whoever may
write there and is no guest."""

from collections.abc import Iterable
from typing import NamedTuple

from accounts.models import User
from chat.models import Membership
from chat.queries.visibility import (
    Access,
    Place,
    channel_for,
    check_posting,
    own_membership,
)
from documents.models import Document
from realtime.errors import Forbidden, NotFound


class Opening(NamedTuple):
    """What a socket has to know of the document that it opens."""

    version: int
    channel_id: int
    is_member: bool


def open_document(viewer: User, document_id: int) -> Opening:
    """NotFound as in document_for."""
    document = document_for(viewer, document_id)
    is_member = own_membership(document.channel) is not None
    return Opening(document.version, document.channel_id, is_member)


def seeing_among(viewers: Iterable[User], document_id: int) -> set[int]:
    """The ids of those who may see it."""
    place = Document.objects.filter(pk=document_id).select_related("channel__parent").first()
    people = {viewer.pk for viewer in viewers}
    if place is None or not people:
        return set()
    home = place.channel.parent or place.channel
    access = Access.read({(home.pk, pk) for pk in people})
    return {pk for pk in people if access.sees(pk, Place.of(place.channel))}


def document_for(viewer: User, document_id: int) -> Document:
    """With `channel` as channel_for gives it. NotFound if it does not exist or the viewer may not
    see its channel."""
    found = Document.objects.filter(pk=document_id).select_related("created_by").first()
    if found is None:
        raise NotFound
    found.channel = channel_for(viewer, found.channel_id)
    return found


def check_editable(document: Document) -> None:
    """Forbidden for guests, outside, where only owners write, and where the document or its channel
    is archived."""
    check_posting(document.channel)
    own = own_membership(document.channel)
    if own is None or own.role == Membership.Role.GUEST:
        raise Forbidden("Guests only read.")
    if document.archived:
        raise Forbidden("The document is archived.")
