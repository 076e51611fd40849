"""Coming in with an account elsewhere: against a small provider that speaks the real protocol."""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.actions.invitations import create_invitation
from accounts.models import User
from tests.accounts.conftest import Browse

CODE, TOKEN = "one-time-code", "access"


class Provider(ThreadingHTTPServer):
    """Knows one person, and what the last authorisation promised about its code verifier."""

    person = {"sub": "1", "name": "김다나", "email": "dana@example.com", "email_verified": True}
    challenge = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        if self.path.startswith("/.well-known/"):
            names = {
                "issuer": "",
                "authorization_endpoint": "/authorize",
                "token_endpoint": "/token",
            }
            names |= {"userinfo_endpoint": "/person", "jwks_uri": "/keys"}
            self.answer({name: self.server.url + path for name, path in names.items()})
        elif self.headers["Authorization"] == f"Bearer {TOKEN}":
            self.answer(self.server.person)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        proven = urlsafe_b64encode(digest).decode().rstrip("=") == self.server.challenge
        if proven and form["code"] == [CODE] and form["client_secret"] == ["house-key"]:
            self.answer({"access_token": TOKEN, "token_type": "Bearer"})
        else:
            self.send_error(400)

    def answer(self, data: dict[str, object]) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Not into the output of the tests."""


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with Provider(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        app = {
            "provider_id": "oidc",
            "name": "Hanok",
            "client_id": "maru",
            "secret": "house-key",
            "settings": {"server_url": server.url, "oauth_pkce_enabled": True},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 60  # seconds
        yield server
        server.shutdown()
        thread.join()


def come_in(browser: Client, provider: Provider, code: str = CODE) -> str:
    """There and back; where the browser ends."""
    there = browser.post("/accounts/oidc/oidc/login/")["Location"]
    assert there.startswith(f"{provider.url}/authorize?")
    asked = parse_qs(urlsplit(there).query)
    provider.challenge = asked["code_challenge"][0]
    back = urlsplit(asked["redirect_uri"][0]).path
    answer = browser.get(back, {"code": code, "state": asked["state"][0]}, follow=True)
    return str(answer.request["PATH_INFO"])


def test_who_is_new_gets_an_account_with_their_name(
    db: None, browse: Browse, provider: Provider
) -> None:
    browser = browse()
    assert come_in(browser, provider) == "/"
    dana = User.objects.get()
    assert (dana.display_name, dana.email) == ("김다나", "dana@example.com")
    assert not dana.has_usable_password()
    assert browser.get("/settings/").status_code == 200


def test_who_comes_again_is_the_same(db: None, browse: Browse, provider: Provider) -> None:
    for _ in range(2):
        come_in(browse(), provider)
    assert User.objects.count() == 1


def test_a_wrong_code_lets_nobody_in(db: None, browse: Browse, provider: Provider) -> None:
    browser = browse()
    come_in(browser, provider, code="guessed")
    assert browser.get("/settings/").status_code == 302
    assert not User.objects.exists()


def test_an_address_alone_does_not_open_an_account(
    browse: Browse, provider: Provider, alice: User
) -> None:
    """The provider may let anybody claim Alice's address."""
    provider.person = {"sub": "2", "name": "Mallory", "email": alice.email, "email_verified": True}
    browser = browse()
    come_in(browser, provider)
    assert "@alice" not in browser.get("/settings/").content.decode()
    assert not alice.socialaccount_set.exists()  # type: ignore[attr-defined]


def test_sign_up_by_invitation_only_holds_here_too(
    browse: Browse, provider: Provider, alice: User, settings: Settings
) -> None:
    settings.SIGNUP = "invitation"
    come_in(browse(), provider)
    assert User.objects.count() == 1
    alice.is_staff = True
    alice.save()
    invitation, code = create_invitation(alice, max_uses=1, days=1)
    browser = browse()
    browser.get(f"/invitation/{code}/")
    assert come_in(browser, provider) == "/"
    invitation.refresh_from_db()
    assert invitation.uses == 1


def test_an_account_is_linked_and_unlinked(browse: Browse, provider: Provider, alice: User) -> None:
    browser = browse("alice")
    there = browser.post("/accounts/oidc/oidc/login/?process=connect")["Location"]
    asked = parse_qs(urlsplit(there).query)
    provider.challenge = asked["code_challenge"][0]
    back = urlsplit(asked["redirect_uri"][0]).path
    page = browser.get(back, {"code": CODE, "state": asked["state"][0]}, follow=True)
    assert "The account is linked." in page.content.decode()
    assert come_in(browse(), provider) == "/"
    assert User.objects.count() == 1
    account = alice.socialaccount_set.get()  # type: ignore[attr-defined]
    page = browser.post("/accounts/3rdparty/", {"account": account.pk}, follow=True)
    assert "None yet." in page.content.decode()
