"""The chat page. What people say comes through the socket; only what its first look shows, the
page carries itself, so that it is seen before any of its code has run."""

from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.i18n import JavaScriptCatalog

from accounts.models import User
from chat.queries.first_look import first_look

LAST_CHANNEL = "last-channel"  # a cookie of the browser code's: where one was last


@never_cache
@login_required
def page(request: HttpRequest, **place: int) -> HttpResponse:
    """One page for every address: the browser code reads the place from it."""
    return render(request, "chat/page.html", {"here": request.path})


@never_cache
@login_required
def room(
    request: HttpRequest, channel: int | None = None, position: int | None = None
) -> HttpResponse:
    """Nothing stands beside the room, and nothing in it is asked for: its first look is known."""
    if request.GET:
        return page(request)
    user = cast(User, request.user)
    look = first_look(user, channel, last_channel(request), position)
    content = {
        "here": request.path,
        "look": look,
        "look_json": look and look.model_dump(mode="json"),
    }
    return render(request, "chat/page.html", content)


def last_channel(request: HttpRequest) -> int:
    try:
        return int(request.COOKIES.get(LAST_CHANNEL, ""))
    except ValueError:
        return 0


@never_cache
@login_required
def shell(request: HttpRequest) -> HttpResponse:
    """What the service worker keeps for the time without a network: nothing in it is private."""
    return render(request, "chat/page.html", {"here": "/"})


def components(request: HttpRequest) -> HttpResponse:
    """The design system, for whoever works on it."""
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    return render(request, "chat/components.html")


# The page asks for it with its language in the query: a change of language is another address.
catalog = cache_control(private=True, max_age=3600)(JavaScriptCatalog.as_view(packages=["chat"]))
