"""Slash commands. They answer in the language of who types them."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from chat import slash, wire
from chat.requests.registry import commands
from realtime.database import in_database
from realtime.origins import header

if TYPE_CHECKING:
    from chat.consumers import ChatConsumer

T = TypeVar("T")


@commands.socket(wire.ListCommands)
async def list_commands(socket: "ChatConsumer", data: wire.ListCommands) -> wire.CommandList:
    with translation.override(language_of(socket)):
        return wire.CommandList(commands=slash.list_commands())


@commands.socket(wire.RunCommand)
async def run_command(socket: "ChatConsumer", data: wire.RunCommand) -> wire.CommandOutcome:
    run = partial(
        slash.run_command,
        socket.user,
        channel_id=data.channel,
        name=data.name,
        arguments=data.arguments,
        client_id=data.client_id,
    )
    return await in_database(in_language, language_of(socket), run)


def in_language(language: str, call: Callable[[], T]) -> T:
    with translation.override(language):
        return call()


def language_of(socket: "ChatConsumer") -> str:
    """Of the user; otherwise of the browser, as for a page."""
    if socket.user.language:
        return str(socket.user.language)
    accepted = header(socket.scope["headers"], b"accept-language") or ""
    for code, _quality in parse_accept_lang_header(accepted):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
