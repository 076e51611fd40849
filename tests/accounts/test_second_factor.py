"""The authenticator app and its recovery codes, through the pages."""

import base64
import hmac
import importlib
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.sealing import SealedMFAAdapter
from tests.accounts.conftest import Browse
from tests.client import PASSWORD

pytestmark = pytest.mark.usefixtures("standing_clock")


def code_of(secret: str) -> str:
    """RFC 6238, from the standard and not from the library that is tested."""
    moment = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), moment, "sha1").digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def set_up(browser: Client) -> tuple[str, list[str]]:
    page = browser.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    answer = browser.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.context["form"].errors
    page = browser.get("/accounts/2fa/recovery-codes/")
    found = re.search(
        r'<pre class="codes" id="recovery_codes">(.*?)</pre>', page.content.decode(), re.S
    )
    assert found
    return secret, found[1].split()


def first_step(browser: Client) -> None:
    answer = browser.post("/accounts/login/", {"login": "alice", "password": PASSWORD})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert browser.get("/settings/").status_code == 302


def test_log_in_asks_for_the_code(alice: User, browse: Browse) -> None:
    secret, _ = set_up(browse("alice"))
    cache.clear()  # a code counts once, and this one was used to set up
    browser = browse()
    first_step(browser)
    page = browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "code" in page.context["form"].errors
    answer = browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert answer["Location"] == "/"
    assert browser.get("/settings/").status_code == 200


def test_a_code_counts_once(alice: User, browse: Browse) -> None:
    secret, _ = set_up(browse("alice"))
    cache.clear()
    code = code_of(secret)
    answers = []
    for _ in range(2):
        browser = browse()
        first_step(browser)
        answers.append(browser.post("/accounts/2fa/authenticate/", {"code": code}).status_code)
    assert answers == [302, 200]


def test_a_recovery_code_counts_once(alice: User, browse: Browse) -> None:
    _, codes = set_up(browse("alice"))
    assert len(codes) == 10
    answers = []
    for _ in range(2):
        browser = browse()
        first_step(browser)
        answers.append(browser.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code)
    assert answers == [302, 200]


def test_turning_it_off_leaves_the_password(alice: User, browse: Browse) -> None:
    browser = browse("alice")
    set_up(browser)
    assert browser.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert browse("alice").get("/settings/").status_code == 200


def test_passkeys_are_offered_to_the_browser(alice: User, browse: Browse) -> None:
    page = browse("alice").get("/accounts/2fa/webauthn/add/")
    options = page.context["js_data"]["creation_options"]["publicKey"]
    assert options["rp"]["id"] == "testserver"
    assert (
        browse().get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"}).json()
    )


def test_what_is_stored_gives_nobody_the_codes(
    alice: User, browse: Browse, settings: Settings
) -> None:
    secret, _ = set_up(browse("alice"))
    [row] = Authenticator.objects.filter(type="totp")
    assert secret not in str(row.data)
    assert SealedMFAAdapter().decrypt(row.data["secret"]) == secret

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key, after the old one was seen by somebody"
    cache.clear()
    browser = browse()
    first_step(browser)
    answer = browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert answer["Location"] == "/"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        SealedMFAAdapter().decrypt(row.data["secret"])


def test_what_was_stored_in_the_clear_is_sealed(alice: User) -> None:
    migration = importlib.import_module("accounts.migrations.0004_seal_second_factors")
    for kind, data in (("totp", {"secret": "ABC"}), ("recovery_codes", {"seed": "def"})):
        Authenticator.objects.create(user=alice, type=kind, data=data)
    migration.seal(apps, None)
    assert not {"ABC", "def"} & {
        str(v) for r in Authenticator.objects.all() for v in r.data.values()
    }
    migration.open_again(apps, None)
    assert Authenticator.objects.get(type="recovery_codes").data == {"seed": "def"}
