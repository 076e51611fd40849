"""Each request in its person's language and time, and with the errors of the domain as pages."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import timezone, translation

from accounts import sessions
from accounts.addresses import address_of
from accounts.models import User
from realtime import whence
from realtime.errors import DomainError, Forbidden, NotFound


class PersonMiddleware(LocaleMiddleware):
    """Stands after the authentication. Without a person, or where the profile names no language,
    the browser's counts."""

    def process_request(self, request: HttpRequest) -> None:
        whence.address.set(address_of(request))
        person = request.user if isinstance(request.user, User) else None
        if person and person.language:
            translation.activate(person.language)
            request.LANGUAGE_CODE = translation.get_language()
        else:
            super().process_request(request)
        if person:
            timezone.activate(ZoneInfo(person.time_zone))
        else:
            timezone.deactivate()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        sessions.touch(request)
        return super().process_response(request, response)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        status = {NotFound: 404, Forbidden: 403}.get(type(error), 400)
        return render(request, f"{status}.html", status=status)
