"""Korean typed with a real input method's events."""

from playwright.sync_api import CDPSession, Locator, Page


class Hangul:
    """Types into a field as an input method does: composing, not pressing letters."""

    def __init__(self, page: Page, field: Locator) -> None:
        field.focus()
        self.session: CDPSession = page.context.new_cdp_session(page)

    def compose(self, *steps: str) -> None:
        for text in steps:
            end = len(text)
            selection = {"selectionStart": end, "selectionEnd": end}
            self.session.send("Input.imeSetComposition", {"text": text, **selection})

    def commit(self, text: str) -> None:
        self.session.send("Input.insertText", {"text": text})

    def enter_while_composing(self) -> None:
        """The input method takes the key: 229 is all that the page is told."""
        self._key("rawKeyDown", key="Process", windowsVirtualKeyCode=229)

    def enter(self) -> None:
        self._key("keyDown", key="Enter", windowsVirtualKeyCode=13, text="\r")

    def release(self) -> None:
        self._key("keyUp", key="Enter", windowsVirtualKeyCode=13)

    def _key(self, kind: str, **values: object) -> None:
        self.session.send("Input.dispatchKeyEvent", {"type": kind, "code": "Enter", **values})
