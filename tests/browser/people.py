"""What people do on the page, in their own words. Everything is found by its role and name."""

import itertools
import json
import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, WebSocketRoute, expect

_numbers = itertools.count(1)
PATIENCE_MS = 30_000
# What the page carries is there before.
CONNECTED = "() => document.querySelector('maru-chat').chat.connection.state.name === 'open'"
# The server carries out in order what one page asks for.
HEARD = "() => document.querySelector('maru-chat').chat.connection.request('ping', {})"
# The fonts are there, and what they have moved has been put back, which takes a frame.
AT_REST = """async () => {
  const frames = async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  };
  await frames();
  await document.fonts.ready;
  await frames();
}"""
# What this browser keeps.
STATE = """() => new Promise((resolve) => {
    const opening = indexedDB.open("maru");
    opening.onsuccess = () => {
      const state = opening.result.transaction("state").objectStore("state").getAll();
      state.onsuccess = () => resolve(JSON.stringify(state.result));
    };
})"""


def something_new(what: str) -> str:
    """A text that stands nowhere yet: all browser tests share one demo world."""
    return f"{what} {next(_numbers)}"


def go_to(page: Page, channel: str) -> None:
    sidebar = page.get_by_role("navigation", name="Channels")
    sidebar.get_by_role("link", name=re.compile(rf"^{re.escape(channel)}\b")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(channel)
    expect(messages(page)).to_have_attribute("aria-busy", "false")
    page.wait_for_function(CONNECTED)


def create_channel(page: Page, *, private: bool = False) -> str:
    name = something_new("room").replace(" ", "-")
    page.get_by_role("button", name="Create a channel").click()
    dialog = page.get_by_role("dialog", name="Create a channel")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Topic").fill("What it is about")
    if private:
        dialog.get_by_role("checkbox", name="Private").check()
    dialog.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return name


def composer(page: Page, channel: str = "#general") -> Locator:
    return page.get_by_role("textbox", name=f"Message {channel}")


def oneself(page: Page) -> Locator:
    """The button at the foot of the sidebar."""
    return page.get_by_role("region", name="You").get_by_role("button").first


def messages(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages")


def said(page: Page, text: str) -> Locator:
    """The message with this text."""
    return (
        messages(page)
        .get_by_role("article")
        .filter(has_text=re.compile(rf"{re.escape(text)}(?!\d)"))
    )


def is_told(page: Page, text: str) -> None:
    """The server has this message: others can find it."""
    expect(said(page, text)).not_to_have_class(re.compile("pending"))


def say(page: Page, text: str, channel: str = "#general") -> None:
    composer(page, channel).fill(text)
    composer(page, channel).press("Enter")


BAR = (
    "Add a reaction",
    "Reply with a quote",
    "Reply in a thread",
    "Save for later",
    "Saved",
    "React with 👍",
    "React with 🎉",
)


def act(page: Page, text: str, action: str) -> None:
    """Point at a message and press a button of its bar, or choose from the menu behind it."""
    message = said(page, text)
    # Another element takes the place of what is on its way.
    is_told(page, text)
    message.hover()
    if action in BAR:
        message.get_by_role("button", name=action, exact=True).click()
    else:
        message.get_by_role("button", name="More actions").click()
        message.get_by_role("menuitem", name=action, exact=True).click()


def until(page: Page, holds: str) -> None:
    """Waits for a promise of true. (`wait_for_function` takes the promise itself for true.)"""
    page.evaluate(
        f"""async (patience) => {{
        for (const end = Date.now() + patience; Date.now() < end;) {{
          if (await {holds}) return;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }}
        throw new Error("It did not become true in time.");
    }}""",
        3 * PATIENCE_MS,
    )


class Cable:
    """The page's way to the server, which can be pulled out and plugged in again.

    What `refused` names is not passed on, but answered with an error.
    """

    def __init__(self, page: Page) -> None:
        self.plugged_in = True
        self.refused = ""
        self.open: list[WebSocketRoute] = []
        page.route_web_socket(re.compile("/ws/chat/"), self._connect)

    def _connect(self, socket: WebSocketRoute) -> None:
        if not self.plugged_in:
            return socket.close(code=4000)
        server = socket.connect_to_server()
        self.open.append(socket)

        def pass_on(text: str | bytes) -> None:
            frame = json.loads(text)
            if frame["event"] == self.refused:
                error = {"code": "internal", "message": "", "incident": "1"}
                socket.send(json.dumps({"reply": frame["ref"], "error": error}))
            else:
                server.send(text)

        socket.on_message(pass_on)
        return None

    def pull(self) -> None:
        self.plugged_in = False
        for socket in self.open:
            socket.close(code=4000)
        self.open.clear()

    def plug_in(self) -> None:
        self.plugged_in = True


PageFor = Callable[..., Page]
