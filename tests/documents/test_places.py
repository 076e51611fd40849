"""Programs without Yjs: the text through JSON, comments, named versions, beside stock clients."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from accounts.models import User
from chat.actions import memberships
from documents.actions import writing
from documents.batches import thread
from documents.models import Document
from documents.rooms import Rooms
from documents.yjs.press import Fell, press
from realtime.database import in_database
from realtime.worker import Worker
from tests.client import PATIENCE_SECONDS, Client, ProtocolError, connect
from tests.documents.conftest import Enter
from tests.documents.desk import Desk
from tests.documents.program import Program
from tests.documents.stock import Node, until
from tests.servers import Redis, Workers
from tests.serving import Address


@pytest.fixture
async def program(server: Address, desk: Desk) -> AsyncIterator[Callable[..., Any]]:
    async with AsyncExitStack() as stack:

        async def open_(name: str, url: str = server.socket_url) -> Program:
            client = await stack.enter_async_context(connect(url, token=desk.tokens[name]))
            await client.next_event("ready")
            program = Program(client, desk.document)
            await program.join()
            return program

        yield open_


async def test_both_kinds_edit_the_same_text(
    program: Callable[..., Any], enter: Enter, desk: Desk
) -> None:
    alice, bob = await program("alice"), await enter("bob")
    await bob.insert(0, "가😀나")
    await until(alice.read, "가😀나")
    await alice.change({"retain": 3}, {"insert": "é"}, {"delete": 1})
    await until(bob.text, "가😀é")
    await bob.insert(0, ">")
    await alice.change({"insert": "!"})
    assert await alice.read() in ("!>가😀é", ">!가😀é", "!가😀é")

    async def agree() -> bool:
        texts = {await alice.read(), await bob.text(), await in_database(desk.text)}
        return len(texts) == 1 and texts <= {"!>가😀é", ">!가😀é"}

    await until(agree, True)


async def test_a_change_from_an_old_base_is_told_the_text(program: Callable[..., Any]) -> None:
    alice, bob = await program("alice"), await program("bob")
    await alice.change({"insert": "one"})
    assert bob.version == 0
    with pytest.raises(ProtocolError) as conflict:
        await bob.client.request(
            "document-change", document=bob.document, base=0, ops=[{"insert": "two"}]
        )
    assert conflict.value.code == "conflict"
    assert (conflict.value.body["text"], conflict.value.body["version"]) == ("one", 1)


async def test_what_others_write_while_one_waits_for_an_answer_is_told_after_it(
    program: Callable[..., Any], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, change_text = await program("alice"), writing.change_text

    def change(author: User, **asked: Any) -> tuple[str, int]:
        """And then, before anybody is answered, Bob's."""
        try:
            return change_text(author, **asked)
        finally:
            writing.set_text(desk.bob, document_id=desk.document, text=f"{desk.text()}!")

    monkeypatch.setattr(writing, "change_text", change)
    await alice.change({"insert": "a"})
    await until(alice.read, "a!")
    with pytest.raises(ProtocolError, match="invalid-data"):
        await alice.client.request(
            "document-change", document=alice.document, base=2, ops=[{"delete": 3}]
        )
    await until(alice.read, "a!!")


async def test_what_could_not_be_read_when_it_changed_is_told_later(
    program: Callable[..., Any], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await program("alice")
    rooms, loop, tried = Rooms.of(Worker.of_loop()), asyncio.get_running_loop(), asyncio.Event()
    room = rooms.rooms[desk.document]

    def fail(document_id: int) -> None:
        loop.call_soon_threadsafe(tried.set)
        raise Fell

    with monkeypatch.context() as patch:
        patch.setattr("documents.rooms.text_of", fail)
        await in_database(writing.set_text, desk.bob, document_id=desk.document, text="가")
        async with asyncio.timeout(PATIENCE_SECONDS):
            await tried.wait()
        assert room.telling is not None
        with pytest.raises(Fell):
            await room.telling
    assert await alice.read() == ""
    await rooms.renew()
    await until(alice.read, "가")


@pytest.mark.parametrize(
    ("ops", "code"),
    [
        ([{"retain": 9}, {"delete": 1}], "invalid-data"),
        ([{"retain": 1}, {"insert": "x"}], "invalid-data"),  # inside 😀
        ([{"retain": 1, "insert": "x"}], "invalid-data"),
        ([{}], "invalid-data"),
        ([{"insert": ""}], "invalid-data"),
        ([], "invalid-data"),
    ],
)
async def test_wrong_steps(
    program: Callable[..., Any], ops: list[dict[str, Any]], code: str
) -> None:
    alice = await program("alice")
    await alice.change({"insert": "😀"})
    with pytest.raises(ProtocolError) as refused:
        await alice.client.request(
            "document-change", document=alice.document, base=alice.version, ops=ops
        )
    assert refused.value.code == code


async def test_cursors_go_to_the_others(program: Callable[..., Any]) -> None:
    alice, bob = await program("alice"), await program("bob")
    place = {"index": 3, "length": 1}
    await alice.client.request("cursor-move", document=alice.document, position=place)
    told = await bob.client.next_event("remote-cursor")
    assert (told["position"], told["user"]["username"]) == (place, "alice")
    await alice.client.prove_silence("remote-cursor")


async def test_cursors_go_between_programs_and_clients_of_yjs(
    program: Callable[..., Any], enter: Enter
) -> None:
    alice, writer = await program("alice"), await enter("bob")
    await writer.insert(0, "가😀나 three")
    await until(alice.read, "가😀나 three")
    await writer.call("point", **{"from": 5, "to": 3})
    told = await alice.client.next_event("remote-cursor")
    assert told["position"] == {"index": 3, "length": 2}
    assert told["user"]["username"] == "bob"
    await writer.call("point", **{"from": 10, "to": 10})
    told = await alice.client.next_event("remote-cursor")
    assert told["position"] == {"index": 10, "length": 0}

    place = {"index": 3, "length": 1}
    await alice.client.request("cursor-move", document=alice.document, position=place)
    await until(lambda: writer.call("pointed"), [["Alice", 3, 4]])
    await writer.insert(0, "앞 ")
    await until(lambda: writer.call("pointed"), [["Alice", 5, 6]])
    await alice.client.prove_silence("remote-cursor")
    await alice.client.request("leave-document", document=alice.document)
    await until(lambda: writer.call("pointed"), [])


async def test_who_comes_and_goes_is_told(program: Callable[..., Any]) -> None:
    alice = await program("alice")
    bob = await program("bob")
    joined = await alice.client.next_event("user-joined")
    assert (joined["document"], joined["user"]["username"]) == (alice.document, "bob")
    await bob.client.request("leave-document", document=bob.document)
    assert (await alice.client.next_event("user-left"))["user"]["username"] == "bob"
    await alice.change({"insert": "alone"})
    await bob.client.prove_silence("document-change")


async def is_a_thread(client: Client, comment: dict[str, Any], desk: Desk) -> None:
    """A channel like any other: read, unread, answered."""
    opened = await client.request("open-channel", channel=comment["thread"])
    assert [message["text"] for message in opened["messages"]] == [comment["text"]]
    assert opened["messages"][0]["mentions"] == [desk.alice.pk]
    assert opened["channel"]["membership"]["read_position"] == 0
    assert opened["channel"]["parent"] == desk.channel.pk


async def is_told_from_its_thread(author: Client, other: Client, comment: dict[str, Any]) -> None:
    """What is said, changed and taken back there is as good as here."""
    said = await author.request(
        "send-message", channel=comment["thread"], text="of 둘", client_id="t"
    )
    await author.request("edit-message", message=said["message"]["id"], text="of 셋")
    await author.request("delete-message", message=said["message"]["id"])
    told = [await other.next_event("comment-updated") for _ in range(3)]
    replies = [[r["text"] for r in each["comment"]["replies"]] for each in told]
    assert replies[-1] == ["because"]
    assert replies[0] in (["because", "of 둘"], ["because", "of 셋"], ["because"])


async def test_comments_keep_their_place_and_are_threads(
    program: Callable[..., Any], enter: Enter, desk: Desk
) -> None:
    alice, bob, writer = await program("alice"), await program("bob"), await enter("bob")
    await alice.change({"insert": "one 두😀셋 three"})
    made = await bob.client.request(
        "add-comment",
        document=bob.document,
        text="why @alice?",
        position={"index": 4, "length": 4},
    )
    comment = made["comment"]
    told = (await alice.client.next_event("new-comment"))["comment"]
    assert told == comment
    assert (comment["quote"], comment["text"]) == ("두😀셋", "why @alice?")

    await until(writer.text, "one 두😀셋 three")
    await writer.insert(0, "Now ")
    await until(alice.read, "Now one 두😀셋 three")
    again = await alice.join()
    assert again["comments"][0]["position"] == {"index": 8, "length": 4}

    await is_a_thread(alice.client, comment, desk)
    await alice.client.request("reply-comment", comment=comment["id"], text="because")
    reply = await bob.client.next_event("comment-updated")
    assert [r["text"] for r in reply["comment"]["replies"]] == ["because"]

    await is_told_from_its_thread(alice.client, bob.client, comment)
    shown = await bob.client.request("show-comment", thread=comment["thread"])
    assert shown["comment"]["quote"] == "두😀셋"
    with pytest.raises(ProtocolError, match="not-found"):
        await bob.client.request("show-comment", thread=desk.channel.pk)
    done = await bob.client.request("resolve-comment", comment=comment["id"])
    assert done["comment"]["resolved"]


async def test_a_version_is_restored_for_everybody(
    program: Callable[..., Any], enter: Enter
) -> None:
    alice, bob = await program("alice"), await enter("bob")
    await alice.change({"insert": "a\nb\nc\n"})
    named = await alice.client.request("name-version", document=alice.document, name="first")
    await until(bob.text, "a\nb\nc\n")
    await bob.insert(0, "x")
    await until(bob.text, "xa\nb\nc\n")
    await until(alice.read, "xa\nb\nc\n")
    listed = await alice.client.request("list-versions", document=alice.document)
    assert listed["versions"] == [named["version"]]
    shown = await alice.client.request("show-version", version=named["version"]["id"])
    assert shown["text"] == "a\nb\nc\n"
    await alice.client.request("restore-version", version=named["version"]["id"])
    await until(bob.text, "a\nb\nc\n")
    await until(alice.read, "a\nb\nc\n")


async def test_who_is_removed_is_told_nothing_more(program: Callable[..., Any], desk: Desk) -> None:
    alice, bob = await program("alice"), await program("bob")
    await in_database(
        memberships.remove_member, desk.alice, channel_id=desk.channel.pk, user_id=desk.bob.pk
    )
    await bob.client.next_event("user-left")
    await alice.change({"insert": "secret"})
    await bob.client.prove_silence("document-change")
    with pytest.raises(ProtocolError, match="not-found"):
        await bob.client.request("join-document", document=bob.document)


async def test_the_keeper_may_die(program: Callable[..., Any], enter: Enter) -> None:
    alice, bob = await program("alice"), await enter("bob")
    await alice.change({"insert": "before"})
    await until(bob.text, "before")
    await in_database(press.stop)
    await bob.insert(0, "x")
    await until(alice.read, await bob.text())
    await alice.change({"insert": "after "})
    await until(bob.text, alice.text)


async def test_over_two_workers(
    program: Callable[..., Any], node: Node, desk: Desk, workers: Workers, own_redis: Redis
) -> None:
    one, other = workers
    alice, bob = await program("alice", one.socket_url), await program("bob", other.socket_url)
    stock = await (await node.open(one.url, desk.document, desk.tokens["alice"])).synced()
    await stock.insert(0, "one ")
    await until(bob.read, "one ")
    await bob.change({"insert": "two "})
    await until(alice.read, "two one ")
    own_redis.kill()
    await bob.change({"insert": "three "})
    await until(alice.read, "three two one ")
    await until(stock.text, "three two one ")
    assert (await in_database(Document.objects.get)).version == 3


async def test_the_keeper_is_awake_before_the_first_document_is_opened(
    server: Address, desk: Desk
) -> None:
    press.stop()
    async with connect(server.socket_url) as client:
        await client.login("bob")
        await client.request("list-channels")
        assert press.process is None
        await client.request("list-documents")
        await asyncio.wrap_future(thread.submit(lambda: None))  # one after the other
        assert press.process is not None
