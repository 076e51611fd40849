"""Each command asks for a right of the admin: on the socket, on the command line, and in the list
that the page shows."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from audit.models import Entry
from chat.models import Channel
from operations.commands import COMMANDS
from realtime.database import in_database
from tests.client import Client, ProtocolError
from tests.operations.conftest import open_console
from tests.serving import Address

ARGUMENTS: dict[str, dict[str, Any]] = {
    "announce": {"title": "Water", "text": "at noon"},
    "remind-announcement": {"announcement": 1},
    "withdraw-announcement": {"announcement": 1},
    "disconnect-user": {"user": "charlie"},
    "ban-user": {"user": "charlie"},
    "unban-user": {"user": "charlie"},
    "archive-channel": {"channel": "general"},
    "maintenance": {"on": False},
    "clear-rate-limits": {},
    "drain-worker": {"worker": "none"},
    "log-level": {"level": "INFO"},
}
RIGHTS = sorted({command.permission for command in COMMANDS.values()})


def permit(user: User, *rights: str) -> None:
    call_command("set_rights", user.username, *rights)


async def code_of(console: Client, name: str, *, dry_run: bool) -> str:
    order = {"command": name, "arguments": ARGUMENTS[name], "dry_run": dry_run}
    try:
        await console.request("system-command", **order)
    except ProtocolError as error:
        return error.code
    return ""


async def test_each_right_opens_its_commands_and_no_others(
    server: Address, bob: User, charlie: User, general: Channel
) -> None:
    assert {*ARGUMENTS} == {*COMMANDS}
    for right in ["", *RIGHTS]:
        await in_database(permit, bob, *filter(None, [right]))
        may = {name for name, command in COMMANDS.items() if command.permission == right}
        assert bool(may) is bool(right)
        async with open_console(server, "bob") as console:
            shown = await console.request("show-dashboard")
            assert {command["name"] for command in shown["commands"]} == may
            codes = {name: await code_of(console, name, dry_run=name in may) for name in COMMANDS}
            assert {n for n, code in codes.items() if code == "forbidden"} == {*COMMANDS} - may
            assert {*codes.values()} <= {"", "forbidden", "not-found", "conflict"}
    assert not await Entry.objects.filter(action__startswith="console.").aexists()


async def test_a_right_that_is_taken_away_is_gone_at_once(
    server: Address, bob: User, charlie: User
) -> None:
    await in_database(permit, bob, "accounts.change_user")
    order = {"command": "disconnect-user", "arguments": {"user": "charlie"}}
    async with open_console(server, "bob") as console:
        await console.request("system-command", **order)
        await bob.user_permissions.aclear()
        with pytest.raises(ProtocolError) as raised:
            await console.request("system-command", **order)
        assert raised.value.code == "forbidden"


def test_rights_are_given_by_name_and_noted(bob: User) -> None:
    permit(bob, "chat.change_channel", "accounts.change_user")
    permit(bob, "accounts.change_user")
    bob = User.objects.get(pk=bob.pk)
    assert (bob.is_staff, bob.get_user_permissions()) == (True, {"accounts.change_user"})
    assert bob.epoch == 2
    entry = Entry.objects.latest("number")
    assert entry.details == {"rights": "accounts.change_user", "door": "command line"}
    for wrong in (("bob", "chat.fly"), ("nobody",)):
        with pytest.raises(CommandError):
            call_command("set_rights", *wrong)


def test_the_command_line_asks_for_it_too(bob: User, general: Channel) -> None:
    permit(bob, "operations.change_closure")
    with pytest.raises(CommandError, match="right"):
        call_command("operate", "archive-channel", "general", "--by", "bob")
    permit(bob, "chat.change_channel")
    call_command("operate", "archive-channel", "general", "--by", "bob")
    general.refresh_from_db()
    assert general.archived
