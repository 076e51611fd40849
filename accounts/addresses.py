"""Where a request comes from. The server in front (uvicorn's `--forwarded-allow-ips`) has already
put the client's address in place; a header that anybody can send is never read here."""

from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
