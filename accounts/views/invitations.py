"""Settings: invitations; and the door that an invitation's link opens."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import invited
from accounts.actions.invitations import (
    create_invitation,
    find_invitation,
    open_invitations,
    revoke_invitation,
)
from accounts.forms import InvitationForm
from accounts.views.people import person_of
from realtime.errors import Forbidden


@never_cache
@login_required
@reauthentication_required(allow_get=True)
def invitations(request: HttpRequest) -> HttpResponse:
    person, form, link = person_of(request), InvitationForm(request.POST or None), ""
    if not person.is_staff:
        raise Forbidden
    if form.is_valid():
        created = create_invitation(person, **form.cleaned_data)
        link = request.build_absolute_uri(reverse("invitation", args=[created.code]))
        form = InvitationForm()
    context = {
        "form": form,
        "link": link,
        "invitations": open_invitations().select_related("created_by").order_by("-created_at"),
        "section": "invitations",
    }
    return render(request, "accounts/invitations.html", context)


@login_required
@require_POST
def invitation_revoke(request: HttpRequest, invitation_id: int) -> HttpResponse:
    revoke_invitation(person_of(request), invitation_id=invitation_id)
    messages.success(request, _("The invitation is revoked."))
    return redirect("invitations")


@never_cache
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    found = find_invitation(code)
    if found is None:
        return render(request, "accounts/invitation_over.html", status=404)
    invited.remember(request, found)
    return redirect("account_signup")
