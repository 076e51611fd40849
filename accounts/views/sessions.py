"""Settings: where somebody is logged in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.actions.sessions import end_session, end_sessions
from accounts.sessions import name_of
from accounts.views.people import person_of


@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    alive = person_of(request).sessions.filter(expire_date__gt=timezone.now()).exclude(name="")
    own = name_of(request)
    context = {
        "own": alive.filter(name=own).first(),
        "others": alive.exclude(name=own).order_by("-last_active_at"),
        "section": "sessions",
    }
    return render(request, "accounts/sessions.html", context)


@login_required
@require_POST
def session_end(request: HttpRequest, name: str) -> HttpResponse:
    end_session(person_of(request), name=name)
    messages.success(request, _("That browser is logged out."))
    return redirect("sessions")


@login_required
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    count = end_sessions(person, user=person, except_name=name_of(request))
    done = ngettext("%d other browser is logged out.", "%d other browsers are logged out.", count)
    messages.success(request, done % count)
    return redirect("sessions")
