"""Settings: access tokens. Who makes one has shown the password not long ago."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.actions.tokens import create_token, revoke_token
from accounts.forms import TokenForm
from accounts.views.people import person_of


@never_cache
@login_required
@reauthentication_required(allow_get=True)
def tokens(request: HttpRequest) -> HttpResponse:
    form, created = TokenForm(request.POST or None), None
    if form.is_valid():
        # The answer to the POST itself shows it: nothing keeps the plain token for a redirect.
        created = create_token(person_of(request), **form.cleaned_data)
        form = TokenForm()
    context = {
        "form": form,
        "created": created,
        "tokens": person_of(request).access_tokens.filter(revoked_at=None).order_by("-created_at"),
        "section": "tokens",
    }
    return render(request, "accounts/tokens.html", context)


@login_required
@require_POST
def token_revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    revoke_token(person_of(request), token_id=token_id)
    messages.success(request, _("The token is revoked; what used it is disconnected."))
    return redirect("tokens")
