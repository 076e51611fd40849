"""Every page is there, in both languages, in our design and without inline script or style."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import Settings

from accounts.models import User
from tests.accounts.conftest import Browse

ENTRANCE = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-set-password/",
    "/accounts/password/reset/key/done/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/nonsense/",
    "/accounts/inactive/",
    "/accounts/3rdparty/login/cancelled/",
]
INSIDE = [
    "/settings/",
    "/settings/sessions/",
    "/settings/tokens/",
    "/settings/invitations/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/3rdparty/",
]
WITH_SECOND_FACTOR = [
    "/accounts/2fa/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/keys/{key}/edit/",
    "/accounts/2fa/webauthn/keys/{key}/remove/",
]
# Words of English that stand in Korean pages too.
NAMES = {"Maru", "English", "Alice", "alice", "QR", "PNG", "JPEG", "WebP", "GIF", "MB", "PIN"}


@pytest.fixture
def owner(alice: User) -> User:
    alice.is_staff = True
    alice.save()
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    return alice


@pytest.fixture(params=["en", "ko"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def check(answer: Any, language: str, status: int = 200) -> None:
    html = answer.content.decode()
    assert answer.status_code == status
    assert f'<html lang="{language}"' in html
    assert answer["Content-Language"] == language
    assert "<h1>" in html
    assert not re.search(r"<script(?![^>]*(?:src=|application/json))", html)
    assert not re.search(r"<style|\sstyle=|\son\w+=", html)
    assert not re.search(r"</?p>\s*<p>|allauth\.css", html)
    if language == "ko":
        assert english_in(html) == []


def english_in(html: str) -> list[str]:
    """Sentences that somebody forgot to translate: two English words or more in a row."""
    body = re.sub(r"<(script|svg|select|code|pre)\b.*?</\1>", " ", html, flags=re.S)
    text = re.sub(r"<[^>]+>", "\n", body[body.index("<body") :])
    return [
        line.strip()
        for line in text.splitlines()
        if len(set(re.findall(r"[A-Za-z]{2,}", re.sub(r"\S+@\S+", "", line))) - NAMES) > 1
    ]


def open_in(browse: Browse, language: str, username: str = "") -> Client:
    return browse(username, **{"Accept-Language": language})


@pytest.mark.parametrize("path", ENTRANCE)
def test_the_entrance(db: None, browse: Browse, language: str, path: str) -> None:
    check(open_in(browse, language).get(path, follow=True), language)


@pytest.mark.parametrize("path", INSIDE)
def test_the_settings(owner: User, browse: Browse, language: str, path: str) -> None:
    check(open_in(browse, language, "alice").get(path), language)


@pytest.mark.parametrize("path", WITH_SECOND_FACTOR)
def test_the_settings_with_a_second_factor(
    owner: User, browse: Browse, language: str, path: str
) -> None:
    browser = open_in(browse, language, "alice")
    give_codes(owner)
    data = {"name": "열쇠", "credential": {"clientExtensionResults": {}}}
    key = Authenticator.objects.create(user=owner, type="webauthn", data=data)
    check(browser.get(path.format(key=key.pk)), language)


def test_the_second_step(owner: User, browse: Browse, language: str) -> None:
    give_codes(owner)
    browser = open_in(browse, language)
    browser.post("/accounts/login/", {"login": "alice", "password": "maru-demo"})
    check(browser.get("/accounts/2fa/authenticate/"), language)


def give_codes(user: User) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)


def test_what_comes_after_a_form(owner: User, browse: Browse, language: str) -> None:
    browser = open_in(browse, language, "alice")
    check(browser.post("/settings/tokens/", {"name": "봇", "days": 30}), language)
    check(browser.post("/settings/tokens/", {"name": "", "days": 5}), language)
    check(browser.post("/settings/invitations/", {"max_uses": 2, "days": 7}), language)
    check(browser.post("/settings/invitations/", {"max_uses": 0, "days": 7}), language)
    check(browser.post("/settings/", {"display_name": ""}), language)
    check(browser.post("/settings/avatar/", {"avatar": ContentFile(b"x", "x.png")}), language)
    check(browser.post("/accounts/email/", {"email": "x", "action_add": ""}), language)
    pending = {"email": "new@example.com", "action_add": ""}
    check(browser.post("/accounts/email/", pending, follow=True), language)
    check(browser.post("/settings/sessions/end/", follow=True), language)


def test_a_failure_at_the_other_service(db: None, browse: Browse, language: str) -> None:
    check(open_in(browse, language).get("/accounts/3rdparty/login/error/"), language, 401)


def test_wrong_entries_at_the_entrance(alice: User, browse: Browse, language: str) -> None:
    browser = open_in(browse, language)
    for _ in range(6):
        check(browser.post("/accounts/login/", {"login": "alice", "password": "x"}), language)
    empty = {"username": "", "email": "x", "password1": "1"}
    taken = {"username": "alice", "email": "alice@example.com", "password1": "password"}
    check(browser.post("/accounts/signup/", empty), language)
    check(browser.post("/accounts/signup/", taken), language)


def test_closed_doors(db: None, browse: Browse, settings: Settings, language: str) -> None:
    settings.SIGNUP = "closed"
    browser = open_in(browse, language)
    check(browser.get("/accounts/signup/"), language)
    check(browser.get("/invitation/none/"), language, 404)
    check(browser.get("/nowhere/"), language, 404)


def test_somebody_else_s_account(
    alice: User, browse: Browse, settings: Settings, language: str
) -> None:
    app = {
        "provider_id": "oidc",
        "name": "Hanok",
        "client_id": "maru",
        "secret": "s",
        "settings": {"server_url": "https://id.example.com"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    browser = open_in(browse, language)
    for path in ("/accounts/login/", "/accounts/signup/", "/accounts/oidc/oidc/login/"):
        page = browser.get(path)
        assert "Hanok" in page.content.decode()
        assert page.status_code == 200
    assert "Hanok" in open_in(browse, language, "alice").get("/accounts/3rdparty/").content.decode()


@pytest.mark.parametrize("name", ["400", "403", "429", "500"])
def test_error_pages(db: None, language: str, name: str) -> None:
    with translation.override(language):
        html = render_to_string(f"{name}.html")
    assert f'<html lang="{language}"' in html
    assert name in html
    if language == "ko":
        assert english_in(html) == []


def test_the_server_error_page_needs_no_request(settings: Settings) -> None:
    from django.views.defaults import server_error

    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert b"Something broke" in answer.content


def test_the_profile_s_language_counts_before_the_browser_s(alice: User, browse: Browse) -> None:
    browser = open_in(browse, "en", "alice")
    profile = {"display_name": "앨리스", "time_zone": "Asia/Seoul", "language": "ko"}
    assert browser.post("/settings/", profile).status_code == 302
    check(browser.get("/settings/"), "ko")
    browser.post("/accounts/logout/")
    check(browser.get("/accounts/login/"), "en")


def test_a_visitor_chooses_a_language(db: None, browse: Browse) -> None:
    browser = open_in(browse, "en")
    browser.post("/i18n/setlang/", {"language": "ko", "next": "/accounts/login/"})
    check(browser.get("/accounts/login/"), "ko")


def test_the_profile_is_changed(alice: User, browse: Browse) -> None:
    profile = {
        "display_name": "Alice 김",
        "status_emoji": "🌿",
        "status_text": "tea",
        "time_zone": "Europe/Paris",
        "language": "",
    }
    browser = browse("alice")
    assert browser.post("/settings/", profile).status_code == 302
    alice.refresh_from_db()
    assert {name: getattr(alice, name) for name in profile} == profile
    assert browser.post("/settings/", profile | {"time_zone": "Mars/Base"}).status_code == 200
    alice.refresh_from_db()
    assert alice.time_zone == "Europe/Paris"


def test_the_demo_hint_stands_only_where_the_demo_is(
    db: None, browse: Browse, settings: Settings
) -> None:
    settings.DEBUG = True
    assert b"maru-demo" not in browse().get("/accounts/login/").content
    User.objects.create_user("alice", password="maru-demo")
    assert b"maru-demo" in browse().get("/accounts/login/").content
    settings.DEBUG = False
    assert b"maru-demo" not in browse().get("/accounts/login/").content


@pytest.mark.parametrize("path", INSIDE)
def test_who_is_not_logged_in_is_sent_to_the_entrance(db: None, browse: Browse, path: str) -> None:
    answer = browse().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith(("/accounts/login/", "/"))
