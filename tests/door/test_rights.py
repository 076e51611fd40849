"""Every request of the socket × everybody who may come to it: who is answered, who is refused.

A request without a row (rights.py) fails, and so does a reply that is not what its type says."""

import json

import pytest

from chat.models import Membership
from chat.requests import commands
from realtime.database import in_database
from tests.client import Client, ProtocolError
from tests.door.conftest import Hall
from tests.door.rights import OK, PUBLIC_TO_OUTSIDERS, ROWS, WRITES, Row
from tests.door.world import EVERYBODY, INSIDE, SECRET, USERNAMES, Room, World


@pytest.fixture
def world(transactional_db: None) -> World:
    return World.make()


@pytest.mark.parametrize("name", sorted(commands.by_name))
async def test_who_may(name: str, world: World, hall: Hall) -> None:
    assert name in ROWS, f"{name} has no row that says who may"
    row = ROWS[name]
    room = await in_database(world.room)
    for who in EVERYBODY:
        client = await arrive(hall, who)
        result = await outcome(client, name, row, room)
        assert result == row.refused.get(who, OK), who
        if who not in INSIDE:
            await client.request("ping")
            assert SECRET not in str(client.events), who
        await client.close()
        if result == OK:  # what was refused has changed nothing
            room = await in_database(world.room)


async def arrive(hall: Hall, who: str) -> Client:
    """A socket on which that person is logged in, as far as they get."""
    client = await hall.open()
    if who == "banned":
        with pytest.raises(ProtocolError, match="invalid-credentials"):
            await client.login(USERNAMES[who])
    elif who != "anonymous":
        await client.login(USERNAMES[who])
    return client


async def outcome(client: Client, name: str, row: Row, room: Room) -> str:
    try:
        data = await client.request(name, **row.data(room))
    except ProtocolError as error:
        return "a leak" if SECRET in str(error) else error.code
    assert row.reply.model_validate_json(json.dumps(data)).model_dump(mode="json") == data
    return OK


def test_every_row_is_a_request() -> None:
    assert set(ROWS) <= set(commands.by_name)


# --- a public channel: everybody but guests may look, members may speak ---


@pytest.mark.parametrize("name", sorted(PUBLIC_TO_OUTSIDERS))
async def test_who_may_in_a_public_channel(name: str, world: World, hall: Hall) -> None:
    row = ROWS[name]
    await in_database(world.room)  # where the guest is a guest
    for who, expected in (
        ("outsider", PUBLIC_TO_OUTSIDERS[name]),
        ("staff", PUBLIC_TO_OUTSIDERS[name]),
        ("anonymous", "not-authenticated"),
        ("guest", "not-found"),
    ):
        room = await in_database(world.room, "public")
        await in_database(put_out, room, who)
        client = await arrive(hall, who)
        assert await outcome(client, name, row, room) == expected, who


def put_out(room: Room, who: str) -> None:
    if who in room.world.people:
        Membership.objects.filter(channel=room.channel, user=room.id_of(who)).delete()


# --- an archived channel is read, not written ---


@pytest.mark.parametrize("name", WRITES)
async def test_an_archived_channel_is_not_written(name: str, world: World, hall: Hall) -> None:
    room = await in_database(world.room)
    owner, member = await hall.enter("alice"), await hall.enter("bob")
    await owner.request("update-channel", channel=room.channel, archived=True)
    assert await outcome(member, name, ROWS[name], room) == "forbidden"
    assert (await member.request("open-channel", channel=room.channel))["complete"]


# --- where only owners write, a member changes nothing that everybody sees there ---

NOT_POSTS = {
    "add-reaction", "remove-reaction", "open-thread", "mark-read", "typing", "save-message",
    "save-draft", "update-membership", "list-pins", "player-join", "join-document", "open-channel",
    "history",
}  # fmt: skip


async def test_where_owners_write_a_member_writes_nowhere(world: World, hall: Hall) -> None:
    room = await in_database(world.room)
    owner, member = await hall.enter("alice"), await hall.enter("bob")
    await owner.request("update-channel", channel=room.channel, posting="owners")
    version = (await owner.request("open-channel", channel=room.channel))["channel"]["version"]
    for name in sorted({*WRITES} - NOT_POSTS - {"add-member", "delete-message"}):
        assert await outcome(member, name, ROWS[name], room) == "forbidden", name
    assert (await member.request("open-channel", channel=room.channel, since=version)) | {
        "channel": None
    } == {"channel": None, "messages": [], "complete": True}
    for name in (*sorted(NOT_POSTS), "delete-message"):
        assert await outcome(member, name, ROWS[name], room) == OK, name


# --- a guest ---


async def test_a_guest_learns_of_nobody_and_nothing_elsewhere(world: World, hall: Hall) -> None:
    room = await in_database(world.room)
    owner, guest = await hall.enter("alice"), await hall.enter("gil")
    known, unknown = room.id_of("owner"), room.id_of("outsider")
    watched = await guest.request("watch-presence", users=[known, unknown])
    assert {*watched["presence"]} == {str(known)}

    made = await owner.request("create-channel", kind="public", name="open")
    public = made["channel"]["id"]
    await owner.request("update-channel", channel=public, topic="for members")
    await guest.prove_silence("channel-created", "channel-updated")

    await guest.request("leave-channel", channel=room.channel)
    with pytest.raises(ProtocolError, match="not-found"):
        await guest.request("open-channel", channel=public)
    assert (await guest.request("list-channels"))["channels"] == []
    await guest.close()
    assert (await (await hall.open()).login("gil"))["channels"] == []
