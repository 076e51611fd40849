"""A client that keeps channels as the protocol says: orders by version, drops what it has, and
catches up by `open-channel {since}`."""

from typing import Any

from tests.client import Client

CHANGES = {"new-message", "message-updated", "message-deleted"}


class View:
    """What one client holds of one channel."""

    def __init__(self) -> None:
        self.messages: dict[int, Any] = {}
        self.contiguous = 0
        self.ahead: set[int] = set()

    def take(self, message: Any) -> None:
        held = self.messages.get(message["id"])
        if held is None or held["version"] < message["version"]:
            self.messages[message["id"]] = message
        self.ahead.add(message["version"])
        self.advance(self.contiguous)

    def advance(self, version: int) -> None:
        self.contiguous = version
        while self.contiguous + 1 in self.ahead:
            self.contiguous += 1
        self.ahead = {later for later in self.ahead if later > self.contiguous}

    @property
    def in_order(self) -> list[Any]:
        return sorted(self.messages.values(), key=lambda message: message["position"])


class Reader:
    def __init__(self, *channels: int) -> None:
        self.views = {channel: View() for channel in channels}

    def take_events(self, client: Client) -> None:
        """Whatever has come so far."""
        for event, data in client.events:
            if event in CHANGES and data["channel"] in self.views:
                self.views[data["channel"]].take(data)
        client.events.clear()

    async def catch_up(self, client: Client) -> None:
        for channel, view in self.views.items():
            complete = False
            while not complete:
                since = view.contiguous
                opened = await client.request("open-channel", channel=channel, since=since)
                for message in opened["messages"]:
                    view.take(message)
                complete = opened["complete"]
                versions = [message["version"] for message in opened["messages"]]
                reached = [opened["channel"]["version"]] if complete else versions
                view.advance(max([since, *reached]))


async def fresh(client: Client, channel: int) -> list[Any]:
    """The whole channel, as somebody reads it who has never seen it."""
    messages: list[Any] = []
    has_after = True
    while has_after:
        page = await client.request("history", channel=channel, after=len(messages), limit=200)
        messages += page["messages"]
        has_after = page["has_after"]
    return messages
