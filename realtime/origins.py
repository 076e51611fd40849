"""Which web pages may open a socket. A browser sends its cookies from any page and cannot lie about
the `Origin`; a program without one sends no cookies that it was not given."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

DEFAULT_PORTS = {"http": 80, "https": 443}
DEBUG_HOSTS = [".localhost", "127.0.0.1", "[::1]"]  # as Django has it for pages


def is_allowed(origin: str | None, host: str) -> bool:
    """`origin`: the header, `http://chat.example`; `host`: the header of the same name.

    The origin must be one of CSRF_TRUSTED_ORIGINS, or name an allowed host on the very port that
    the socket came to, over https if pages are served so.
    """
    if origin is None or origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    try:
        parts = urlsplit(origin)
        port = parts.port or DEFAULT_PORTS[parts.scheme]
    except (ValueError, KeyError):
        return False
    if settings.SESSION_COOKIE_SECURE and parts.scheme != "https":
        return False
    return _is_allowed_host(parts.hostname or "", host) and port == _port(host, parts.scheme)


def _is_allowed_host(name: str, host: str) -> bool:
    allowed = settings.ALLOWED_HOSTS or (DEBUG_HOSTS if settings.DEBUG else [])
    if "*" in allowed:  # names nothing: then the page must be of the same host
        return name == split_domain_port(host)[0]
    return validate_host(f"[{name}]" if ":" in name else name, allowed)


def _port(host: str, scheme: str) -> int:
    port = split_domain_port(host)[1]
    return int(port) if port else DEFAULT_PORTS[scheme]


def header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str | None:
    """One header of an ASGI scope."""
    return next((value.decode("latin-1") for key, value in headers if key == name), None)
