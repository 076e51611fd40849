"""Texts that want to run as scripts, in every place where people's words are shown, in a real
browser: nothing runs, nothing opens, nothing is fetched from elsewhere, nothing is in the page that
people cannot have written in markdown."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.people import PageFor
from tests.security.payloads import PAYLOADS
from tests.servers import Worker

Channels = list[tuple[int, int]]

# Whoever calls these is caught, in frames too.
CATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "msgbox"])
  window[name] = () => { window.ran.push(name); };
"""

# Handlers that wait for somebody to come by are given what they wait for.
POKE = """
for (const element of document.querySelectorAll("*"))
  for (const name of ["mouseover", "focus", "blur", "toggle"])
    element.dispatchEvent(new Event(name, { bubbles: false }));
"""

FORBIDDEN = """() => {
  const found = [];
  const allowed = new Set(("a blockquote br code del em h1 h2 h3 h4 h5 h6 hr li ol p pre s span "
    + "strong table tbody td th thead tr ul").split(" "));
  const attributes = new Set("href target rel class start data-user style title lang".split(" "));
  for (const element of document.querySelectorAll(".message-body *")) {
    if (!allowed.has(element.localName)) found.push(element.outerHTML);
    for (const { name } of element.attributes)
      if (!attributes.has(name)) found.push(element.outerHTML);
  }
  const never = "iframe, object, embed, base, frame, applet, portal, meta[http-equiv=refresh]";
  for (const element of document.querySelectorAll(never)) found.push(element.outerHTML);
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const link = ["href", "src", "action", "formaction", "xlink:href", "data"].includes(name);
      if (link && /^[\\x00-\\x20]*((java|vb)script:|data:text)/i.test(value))
        found.push(element.outerHTML);
      if (name.startsWith("on") && /alert|confirm|prompt/.test(value))
        found.push(element.outerHTML);
    }
  }
  for (const link of document.querySelectorAll(".message-body a[href]"))
    if (!["http:", "https:", "mailto:"].includes(link.protocol)) found.push(link.outerHTML);
  for (const script of document.querySelectorAll("script"))
    if (script.src ? new URL(script.src).origin !== location.origin : /alert\\(/.test(script.text))
      if (script.type !== "application/json") found.push(script.outerHTML);
  return found;
}"""


@dataclass
class Watch:
    """What must not happen while a page is looked at."""

    page: Page
    home: str
    events: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.context.add_init_script(CATCH)
        self.page.on("dialog", self._dialog)
        self.page.on("popup", lambda popup: self.events.append(f"popup {popup.url}"))
        self.page.context.on("request", self._request)

    def _dialog(self, dialog: Any) -> None:
        self.events.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.home:
            self.events.append(f"request {request.url}")

    def look(self) -> None:
        self.page.evaluate(POKE)
        assert self.page.evaluate(FORBIDDEN) == []
        assert self.page.evaluate("window.ran") == []
        assert len(self.page.frames) == 1
        assert self.events == []


@pytest.fixture(scope="module")
def hostile() -> Iterator[tuple[Worker, Channels]]:
    worker = Worker()
    worker.manage("migrate", "--verbosity", "0")
    make = "from tests.security.hostile import make; make()"
    printed = worker.manage("shell", "--verbosity", "0", "--command", make)
    with worker:
        yield worker, json.loads(printed.strip().splitlines()[-1])


@pytest.fixture
def demo(hostile: tuple[Worker, Channels]) -> Worker:
    """Instead of the demo world."""
    return hostile[0]


@pytest.fixture
def channels(hostile: tuple[Worker, Channels]) -> Channels:
    return hostile[1]


@pytest.fixture
def watch(page_for: PageFor, demo: Worker) -> Watch:
    page = page_for("alice", user_agent="<img src=x onerror=alert(1)> Firefox/1")
    return Watch(page, urlsplit(demo.url).netloc)


def code_is_there(page: Page) -> None:
    """The first look has gone, which takes along what is put there."""
    expect(page.locator(".first-look")).to_have_count(0)
    page.locator("maru-chat .message-body").first.wait_for()


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len({*PAYLOADS}) >= 150


def test_what_people_write_runs_nowhere_on_the_chat_page(watch: Watch, channels: Channels) -> None:
    assert sum(count for _, count in channels) >= len(PAYLOADS)
    for channel, count in channels:
        watch.page.goto(f"/c/{channel}")
        watch.look()  # perhaps at the first look
        code_is_there(watch.page)
        expect(watch.page.locator(".message-body")).to_have_count(count)
        watch.look()


def test_names_run_nowhere_on_the_chat_page(watch: Watch, channels: Channels) -> None:
    watch.page.goto(f"/c/{channels[-1][0]}")
    code_is_there(watch.page)
    watch.page.get_by_role("button", name="Members").first.click()
    watch.page.get_by_role("complementary", name="Members").get_by_text("person1").first.wait_for()
    watch.look()


PAGES = [
    "/settings/",
    "/settings/tokens/",
    "/settings/sessions/",
    "/accounts/email/",
    "/admin/",
    "/admin/chat/message/",
    "/admin/chat/message/1/change/",
    "/admin/chat/message/?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/admin/chat/channel/",
    "/admin/chat/channel/1/change/",
    "/admin/chat/channel/1/history/",
    "/admin/chat/membership/",
    "/admin/accounts/user/",
    "/admin/accounts/user/1/change/",
    "/admin/accounts/user/?q=%22%3E%3Cimg+src=x+onerror=alert(1)%3E",
    "/admin/accounts/accesstoken/",
    "/admin/accounts/session/",
    "/admin/audit/entry/",
    "/admin/audit/entry/2/change/",
    "/accounts/reauthenticate/?next=javascript:alert(1)",
    "/nowhere/%3Cscript%3Ealert(1)%3C/script%3E",
]


def test_nothing_runs_on_other_pages(watch: Watch) -> None:
    for path in PAGES:
        answer = watch.page.goto(path)
        assert answer
        assert answer.status in ((404,) if path.startswith("/nowhere") else (200,)), path
        watch.look()


@pytest.mark.parametrize("name", ["img", "a"])
def test_the_check_can_fail(watch: Watch, channels: Channels, name: str) -> None:
    watch.page.goto(f"/c/{channels[0][0]}")
    code_is_there(watch.page)
    assert watch.page.evaluate(FORBIDDEN) == []
    watch.page.evaluate(
        """name => {
          const element = document.createElement(name);
          if (name === "a") element.setAttribute("href", "javascript:alert(1)");
          document.querySelector(".message-body").append(element);
        }""",
        name,
    )
    assert watch.page.evaluate(FORBIDDEN) != []


def test_the_browser_itself_would_refuse(new_page: PageFor) -> None:
    """Should the sanitiser fail: the policy of the page lets no markup in but Lit's, no script."""
    page = new_page()
    page.goto("/accounts/login/")
    made = """() => {
      try { document.body.innerHTML = "<img src=x onerror=window.ran=1>"; return "made"; }
      catch (error) { return error.name; }
    }"""
    assert page.evaluate(made) == "TypeError"
