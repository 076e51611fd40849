"""What people do with documents, in their own words."""

import re
from typing import Any

from playwright.sync_api import CDPSession, Locator, Page, WebSocketRoute, expect

from tests.browser.people import something_new, until

# What others write beside the text is no part of it.
TEXT = """() => [...document.querySelectorAll(".paper .cm-line")].map((line) => {
  const copy = line.cloneNode(true);
  for (const caret of copy.querySelectorAll(".caret")) caret.remove();
  return copy.textContent;
}).join("\\n")"""


CONNECTED = """() => document.querySelector("maru-chat, maru-documents-page")
  ?.chat.connection.state.name === 'open'"""

# A text that is pasted is one change.
STORED = """document.querySelector("maru-documents-page").chat.connection
  .request("show-document", { document: %d }).then(({ document }) => document.version > 0)"""


def ask(page: Page, event: str, **data: Any) -> Any:
    """A request through the page's own socket."""
    page.wait_for_function(CONNECTED)
    element = page.locator("maru-chat, maru-documents-page")
    return element.evaluate(
        "(element, [event, data]) => element.chat.connection.request(event, data)", [event, data]
    )


def new_document(page: Page, text: str = "", channel: str = "general") -> int:
    """A document in that channel, with this text in it. The server has it: what is asked about it
    goes another way than the text, and may overtake it."""
    found = ask(page, "list-channels")["channels"]
    place = next(each["id"] for each in found if each["name"] == channel)
    title = something_new("Plan")
    document: int = ask(page, "create-document", channel=place, title=title)["document"]["id"]
    open_document(page, document)
    if text:
        write(page, text)
        until(page, STORED % document)
    return document


def open_document(page: Page, document: int) -> None:
    page.goto(f"/documents/{document}", wait_until="domcontentloaded")
    expect(paper(page)).to_have_attribute("contenteditable", "true")


def paper(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Text of the document")


def write(page: Page, text: str) -> None:
    """As if it was pasted where the caret is."""
    paper(page).focus()
    page.keyboard.insert_text(text)


def text_of(page: Page) -> str:
    text: str = page.evaluate(TEXT)
    return text


def expect_text(page: Page, text: str) -> None:
    page.wait_for_function(f"(text) => ({TEXT})() === text", arg=text)


def select(page: Page, text: str) -> None:
    """With the mouse, as far as a test has one."""
    line = paper(page).locator(".cm-line", has_text=text).first
    line.evaluate(
        """(line, text) => {
          const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(text);
            if (at < 0) continue;
            line.closest(".cm-content").focus();
            getSelection().setBaseAndExtent(
              walker.currentNode, at, walker.currentNode, at + text.length);
            return;
          }
        }""",
        text,
    )


def commented(page: Page) -> Locator:
    """The texts that comments are about."""
    return paper(page).locator(".commented")


def comment_on(page: Page, text: str, words: str) -> None:
    select(page, text)
    page.get_by_role("button", name="Comment", exact=True).first.click()
    page.get_by_role("textbox", name="Write a comment").fill(words)
    page.get_by_role("textbox", name="Write a comment").press("Enter")
    expect(page.get_by_role("article").filter(has_text=words)).to_be_visible()


def choose(page: Page, item: str) -> None:
    """Something of the document's menu."""
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name=item).click()


class Hangul:
    """Writes as an input method does: composing, not pressing letters."""

    def __init__(self, page: Page) -> None:
        paper(page).focus()
        self.session: CDPSession = page.context.new_cdp_session(page)

    def compose(self, *steps: str) -> None:
        for text in steps:
            at = {"selectionStart": len(text), "selectionEnd": len(text)}
            self.session.send("Input.imeSetComposition", {"text": text, **at})

    def commit(self, text: str) -> None:
        self.session.send("Input.insertText", {"text": text})


def expect_closed(page: Page) -> None:
    gone = "This document does not exist, or it is not open to you."
    expect(page.get_by_text(gone)).to_be_visible()


class Wire:
    """The way of a document's text to the server, which can be cut and mended."""

    def __init__(self, page: Page) -> None:
        self.is_cut = False
        self.open: list[WebSocketRoute] = []
        page.route_web_socket(re.compile("/ws/documents/"), self._connect)

    def _connect(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            return socket.close(code=4000)
        self.open.append(socket)
        socket.connect_to_server()
        return None

    def cut(self) -> None:
        self.is_cut = True
        for socket in self.open:
            socket.close(code=4000)
        self.open.clear()

    def mend(self) -> None:
        self.is_cut = False
