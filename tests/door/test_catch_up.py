"""After any disturbance a client that has caught up holds exactly what a fresh read returns.

Two people write at the same time; a third reads, loses the line at any moment, and comes back."""

import asyncio
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from chat.requests import commands
from realtime.consumer import SocketConsumer
from realtime.limits import Limit
from tests.client import Client, ProtocolError
from tests.door.conftest import Hall
from tests.door.reader import Reader, fresh

EXAMPLES = 12

names = count(1)

ACTS = ("send", "send", "reply", "edit", "delete", "react", "unreact")
WRITING = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 50)), max_size=6)
# What both write, and what happens to the reader meanwhile.
PHASES = st.lists(
    st.tuples(WRITING, WRITING, st.sampled_from(["stays", "drops", "returns"])),
    min_size=1,
    max_size=6,
)


class Place:
    """A channel with a thread, and the messages in both that can be changed."""

    def __init__(self, channel: int, thread: int, root: int) -> None:
        self.channel, self.thread = channel, thread
        self.messages = [root]

    @classmethod
    async def make(cls, owner: Client, members: list[int]) -> "Place":
        fields = {"kind": "private", "name": f"room {next(names)}", "members": members}
        channel = (await owner.request("create-channel", **fields))["channel"]["id"]
        fields = {"channel": channel, "text": "root", "client_id": f"{next(names)}"}
        root = (await owner.request("send-message", **fields))["message"]["id"]
        thread = (await owner.request("open-thread", message=root))["channel"]["id"]
        return cls(channel, thread, root)

    async def write(self, client: Client, writing: list[tuple[str, int]]) -> None:
        for act, choice in writing:
            try:
                await self.act(client, act, choice)
            except ProtocolError as error:
                # Another's message, or one that has just been deleted.
                if error.code not in {"conflict", "forbidden"}:
                    raise

    async def act(self, client: Client, act: str, choice: int) -> None:
        message = self.messages[choice % len(self.messages)]
        emoji = "👍🎉"[choice % 2]
        if act in {"send", "reply"}:
            place = self.channel if act == "send" else self.thread
            fields = {"channel": place, "text": f"say {choice}", "client_id": f"{next(names)}"}
            said = await client.request("send-message", **fields)
            self.messages.append(said["message"]["id"])
        elif act == "edit":
            await client.request("edit-message", message=message, text=f"edited {choice}")
        elif act == "delete":
            await client.request("delete-message", message=message)
        else:
            request = "add-reaction" if act == "react" else "remove-reaction"
            await client.request(request, message=message, emoji=emoji)


class Line:
    """The reader's line, which breaks and is opened again."""

    def __init__(self, hall: Hall, reader: Reader) -> None:
        self.hall, self.reader = hall, reader
        self.client: Client | None = None

    async def drop(self) -> None:
        if self.client is not None:
            self.reader.take_events(self.client)
            self.client.drop()
            self.client = None

    async def open(self) -> Client:
        if self.client is None:
            self.client = await self.hall.enter("charlie")
            await self.reader.catch_up(self.client)
        return self.client

    async def meanwhile(self, what: str) -> None:
        await (self.drop() if what == "drops" else self.open())


@pytest.fixture(autouse=True)
def _no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands.by_name["send-message"], "limit", None)
    monkeypatch.setattr(SocketConsumer, "flood", Limit(1_000_000, 1_000_000))
    monkeypatch.setattr("chat.queries.opening.CATCH_UP_LIMIT", 3)


@pytest.fixture
async def writers(hall: Hall, alice: User, bob: User, charlie: User) -> list[Client]:
    return [await hall.enter("alice"), await hall.enter("bob")]


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(phases=PHASES)
async def test_whoever_has_caught_up_holds_what_a_fresh_read_returns(
    hall: Hall, writers: list[Client], bob: User, charlie: User, phases: Any
) -> None:
    place = await Place.make(writers[0], [bob.pk, charlie.pk])
    reader = Reader(place.channel, place.thread)
    line = Line(hall, reader)
    await (await line.open()).request("open-thread", message=place.messages[0])
    for first, second, what in phases:
        await asyncio.gather(
            place.write(writers[0], first), place.write(writers[1], second), line.meanwhile(what)
        )
    client = await line.open()
    await client.request("ping")
    reader.take_events(client)
    for channel, view in reader.views.items():
        truth = await fresh(writers[1], channel)
        assert not view.ahead, "a gap that nothing closed"
        assert view.in_order == truth
        assert [message["position"] for message in truth] == list(range(1, len(truth) + 1))
        opened = await writers[0].request("open-channel", channel=channel)
        assert opened["messages"] == truth[-50:]
    await line.drop()


async def test_a_hundred_changes_behind(
    hall: Hall, writers: list[Client], bob: User, charlie: User
) -> None:
    place = await Place.make(writers[0], [bob.pk, charlie.pk])
    reader = Reader(place.channel, place.thread)
    line = Line(hall, reader)
    await line.open()
    await line.drop()
    acts = [(ACTS[n % len(ACTS)], n) for n in range(50)]
    await asyncio.gather(*(place.write(writer, acts) for writer in writers))
    await line.open()
    for channel, view in reader.views.items():
        assert view.in_order == await fresh(writers[0], channel)
