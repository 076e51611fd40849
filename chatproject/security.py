"""The headers that limit what a page of ours may do, should somebody get text of theirs into it."""

from dataclasses import asdict
from typing import Any
from urllib.parse import unquote

from csp.constants import HEADER, NONCE, NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase
from django.views.defaults import bad_request

POLICY: dict[str, list[Any]] = {
    "default-src": [SELF],
    "script-src": [SELF, NONCE],
    "style-src": [SELF, NONCE],
    # Cursors of other people are placed by style attributes.
    "style-src-attr": [UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    # Text becomes markup in one place only: Lit's, which shows what the server has sanitised.
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["lit-html", "maru-worker"],
}

# The admin's theme evaluates expressions in attributes (Alpine), has style elements of its own,
# and knows no trusted types.
ADMIN_POLICY: dict[str, Any] = {
    "script-src": [SELF, NONCE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "require-trusted-types-for": None,
    "trusted-types": None,
}

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("browsing-topics", "camera", "geolocation", "microphone", "payment", "usb")
)

DEBUGGED = {404, 500}
NUL = "\x00"

# On everything that leaves, also where Django's own middleware does not come to: a redirect to
# https, a refused host.
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class SecurityHeadersMiddleware(CSPMiddleware):
    """The outermost: no answer passes it by."""

    def process_request(  # type: ignore[override]
        self, request: HttpRequest
    ) -> HttpResponseBase | None:
        """No address of ours has U+0000 in it, and Postgres breaks off what asks for one."""
        super().process_request(request)
        if NUL in request.path_info or NUL in unquote(request.META["QUERY_STRING"]):
            return bad_request(request, SuspiciousOperation())
        return None

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            # Who presses Back after a log-out sees nothing.
            response.headers.setdefault("Cache-Control", "no-store, private")
        response = super().process_response(request, response)
        if HEADER not in response.headers:  # django-csp spares the pages that Django debugs with
            parts = self.get_policy_parts(request, response)
            response.headers[HEADER] = build_policy(**asdict(parts))
        return response

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith("/admin/"):
            parts.replace = ADMIN_POLICY
        elif settings.DEBUG and response.status_code in DEBUGGED:
            parts.replace = {"style-src": [SELF, UNSAFE_INLINE]}
        return parts
