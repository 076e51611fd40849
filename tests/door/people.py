"""Alice, Bob and Charlie at their sockets, and a look at what they get."""

import json
from typing import Any

from realtime.frames import Frame
from tests.client import Client


def is_a(frame: type[Frame], data: Any) -> Any:
    """The data, after a look whether it is exactly what the type says."""
    assert frame.model_validate_json(json.dumps(data)).model_dump(mode="json") == data
    return data


class People:
    """Alice and Bob are in the channel, Charlie is not."""

    def __init__(self, alice: Client, bob: Client, charlie: Client, channel: int) -> None:
        self.alice, self.bob, self.charlie, self.channel = alice, bob, charlie, channel

    async def say(self, client: Client, client_id: str, text: str = "hi", **more: Any) -> Any:
        fields = {"channel": self.channel, "text": text, "client_id": client_id, **more}
        return (await client.request("send-message", **fields))["message"]


async def watch_online(watcher: Client, *user_ids: int) -> None:
    """Watches people who have come in, until each is known to be here: that is told a moment after
    they are ready."""
    states = (await watcher.request("watch-presence", users=list(user_ids)))["presence"]
    coming = {pk for pk in user_ids if states[str(pk)]["presence"] != "online"}
    while coming:
        coming.discard((await watcher.next_event("user-online"))["user"])
