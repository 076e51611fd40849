"""The authenticator app and its recovery codes, through the pages."""

import base64
import hmac
import re
import struct
import time

from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import Browse
from tests.client import PASSWORD


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
