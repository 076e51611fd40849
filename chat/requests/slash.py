"""Slash commands. They answer in the language of who types them."""

from functools import partial
from typing import TYPE_CHECKING

from django.utils import translation

from chat import slash, wire
from chat.languages import in_language, language_of
from chat.requests.registry import commands, message_limit
from realtime import maintenance
from realtime.database import in_database

if TYPE_CHECKING:
    from chat.consumers import ChatConsumer


@commands.socket(wire.ListCommands)
async def list_commands(socket: "ChatConsumer", data: wire.ListCommands) -> wire.CommandList:
    with translation.override(language_of(socket)):
        return wire.CommandList(commands=slash.list_commands())


@commands.socket(wire.RunCommand, limit=message_limit)
async def run_command(socket: "ChatConsumer", data: wire.RunCommand) -> wire.CommandOutcome:
    """Limited as messages: most of them say something, or tell others of a change."""
    maintenance.check()
    run = partial(
        slash.run_command,
        socket.user,
        channel_id=data.channel,
        name=data.name,
        arguments=data.arguments,
        client_id=data.client_id,
    )
    return await in_database(in_language, language_of(socket), run)
