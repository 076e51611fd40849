"""The invitation that a visitor holds: from the link, through the session, to the sign-up."""

from django.http import HttpRequest

from accounts.actions.invitations import accept_invitation, open_invitations
from accounts.models import Invitation

KEY = "invitation"


def remember(request: HttpRequest, invitation: Invitation) -> None:
    request.session[KEY] = invitation.pk


def invitation_of(request: HttpRequest) -> Invitation | None:
    """The one remembered, if it still lets somebody in."""
    held = request.session.get(KEY)
    return held and open_invitations().filter(pk=held).select_related("created_by").first()


def accept(request: HttpRequest) -> int | None:
    """The id of the invitation of which a place was taken."""
    held: int | None = request.session.pop(KEY, None)
    return held if held is not None and accept_invitation(invitation_id=held) else None
