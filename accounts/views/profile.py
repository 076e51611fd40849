"""Settings: the profile and the picture."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions.profiles import ProfileFields, change_avatar, change_profile, remove_avatar
from accounts.forms import AvatarForm, ProfileForm
from accounts.models import User
from accounts.views.people import person_of
from realtime.errors import InvalidData, TooLarge

YEAR_SECONDS = 365 * 24 * 3600
# Opened by itself it is a picture, and nothing that runs, whatever its bytes say.
UPLOAD_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    # A copy for the form, which writes into its instance even what it finds wrong.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=person.pk))
    if form.is_valid():
        # What is written here lasts; a status with an end is set in the chat.
        is_new = {"status_emoji", "status_text"} & set(form.changed_data)
        lasting: ProfileFields = {"status_expires_at": None} if is_new else {}
        change_profile(person, **form.cleaned_data, **lasting)
        messages.success(request, _("Saved."))
        return redirect("profile")
    return _page(request, form, AvatarForm())


@login_required
@require_POST
def avatar(request: HttpRequest) -> HttpResponse:
    form = AvatarForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            change_avatar(person_of(request), upload=form.cleaned_data["avatar"])
        except (InvalidData, TooLarge) as error:
            form.add_error("avatar", error.message)
        else:
            messages.success(request, _("Your new picture is in place."))
            return redirect("profile")
    return _page(request, ProfileForm(instance=person_of(request)), form)


@login_required
@require_POST
def avatar_remove(request: HttpRequest) -> HttpResponse:
    remove_avatar(person_of(request))
    messages.success(request, _("The picture is removed."))
    return redirect("profile")


def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A stored picture. Its random name is new with each upload, so it may be kept for ever."""
    path = f"avatars/{name}"
    if not default_storage.exists(path):
        raise Http404
    with default_storage.open(path) as file:
        response = HttpResponse(file.read(), content_type="image/webp")
    response["Cache-Control"] = f"private, max-age={YEAR_SECONDS}, immutable"
    response["Content-Security-Policy"] = UPLOAD_POLICY
    return response


def _page(request: HttpRequest, form: ProfileForm, avatar_form: AvatarForm) -> HttpResponse:
    return render(
        request,
        "accounts/profile.html",
        {"form": form, "avatar_form": avatar_form, "section": "profile"},
    )
