"""What happens at once: coming and going in channels, typing, presence."""

from collections.abc import Callable

import pytest

from accounts.models import User
from chat import requests
from chat.models import Channel
from realtime import presence
from realtime.worker import Worker
from tests.client import Client, ProtocolError
from tests.door.conftest import Hall


async def say(client: Client, channel: int, client_id: str) -> None:
    await client.request("send-message", channel=channel, text="hi", client_id=client_id)


async def test_who_leaves_gets_nothing_more_and_finds_nothing(hall: Hall, general: Channel) -> None:
    alice, bob, tab = [await hall.enter(name) for name in ("alice", "bob", "bob")]
    left = await bob.request("leave-channel", channel=general.pk)
    assert left["channel"]["membership"] is None
    for client in (alice, bob, tab):
        change = await client.next_event("user-left")
        assert (change["channel"], change["user"]["username"]) == (general.pk, "bob")
        assert change["member_count"] == 1
    await say(alice, general.pk, "late")
    for client in (bob, tab):
        await client.prove_silence()
        with pytest.raises(ProtocolError, match="not-found"):
            await client.request("open-channel", channel=general.pk, since=0)


async def test_who_is_removed_loses_the_threads_too(
    hall: Hall, general: Channel, bob: User
) -> None:
    owner, member = await hall.enter("alice"), await hall.enter("bob")
    await say(owner, general.pk, "root")
    root = await member.next_event("new-message")
    thread = (await member.request("open-thread", message=root["id"]))["channel"]["id"]
    await say(member, thread, "reply")
    await owner.request("remove-member", channel=general.pk, user=bob.pk)
    left = {(await member.next_event("user-left"))["channel"] for _ in range(2)}
    assert left == {general.pk, thread}
    await member.request("ping")
    member.events.clear()
    await say(owner, general.pk, "late")
    await say(owner, thread, "late too")
    await owner.request("edit-message", message=root["id"], text="changed")
    await member.prove_silence()
    for channel in (general.pk, thread):
        with pytest.raises(ProtocolError, match="not-found"):
            await member.request("open-channel", channel=channel)


async def test_who_is_added_is_told_and_hears_at_once(
    hall: Hall, general: Channel, charlie: User
) -> None:
    alice, bob, newcomer = [await hall.enter(name) for name in ("alice", "bob", "charlie")]
    await say(alice, general.pk, "before")
    await bob.request("add-member", channel=general.pk, user=charlie.pk)
    told = await newcomer.next_event("channel-updated")
    assert (told["id"], told["membership"]["role"]) == (general.pk, "member")
    assert told["membership"]["read_position"] == told["last_position"] == 1
    assert (await alice.next_event("user-joined"))["user"]["username"] == "charlie"
    await say(alice, general.pk, "after")
    assert (await newcomer.next_event("new-message"))["client_id"] == "after"
    await newcomer.prove_silence()


async def test_a_public_channel_is_shown_to_everybody_and_joined(
    hall: Hall, alice: User, charlie: User
) -> None:
    owner, outsider = await hall.enter("alice"), await hall.enter("charlie")
    fields = {"kind": "public", "name": "마당", "topic": "여기"}
    channel = (await owner.request("create-channel", **fields))["channel"]
    shown = await outsider.next_event("channel-created")
    assert (shown["id"], shown["membership"]) == (channel["id"], None)
    assert (await owner.next_event("channel-created"))["membership"]["role"] == "owner"
    await say(owner, channel["id"], "unheard")
    await outsider.prove_silence()
    joined = (await outsider.request("join-channel", channel=channel["id"]))["channel"]
    assert joined["membership"]["role"] == "member"
    assert (await owner.next_event("user-joined"))["member_count"] == 2
    again = (await outsider.request("join-channel", channel=channel["id"]))["channel"]
    assert again == joined
    await say(owner, channel["id"], "heard")
    assert (await outsider.next_event("new-message"))["client_id"] == "heard"
    await owner.prove_silence("user-joined")


async def test_a_new_private_channel_is_told_to_its_members_only(
    hall: Hall, alice: User, bob: User, charlie: User
) -> None:
    owner, member, outsider = [await hall.enter(name) for name in ("alice", "bob", "charlie")]
    fields = {"kind": "private", "name": "뒷방", "members": [bob.pk]}
    channel = (await owner.request("create-channel", **fields))["channel"]["id"]
    assert (await member.next_event("channel-created"))["id"] == channel
    await say(owner, channel, "a")
    await member.next_event("new-message")
    await outsider.prove_silence()
    with pytest.raises(ProtocolError, match="conflict"):
        await outsider.request("create-channel", kind="public", name="뒷방")


async def test_a_changed_channel_is_told_to_each_with_their_own_membership(
    hall: Hall, general: Channel
) -> None:
    owner, member, outsider = [await hall.enter(name) for name in ("alice", "bob", "charlie")]
    await owner.request("update-channel", channel=general.pk, topic="new")
    for client, role in ((owner, "owner"), (member, "member")):
        told = await client.next_event("channel-updated")
        assert (told["topic"], told["membership"]["role"]) == ("new", role)
    await outsider.prove_silence()


# --- typing ---


async def test_typing_is_told_to_the_others_and_not_too_often(
    hall: Hall, general: Channel, move_clock: Callable[[float], None]
) -> None:
    alice, tab, bob, charlie = [
        await hall.enter(name) for name in ("alice", "alice", "bob", "charlie")
    ]
    assert await alice.request("typing", channel=general.pk) == {}
    told = await bob.next_event("user-typing")
    assert (told["channel"], told["active"]) == (general.pk, True)
    assert told["user"]["username"] == "alice"
    for client in (alice, tab, charlie):
        await client.prove_silence()
    with pytest.raises(ProtocolError, match="rate-limited"):
        await tab.request("typing", channel=general.pk)
    move_clock(1)
    await alice.request("typing", channel=general.pk)
    await bob.prove_silence()
    await alice.request("typing", channel=general.pk, active=False)
    assert (await bob.next_event("user-typing"))["active"] is False
    move_clock(requests.registry.TYPING_SHOWN_SECONDS)
    await alice.request("typing", channel=general.pk)
    assert (await bob.next_event("user-typing"))["active"] is True


async def test_typing_where_one_is_not_is_not_found(hall: Hall, general: Channel) -> None:
    charlie, bob = await hall.enter("charlie"), await hall.enter("bob")
    for channel in (general.pk, 10**9):
        with pytest.raises(ProtocolError, match="not-found"):
            await charlie.request("typing", channel=channel)
    await bob.prove_silence()


# --- presence ---


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "TICK_SECONDS", 0)
    monkeypatch.setattr(presence, "GRACE_SECONDS", 0)


async def test_the_first_socket_and_the_last_are_told_and_no_tab_between(
    hall: Hall, alice: User, bob: User
) -> None:
    watcher = await hall.enter("bob")
    watched = await watcher.request("watch-presence", users=[alice.pk, bob.pk, 10**9])
    assert {user: state["presence"] for user, state in watched["presence"].items()} == {
        str(alice.pk): "offline",
        str(bob.pk): "online",
    }
    one = await hall.enter("alice")
    online = await watcher.next_event("user-online")
    assert (online["user"], online["presence"]) == (alice.pk, "online")
    two = await hall.enter("alice")
    await one.close()
    await two.request("ping")
    await watcher.prove_silence()
    two.drop()
    offline = await watcher.next_event("user-offline")
    assert (offline["user"], offline["presence"]) == (alice.pk, "offline")
    assert offline["last_seen"]
    await watcher.prove_silence()


async def test_a_reconnect_within_the_grace_is_not_told(
    hall: Hall, alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "GRACE_SECONDS", 3_600)
    watcher = await hall.enter("bob")
    await watcher.request("watch-presence", users=[alice.pk])
    client = await hall.enter("alice")
    await watcher.next_event("user-online")
    await client.close()
    await hall.enter("alice")
    assert alice.pk not in Worker.of_loop().presence.leaving
    await watcher.prove_silence()


async def test_a_log_out_is_a_departure(hall: Hall, alice: User, bob: User) -> None:
    watcher, client = await hall.enter("bob"), await hall.enter("alice")
    watched = await watcher.request("watch-presence", users=[alice.pk])
    assert watched["presence"][str(alice.pk)]["presence"] == "online"
    await client.request("logout")
    assert (await watcher.next_event("user-offline"))["user"] == alice.pk


async def test_here_calls_who_is_here_and_has_not_gone_away(
    hall: Hall, general: Channel, bob: User
) -> None:
    caller, called = await hall.enter("alice"), await hall.enter("bob")
    await caller.request("watch-presence", users=[bob.pk])
    text = {"channel": general.pk, "text": "@here"}
    for number, (setting, event, mentions) in enumerate(
        [("away", "user-away", []), ("busy", "user-online", [bob.pk])]
    ):
        await called.request("set-status", presence=setting)
        await caller.next_event(event)
        said = await caller.request("send-message", client_id=f"{number}", **text)
        assert said["message"]["mentions"] == mentions
    await called.close()
    await caller.next_event("user-offline")
    said = await caller.request("send-message", client_id="gone", **text)
    assert said["message"]["mentions"] == []


async def test_the_last_set_replaces_the_one_before(
    hall: Hall, alice: User, bob: User, charlie: User
) -> None:
    watcher = await hall.enter("bob")
    await watcher.request("watch-presence", users=[alice.pk])
    await watcher.request("watch-presence", users=[charlie.pk])
    await hall.enter("alice")
    await hall.enter("charlie")
    assert (await watcher.next_event("user-online"))["user"] == charlie.pk
    await watcher.prove_silence()
    await watcher.request("watch-presence", users=[])
    with pytest.raises(ProtocolError, match="invalid-data"):
        await watcher.request("watch-presence", users=list(range(1, 502)))
