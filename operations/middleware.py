"""Around every page: a name for the request, and no writing while the house is closed."""

import re
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from realtime import maintenance, whence

HEADER = "X-Request-ID"
NAME = re.compile(r"[\w.-]{1,64}\Z", re.ASCII)
READING = {"GET", "HEAD", "OPTIONS"}
# Who may open the house again, and who has to come in for that.
OPEN = ("/admin/", "/accounts/", "/i18n/")
RETRY_SECONDS = 60


class RequestNameMiddleware(MiddlewareMixin):
    """The outermost: what a proxy named is kept, so that its log and ours can be laid together."""

    def process_request(self, request: HttpRequest) -> None:
        given = request.headers.get(HEADER, "")
        whence.request.set(given if NAME.match(given) else uuid4().hex[:16])

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers[HEADER] = whence.request.get()
        return response


class MaintenanceMiddleware(MiddlewareMixin):
    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if request.method in READING or request.path_info.startswith(OPEN):
            return None
        if not maintenance.is_closed():
            return None
        answer = render(request, "503.html", {"message": maintenance.message}, status=503)
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
        return answer
