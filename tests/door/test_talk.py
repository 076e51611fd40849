"""Talking through the socket: what the asker, the others and the outsiders get."""

import asyncio
import json
import unicodedata
from typing import Any

import pytest

from chat import requests, wire
from chat.models import Message
from realtime.database import in_database
from realtime.limits import Limit
from tests.client import ProtocolError
from tests.door.conftest import Hall
from tests.door.people import People, is_a


async def test_what_one_says_everybody_in_the_channel_gets(people: People) -> None:
    message = is_a(wire.Message, await people.say(people.alice, "a", "**hi**"))
    assert (message["position"], message["version"], message["client_id"]) == (1, 1, "a")
    assert message["html"] == "<p><strong>hi</strong></p>"
    for client in (people.alice, people.bob):
        assert await client.next_event("new-message") == message
    for client in (people.alice, people.bob, people.charlie):
        await client.prove_silence()


async def test_text_is_composed_and_ids_are_kept_as_they_are(people: People) -> None:
    decomposed = unicodedata.normalize("NFD", "안녕 é")
    message = await people.say(people.alice, decomposed, decomposed)
    assert message["text"] == "안녕 é"
    assert message["client_id"] == decomposed


async def test_the_same_client_id_from_three_sockets_is_one_message(
    people: People, hall: Hall
) -> None:
    sockets = [people.alice, await hall.enter("alice"), await hall.enter("alice")]
    replies = await asyncio.gather(*(people.say(each, "once") for each in sockets))
    assert replies[0] == replies[1] == replies[2]
    again = await people.say(people.alice, "once", "something else")
    assert again == replies[0]
    assert await people.bob.next_event("new-message") == replies[0]
    await people.bob.prove_silence()
    assert await in_database(Message.objects.count) == 1
    other = await people.say(people.bob, "once")
    assert other["id"] != replies[0]["id"]


async def test_pipelined_sends_keep_their_order(people: People) -> None:
    fields = {"channel": people.channel, "text": "hi"}
    refs = [await people.alice.send("send-message", client_id=str(n), **fields) for n in range(25)]
    replies = [(await people.alice.reply_to(ref))["message"] for ref in refs]
    assert [(m["position"], m["client_id"]) for m in replies] == [
        (n + 1, str(n)) for n in range(25)
    ]
    heard = [(await people.bob.next_event("new-message"))["position"] for _ in range(25)]
    assert heard == list(range(1, 26))


async def test_what_follows_a_pipelined_send_sees_it(people: People) -> None:
    fields = {"channel": people.channel, "text": "hi"}
    for n in range(5):
        await people.alice.send("send-message", client_id=str(n), **fields)
    page = await people.alice.request("history", channel=people.channel)
    assert [message["client_id"] for message in page["messages"]] == ["0", "1", "2", "3", "4"]


async def test_one_bad_send_among_good_ones_fails_alone(people: People) -> None:
    fields = {"text": "hi"}
    good = await people.alice.send("send-message", client_id="a", channel=people.channel, **fields)
    lost = await people.alice.send("send-message", client_id="b", channel=10**9, **fields)
    wrong = await people.alice.send(
        "send-message", client_id="c", channel=people.channel, reply_to=10**9, **fields
    )
    last = await people.alice.send("send-message", client_id="d", channel=people.channel, **fields)
    assert (await people.alice.reply_to(good))["message"]["position"] == 1
    with pytest.raises(ProtocolError, match="not-found"):
        await people.alice.reply_to(lost)
    with pytest.raises(ProtocolError, match="invalid-data") as refused:
        await people.alice.reply_to(wrong)
    assert list(refused.value.fields) == ["reply_to"]
    assert (await people.alice.reply_to(last))["message"]["position"] == 2


async def test_sends_are_limited_per_user_over_all_sockets(
    people: People, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests.commands.by_name["send-message"], "limit", Limit(0.001, 2))
    second = await hall.enter("alice")
    await people.say(people.alice, "a")
    await people.say(second, "b")
    with pytest.raises(ProtocolError, match="rate-limited") as refused:
        await people.say(people.alice, "c")
    assert (refused.value.retry_after or 0) > 1
    await people.say(people.bob, "d")


async def test_a_failed_request_without_ref_is_told_as_an_event(people: People) -> None:
    frame = {"event": "send-message", "data": {"channel": people.channel}}
    await people.alice.send_text(json.dumps(frame))
    error = await people.alice.next_event("error")
    assert (error["event"], error["code"]) == ("send-message", "invalid-data")
    assert set(error["fields"]) == {"text", "client_id"}
    fields = {"channel": people.channel, "text": "hi", "client_id": "a"}
    await people.alice.send_text(json.dumps({"event": "send-message", "data": fields}))
    assert (await people.bob.next_event("new-message"))["client_id"] == "a"
    await people.alice.prove_silence("error")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", " \n\t "),
        ("text", "x" * 20_001),
        ("text", None),
        ("client_id", ""),
        ("client_id", "x" * 65),
        ("client_id", "\x00"),
        ("channel", 0),
        ("channel", 2**63),
        ("channel", "1"),
        ("channel", 1.0),
        ("reply_to", -1),
    ],
)
async def test_a_wrong_field_is_named(people: People, field: str, value: Any) -> None:
    fields: dict[str, Any] = {"channel": people.channel, "text": "hi", "client_id": "a"}
    with pytest.raises(ProtocolError, match="invalid-data") as refused:
        await people.alice.request("send-message", **{**fields, field: value})
    assert list(refused.value.fields) == [field]
    await people.bob.prove_silence()


@pytest.mark.parametrize("event", ["search", "pin-channel", "", "Ping", "가"])
async def test_what_nobody_knows_is_an_unknown_event(people: People, event: str) -> None:
    with pytest.raises(ProtocolError, match="unknown-event"):
        await people.alice.request(event)


async def test_a_message_changes_and_everybody_sees_it(people: People) -> None:
    message = await people.say(people.alice, "a", "first")
    ref = {"message": message["id"]}
    steps = [
        ("edit-message", {"text": "second"}, "message-updated"),
        ("add-reaction", {"emoji": "👍"}, "message-updated"),
        ("remove-reaction", {"emoji": "👍"}, "message-updated"),
        ("delete-message", {}, "message-deleted"),
    ]
    for version, (request, data, event) in enumerate(steps, start=2):
        changed = (await people.alice.request(request, **ref, **data))["message"]
        assert (changed["version"], changed["position"]) == (version, 1)
        assert await people.bob.next_event(event) == is_a(wire.Message, changed)
    assert (changed["deleted"], changed["text"], changed["html"]) == (True, "", "")
    await people.bob.prove_silence("message-updated", "message-deleted")
    await people.charlie.prove_silence()


async def test_what_changes_nothing_is_not_told(people: People) -> None:
    message = await people.say(people.alice, "a", "first")
    ref = {"message": message["id"]}
    await people.bob.next_event("new-message")
    await people.alice.request("edit-message", text="first", **ref)
    await people.alice.request("remove-reaction", emoji="👍", **ref)
    await people.bob.prove_silence()
    await people.alice.request("delete-message", **ref)
    await people.alice.request("delete-message", **ref)
    await people.bob.next_event("message-deleted")
    await people.bob.prove_silence()
    for request in ("edit-message", "add-reaction"):
        with pytest.raises(ProtocolError, match="conflict"):
            await people.alice.request(request, text="x", emoji="👍", **ref)


async def test_history_turns_pages(people: People) -> None:
    for n in range(1, 8):
        await people.say(people.alice, str(n))

    async def page(**place: int) -> tuple[list[int], bool, bool]:
        data = await people.bob.request("history", channel=people.channel, **place)
        is_a(wire.MessagePage, data)
        positions = [message["position"] for message in data["messages"]]
        return positions, data["has_before"], data["has_after"]

    assert await page(limit=3) == ([5, 6, 7], True, False)
    assert await page(limit=3, before=5) == ([2, 3, 4], True, True)
    assert await page(limit=3, before=2) == ([1], False, True)
    assert await page(limit=3, after=5) == ([6, 7], True, False)
    assert await page(limit=3, around=4) == ([3, 4, 5], True, True)
    assert await page(after=0, limit=200) == ([1, 2, 3, 4, 5, 6, 7], False, False)
    largest = 2**63 - 1
    for place in ("before", "after", "around"):
        await page(**{place: largest})
    with pytest.raises(ProtocolError, match="invalid-data"):
        await page(before=1, after=1)


async def test_catching_up_is_complete_or_says_so(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.queries.opening.CATCH_UP_LIMIT", 2)
    for n in range(1, 4):
        await people.say(people.alice, str(n))

    async def since(version: int) -> tuple[list[int], bool]:
        data = await people.bob.request("open-channel", channel=people.channel, since=version)
        is_a(wire.ChannelOpened, data)
        return [message["version"] for message in data["messages"]], data["complete"]

    assert await since(0) == ([1, 2], False)
    assert await since(1) == ([2, 3], True)
    assert await since(3) == ([], True)
    assert await since(99) == ([], True)
