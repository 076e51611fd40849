"""Every answer, whatever it is, carries every header."""

import re
import secrets
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from accounts.actions.profiles import change_avatar
from accounts.models import User
from chatproject.security import HEADERS
from tests.accounts.conftest import Browse
from tests.servers import Worker

ALWAYS = {*HEADERS, "Content-Security-Policy"}


def missing(headers: "Message[str, str]") -> list[str]:
    return sorted(name for name in ALWAYS if name not in headers)


def directives(headers: "Message[str, str] | dict[str, str]") -> dict[str, list[str]]:
    parts = (part.split() for part in headers["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


def picture() -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (300, 300), "teal").save(buffer, "PNG")
    return SimpleUploadedFile("me.png", buffer.getvalue(), "image/png")


def ask(url: str, **headers: str) -> "tuple[int, Message[str, str], bytes]":
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    opener = urllib.request.build_opener(Stay)
    try:
        with opener.open(urllib.request.Request(url, headers=headers)) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.fixture
def avatar(alice: User) -> str:
    change_avatar(alice, upload=picture())
    return alice.avatar_url


PAGES = [
    ("/", 302),
    ("/accounts/login/", 200),
    ("/admin/login/", 302),
    ("/settings/", 302),
    ("/static/favicon.svg", 200),
    ("/static/nothing.js", 404),
    ("/media/avatars/" + "0" * 32 + ".webp", 404),
    ("/nowhere/", 404),
    ("/accounts/login", 301),
    ("/invitation/nothing/", 404),
    ("/settings/sessions/%00/end/", 400),
    ("/?x=%00", 400),
    ("/jsi18n/", 200),
]


@pytest.mark.parametrize("debug", ["true", "false"])
def test_a_served_answer_has_every_header(
    start_worker: Callable[..., Worker], alice: User, debug: str, settings: Settings, avatar: str
) -> None:
    server = start_worker(
        DEBUG=debug,
        SECRET_KEY=secrets.token_urlsafe(50),
        ALLOWED_HOSTS="127.0.0.1",
        HTTPS="false",
        SIGNUP="open",
    )
    media = Path(server.directory) / "media" / "avatars"
    media.mkdir(parents=True)
    (media / Path(avatar).name).write_bytes(Path(alice.avatar.path).read_bytes())
    for path, status in [*PAGES, (avatar, 200)]:
        code, headers, _ = ask(server.url + path)
        # Without DEBUG static files come from where `collectstatic` puts them.
        assert code == status or path.startswith("/static/"), path
        assert missing(headers) == [], path
    code, headers, body = ask(server.url + avatar)
    assert headers["Content-Type"] == "image/webp"
    assert "immutable" in headers["Cache-Control"]
    assert "sandbox" in directives(headers)
    assert body.startswith(b"RIFF")
    code, headers, _ = ask(server.url + "/", Host="evil.example")
    assert code == 400
    assert missing(headers) == []


def test_over_https_nothing_goes_in_the_clear(
    start_worker: Callable[..., Worker], alice: User
) -> None:
    server = start_worker(
        DEBUG="false", SECRET_KEY=secrets.token_urlsafe(50), ALLOWED_HOSTS="127.0.0.1"
    )
    code, headers, _ = ask(server.url + "/accounts/login/")
    assert code == 301
    assert headers["Location"].startswith("https://")
    assert missing(headers) == []
    code, headers, _ = ask(server.url + "/accounts/login/", **{"X-Forwarded-Proto": "https"})
    assert code == 200
    assert "max-age=31536000" in headers["Strict-Transport-Security"]
    [cookie] = headers.get_all("Set-Cookie") or []
    assert cookie.startswith("__Host-csrftoken=")
    assert "Secure" in cookie


def test_no_script_runs_that_the_server_did_not_mark(alice: User, browse: Browse) -> None:
    browser = browse("alice")
    for path in ("/", "/settings/", "/accounts/2fa/", "/accounts/login/", "/nowhere/", "/admin/"):
        policy = directives(browser.get(path).headers)  # type: ignore[arg-type]
        assert "'unsafe-inline'" not in policy["script-src"], path
        assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
        assert policy["form-action"] == ["'self'"]
        assert not {"*", "http:", "https:", "data:"} & set(policy["script-src"])


def test_text_becomes_markup_in_one_place_only(alice: User, browse: Browse) -> None:
    browser = browse("alice")
    for path in ("/", "/settings/", "/accounts/2fa/"):
        policy = directives(browser.get(path).headers)  # type: ignore[arg-type]
        assert policy["require-trusted-types-for"] == ["'script'"]
        # The other one names the service worker's script, and makes no markup.
        assert policy["trusted-types"] == ["lit-html", "maru-worker"]


def test_a_nonce_is_used_once(browse: Browse) -> None:
    browser = browse()
    pages = [browser.get("/accounts/login/").content.decode() for _ in range(2)]
    nonces = {nonce for page in pages for nonce in re.findall(r'nonce="([^"]+)"', page)}
    policies = {directives(browser.get("/accounts/login/").headers)["script-src"][-1] for _ in "ab"}  # type: ignore[arg-type]
    assert len(nonces) in (0, 2)
    assert len(policies) == (2 if nonces else 1)


def test_only_pictures_that_we_drew_are_served(db: None, alice: User, avatar: str) -> None:
    folder = Path(alice.avatar.path).parent
    for name in ("a.html", "x.svg", "0" * 32 + ".html", ".webp"):
        (folder / name).write_text("<script>alert(1)</script>")
        assert Client().get(f"/media/avatars/{name}").status_code == 404
    assert Client().get("/media/avatars/..%2f..%2fmaru.sqlite3").status_code == 404
    assert Client().get("/media/").status_code == 404


def test_a_page_stays_in_no_cache(alice: User, browse: Browse) -> None:
    browser = browse("alice")
    for path in ("/", "/settings/", "/settings/tokens/", "/accounts/email/", "/admin/"):
        assert "private" in browser.get(path)["Cache-Control"], path
        assert "no-store" in browser.get(path)["Cache-Control"], path


def test_cookies_are_not_for_scripts_or_other_sites(alice: User, browse: Browse) -> None:
    cookie = browse("alice").cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
