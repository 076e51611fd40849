"""The documents' own page. As the chat page, it carries addresses only: titles and texts come
through the sockets, which know what the viewer may see."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@never_cache
@login_required
def page(request: HttpRequest, document: int | None = None) -> HttpResponse:
    """One page for every address: the browser code reads the document from it."""
    return render(request, "documents/page.html")
