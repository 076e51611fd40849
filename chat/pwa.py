"""What makes the page an app that one can install: its manifest, and its service worker at the
root, since a worker serves only what lies under its own address."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control, never_cache

from accounts.models import House

PAPER = "#f0ebdf"
WORKER = "service-worker.js"


@cache_control(private=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    name = House.ours().name
    picture = {"src": static("favicon.svg"), "type": "image/svg+xml", "sizes": "any"}
    # Telephones cut it to the shape of theirs.
    whole = {"src": static("icon-512.png"), "type": "image/png", "sizes": "512x512"}
    content = {
        "id": "/",
        "name": name,
        "short_name": name,
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [picture, {**whole, "purpose": "maskable"}],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@never_cache
def service_worker(request: HttpRequest) -> HttpResponse:
    """Asked for anew each time: a new version of ours must reach who has the old one."""
    path = finders.find(WORKER)
    if path is None:
        raise Http404
    return HttpResponse(Path(path).read_bytes(), content_type="text/javascript")
