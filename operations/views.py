"""The pages of operations: the console, health for a supervisor or balancer, metrics for
Prometheus."""

from ipaddress import ip_address

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from operations.health import database_health, has_all_migrations, redis_health
from operations.metrics import exposition
from operations.store import shared_store
from realtime.worker import Worker


@require_GET
def console(request: HttpRequest) -> HttpResponse:
    """Staff only: the admin stands around it."""
    context = {**admin.site.each_context(request), "title": _("Live")}
    return render(request, "operations/console.html", context)


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether this worker should be sent clients; 503 if not, with the reason. Without Redis the
    house goes on, slower, so that is told but no reason."""
    worker = Worker.current
    needed = {
        "database": database_health().ok,
        "migrations": has_all_migrations(),
        "serving": worker is None or not worker.draining,
    }
    is_ready = all(needed.values())
    told = {
        "status": "ok" if is_ready else "unavailable",
        "checks": {**needed, "redis": redis_health().ok},
    }
    return JsonResponse(told, status=200 if is_ready else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not may_scrape(request):
        return HttpResponse(status=403)
    return HttpResponse(exposition(shared_store().samples()), content_type=CONTENT_TYPE_LATEST)


def may_scrape(request: HttpRequest) -> bool:
    """By the token, or from this machine and not through a proxy on it."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if settings.METRICS_TOKEN and scheme.lower() == "bearer":
        return constant_time_compare(token.strip(), settings.METRICS_TOKEN)
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
