"""Which pages may open a socket."""

import pytest
from pytest_django import Settings

from realtime.origins import is_allowed

HERE = ["chat.example", ".sub.example", "[::1]"]

# (Origin, Host, ALLOWED_HOSTS, https only, allowed)
TABLE = [
    (None, "chat.example", HERE, False, True),
    ("http://chat.example", "chat.example", HERE, False, True),
    ("https://chat.example", "chat.example", HERE, False, True),
    ("http://CHAT.example", "chat.example", HERE, False, True),
    ("http://chat.example:8000", "chat.example:8000", HERE, False, True),
    ("http://a.sub.example", "chat.example", HERE, False, True),
    ("http://[::1]:8000", "[::1]:8000", HERE, False, True),
    ("http://trusted.example:99", "chat.example", HERE, False, True),
    ("http://chat.example:8001", "chat.example:8000", HERE, False, False),
    ("http://chat.example", "chat.example:8000", HERE, False, False),
    ("http://evil.example", "chat.example", HERE, False, False),
    ("http://evil.example", "evil.example", HERE, False, False),
    ("http://chat.example.evil.example", "chat.example", HERE, False, False),
    ("http://chat.example@evil.example", "chat.example", HERE, False, False),
    ("http://trusted.example", "chat.example", HERE, False, False),
    ("null", "chat.example", HERE, False, False),
    ("", "chat.example", HERE, False, False),
    ("ftp://chat.example", "chat.example", HERE, False, False),
    ("file://", "chat.example", HERE, False, False),
    ("http://chat.example:port", "chat.example", HERE, False, False),
    ("http://[::1", "chat.example", HERE, False, False),
    ("http://chat.example", "chat.example", HERE, True, False),
    ("https://chat.example", "chat.example", HERE, True, True),
    ("http://other.example", "other.example", ["*"], False, True),
    ("http://evil.example", "other.example", ["*"], False, False),
    ("http://chat.example", "chat.example", [], False, False),
]


@pytest.mark.parametrize(("origin", "host", "hosts", "https", "allowed"), TABLE)
def test_an_origin(
    origin: str | None,
    host: str,
    hosts: list[str],
    https: bool,
    allowed: bool,
    settings: Settings,
) -> None:
    settings.ALLOWED_HOSTS = hosts
    settings.SESSION_COOKIE_SECURE = https
    settings.CSRF_TRUSTED_ORIGINS = ["http://trusted.example:99"]
    settings.DEBUG = False
    assert is_allowed(origin, host) is allowed


@pytest.mark.parametrize("origin", ["http://localhost:8000", "http://127.0.0.1:8000"])
def test_a_laptop_needs_no_setting(origin: str, settings: Settings) -> None:
    settings.ALLOWED_HOSTS, settings.DEBUG = [], True
    assert is_allowed(origin, origin.removeprefix("http://"))
    assert not is_allowed("http://evil.example:8000", "localhost:8000")


@pytest.mark.parametrize("host", ["", "chat.example:port", "[::1", "chat.example:99999999"])
def test_a_malformed_host_is_refused(host: str, settings: Settings) -> None:
    settings.ALLOWED_HOSTS, settings.DEBUG = ["chat.example"], False
    settings.CSRF_TRUSTED_ORIGINS = []
    assert not is_allowed("http://chat.example:8000", host)
