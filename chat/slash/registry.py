"""The registry of slash commands: each a function of its call, in the language that is active."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from chat import wire
from chat.models import Channel
from chat.queries.visibility import channel_for
from realtime.errors import InvalidData

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Call:
    """Who types what where. `arguments` is trimmed, and not empty where the command takes any
    that are not in brackets."""

    user: User
    channel: Channel
    arguments: str
    client_id: str


Handler = Callable[[Call], wire.CommandOutcome]


@dataclass(frozen=True, slots=True)
class Slash:
    name: str
    arguments: Text
    description: Text
    handler: Handler

    def check(self, arguments: str) -> None:
        wanted = str(self.arguments)
        if wanted and not wanted.startswith("[") and not arguments:
            raise wrong(_("Write it as %(usage)s.") % {"usage": f"/{self.name} {wanted}"})


slashes: dict[str, Slash] = {}


def slash(name: str, arguments: Text, description: Text) -> Callable[[Handler], Handler]:
    """`arguments`: what it takes, in brackets if it may be left out; "" for nothing."""

    def register(handler: Handler) -> Handler:
        if name in slashes:
            raise ValueError(f"/{name} is registered twice")
        slashes[name] = Slash(name, arguments, description, handler)
        return handler

    return register


def wrong(message: str) -> InvalidData:
    return InvalidData(message, fields={"arguments": message})


def list_commands() -> list[wire.SlashCommand]:
    """By name, in the active language."""
    return [
        wire.SlashCommand(name=name, arguments=str(one.arguments), description=str(one.description))
        for name, one in sorted(slashes.items())
    ]


def run_command(
    user: User, *, channel_id: int, name: str, arguments: str, client_id: str
) -> wire.CommandOutcome:
    """NotFound for the channel; InvalidData for an unknown command or what it cannot take; and what
    the action behind it raises."""
    channel = channel_for(user, channel_id)
    command = slashes.get(name.lower())
    if command is None:
        message = _("There is no command /%(name)s.") % {"name": name}
        raise InvalidData(message, fields={"name": message})
    command.check(arguments.strip())
    return command.handler(Call(user, channel, arguments.strip(), client_id))
