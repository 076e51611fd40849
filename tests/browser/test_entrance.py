"""The pages around the chat, in a real browser under the real content security policy."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.servers import PROJECT, Worker

AXE = PROJECT / "node_modules/axe-core/axe.min.js"
PASSWORD = "a-quiet-hall-42"
PAGES = [
    "/accounts/login/",
    "/accounts/signup/",
    "/settings/",
    "/settings/sessions/",
    "/settings/tokens/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/password/change/",
]


@pytest.fixture
def newcomer(new_page: Callable[..., Page], demo: Worker) -> Callable[..., Page]:
    """newcomer(): the browser of somebody who has just signed up. On `localhost`, since a passkey
    belongs to a name and not to an address."""

    def sign_up(**options: object) -> Page:
        page = new_page(**options)
        base = demo.url.replace("127.0.0.1", "localhost")
        name = f"guest{uuid4().hex[:8]}"
        page.goto(f"{base}/accounts/signup/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Email").fill(f"{name}@example.com")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Create the account").click()
        page.wait_for_url(f"{base}/")
        return page

    return sign_up


def go(page: Page, path: str) -> None:
    """Within the host that the page is on."""
    page.goto(page.evaluate("location.origin") + path)


def test_a_passkey_is_made_and_then_opens_the_door_alone(newcomer: Callable[..., Page]) -> None:
    page = newcomer()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    go(page, "/accounts/2fa/webauthn/add/")
    page.get_by_label("Name").fill("Blue key")
    page.get_by_label("Log in with it alone").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    go(page, "/accounts/2fa/webauthn/")
    expect(page.get_by_text("Blue key")).to_be_visible()

    go(page, "/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Log out").click()
    page.wait_for_url("**/accounts/login/")  # loaded whole: the button's script comes after it
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url(lambda url: url.endswith("/") and "/accounts/" not in url)


def test_a_picture_is_chosen_and_there(newcomer: Callable[..., Page], tmp_path: Path) -> None:
    page = newcomer()
    picture = tmp_path / "me.png"
    Image.new("RGB", (40, 40), "#2b6b57").save(picture)
    go(page, "/settings/")
    page.get_by_label("Choose a picture").set_input_files(picture)
    expect(page.get_by_text("Your new picture is in place.")).to_be_visible()
    page.wait_for_function("document.querySelector('.avatar img')?.naturalWidth === 256")


def test_a_token_is_copied(newcomer: Callable[..., Page]) -> None:
    page = newcomer(permissions=["clipboard-read", "clipboard-write"])
    go(page, "/settings/tokens/")
    page.get_by_label("What is it for?").fill("bot")
    with page.expect_navigation():  # loaded whole: the button's script comes after it
        page.get_by_role("button", name="Create").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("maru_")


def test_a_password_is_shown_and_hidden(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/accounts/login/")
    field = page.get_by_label("Password")
    field.fill("secret")
    page.get_by_role("button", name="Show").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide").click()
    expect(field).to_have_attribute("type", "password")
    expect(field).to_have_value("secret")


def test_sign_up_learns_the_time_zone(newcomer: Callable[..., Page]) -> None:
    page = newcomer(timezone_id="Europe/Lisbon")
    go(page, "/settings/")
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Lisbon")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit_a_telephone(
    newcomer: Callable[..., Page], new_page: Callable[..., Page], scheme: str
) -> None:
    inside = newcomer(color_scheme=scheme, viewport={"width": 360, "height": 740})
    outside = new_page(color_scheme=scheme, viewport={"width": 360, "height": 740})
    outside.goto("/accounts/login/")
    for path in PAGES:
        page = outside if path in PAGES[:2] else inside
        go(page, path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run().then(found => found.violations)")
        assert not found, (path, [(one["id"], one["nodes"][0]["html"]) for one in found])
