"""Direct conversations and threads; what people know of each other: how far they have read, who is
away."""

import asyncio

import pytest

from accounts.models import User
from chat import wire
from tests.client import ProtocolError
from tests.door.conftest import Hall
from tests.door.people import People, is_a, watch_online


async def test_reading_moves_forward_and_tells_ones_other_sockets(
    people: People, hall: Hall
) -> None:
    for n in range(1, 5):
        await people.say(people.alice, str(n))
    tab = await hall.enter("bob")

    async def read(position: int, **more: bool) -> int:
        fields = {"channel": people.channel, "position": position, **more}
        return int((await people.bob.request("mark-read", **fields))["read_position"])

    assert await read(3) == 3
    told = {"channel": people.channel, "read_position": 3, "mention_count": 0}
    assert await tab.next_event("read-updated") == told
    assert await read(2) == 3
    assert await read(3) == 3
    await tab.prove_silence("read-updated")
    await people.bob.prove_silence("read-updated")
    assert await read(99) == 4
    await tab.next_event("read-updated")
    assert await read(1, force=True) == 1
    assert (await tab.next_event("read-updated"))["read_position"] == 1
    await people.alice.prove_silence("read-updated")
    ready = await (await hall.open()).login("bob")
    assert ready["channels"][0]["membership"]["read_position"] == 1


async def test_who_writes_has_read_so_far(people: People, hall: Hall) -> None:
    await people.say(people.alice, "a")
    await people.say(people.bob, "b")
    ready = await (await hall.open()).login("bob")
    [channel] = ready["channels"]
    assert (channel["last_position"], channel["membership"]["read_position"]) == (2, 2)


async def test_a_direct_conversation_is_one(people: People, alice: User, bob: User) -> None:
    opened = (await people.alice.request("open-direct", users=[bob.pk]))["channel"]
    is_a(wire.Channel, opened)
    told = await people.bob.next_event("channel-created")
    assert (told["id"], told["kind"], told["name"]) == (opened["id"], "direct", "")
    assert {member["username"] for member in told["members"]} == {"alice", "bob"}
    for users in ([alice.pk], [alice.pk, bob.pk]):
        again = (await people.bob.request("open-direct", users=users))["channel"]
        assert again["id"] == opened["id"]
    people.channel = opened["id"]
    said = await people.say(people.bob, "psst")
    assert await people.alice.next_event("new-message") == said
    with pytest.raises(ProtocolError, match="not-found"):
        await people.charlie.request("open-channel", channel=opened["id"])
    with pytest.raises(ProtocolError, match="forbidden"):
        await people.alice.request("leave-channel", channel=opened["id"])
    await people.charlie.prove_silence()


async def test_two_who_open_a_direct_conversation_at_once_meet(
    people: People, alice: User, bob: User
) -> None:
    replies = await asyncio.gather(
        people.alice.request("open-direct", users=[bob.pk]),
        people.bob.request("open-direct", users=[alice.pk]),
    )
    assert replies[0]["channel"]["id"] == replies[1]["channel"]["id"]


async def test_a_thread_is_followed_by_who_writes_and_shown_to_all(
    people: People, hall: Hall, bob: User
) -> None:
    root = await people.say(people.alice, "root")
    thread = (await people.bob.request("open-thread", message=root["id"]))["channel"]
    is_a(wire.Channel, thread)
    assert (thread["kind"], thread["parent"], thread["root_message"]) == (
        "thread",
        people.channel,
        root["id"],
    )
    again = (await people.alice.request("open-thread", message=root["id"]))["channel"]
    assert again["id"] == thread["id"]
    parent, people.channel = people.channel, thread["id"]
    reply = await people.say(people.bob, "reply")
    assert reply["channel"] == thread["id"]
    while (await people.alice.next_event("new-message"))["id"] != reply["id"]:
        pass
    opened = await people.alice.request("open-channel", channel=parent)
    summary = opened["messages"][0]["thread"]
    assert (summary["channel"], summary["reply_count"]) == (thread["id"], 1)
    assert summary["participants"] == [bob.pk]
    ready = await (await hall.open()).login("bob")
    assert {channel["id"] for channel in ready["channels"]} == {parent, thread["id"]}
    with pytest.raises(ProtocolError, match="not-found"):
        await people.charlie.request("open-channel", channel=thread["id"])
    with pytest.raises(ProtocolError, match="forbidden"):
        await people.bob.request("open-thread", message=reply["id"])


async def test_a_status_is_told_to_who_watches(people: People, alice: User) -> None:
    await watch_online(people.bob, alice.pk)
    changed = await people.alice.request("set-status", presence="away", emoji="☕", text=" tea ")
    assert changed["user"]["status"] == {"emoji": "☕", "text": "tea", "expires_at": None}
    assert changed["user"]["presence"] == "away"
    assert (await people.bob.next_event("user-away"))["user"] == alice.pk
    await people.alice.request("set-status", presence="auto", text="")
    assert (await people.bob.next_event("user-online"))["presence"] == "online"
    with pytest.raises(ProtocolError, match="invalid-data"):
        await people.alice.request("set-status", presence="offline")
