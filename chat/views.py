"""The chat page. It carries addresses only: everything that people say comes through the socket."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.i18n import JavaScriptCatalog


@never_cache
@login_required
def page(request: HttpRequest, **place: int) -> HttpResponse:
    """One page for every address: the browser code reads the place from it."""
    return render(request, "chat/page.html")


def components(request: HttpRequest) -> HttpResponse:
    """The design system, for whoever works on it."""
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    return render(request, "chat/components.html")


# The page asks for it with its language in the query: a change of language is another address.
catalog = cache_control(private=True, max_age=3600)(JavaScriptCatalog.as_view(packages=["chat"]))
