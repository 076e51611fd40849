"""`manage.py operate ban-user bob --dry-run`: the commands of the console on the command line."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from operations.commands import COMMANDS, carry_out, descriptions
from operations.wire import Argument, CommandDescription
from realtime.errors import DomainError

SWITCH = {"on": True, "off": False}


class Command(BaseCommand):
    help = "Carry out a command of the console."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="name", required=True, metavar="COMMAND")
        for description in descriptions(COMMANDS.values()):
            _add(commands, description)

    def handle(self, *args: Any, **options: Any) -> None:
        command = COMMANDS[options["name"]]
        if command.needs_workers and not settings.REDIS_URL:
            raise CommandError("From here a server is reached through Redis only: set REDIS_URL.")
        given = {name: options[name] for name in command.arguments.model_fields}
        try:
            result = carry_out(
                _actor(options["by"]),
                name=command.name,
                arguments={name: value for name, value in given.items() if value is not None},
                dry_run=options["dry_run"],
                door="command line",
            )
        except DomainError as error:
            wrong = [f"{name}: {text}" for name, text in (error.fields or {}).items()]
            raise CommandError("\n".join([error.message, *wrong])) from error
        self.stdout.write(("Dry run: " if result.dry_run else "") + result.text)


def _actor(username: str | None) -> User:
    """Who answers for it in the audit log."""
    people = User.objects.filter(is_active=True, is_staff=True)
    if username is None:
        actor = people.filter(is_superuser=True).order_by("pk").first()
    else:
        actor = people.filter(username__iexact=username).first()
    if actor is None:
        raise CommandError("Who orders it? Name somebody of the staff with --by.")
    return actor


def _add(commands: Any, description: CommandDescription) -> None:
    parser = commands.add_parser(
        description.name, help=description.description, description=description.description
    )
    for argument in description.arguments:
        _add_argument(parser, argument)
    parser.add_argument("--dry-run", action="store_true", help="only say what it would do")
    parser.add_argument("--by", metavar="USERNAME", help="who orders it; else the first owner")


def _add_argument(parser: ArgumentParser, argument: Argument) -> None:
    name = argument.name if argument.required else f"--{argument.name.replace('_', '-')}"
    options: dict[str, Any] = {"help": argument.description or None}
    if not argument.required:
        options["dest"] = argument.name
    if argument.type == "number":
        options["type"] = int
    elif argument.type == "switch":
        options |= {"type": _switch, "metavar": "on|off"}
    elif argument.choices:
        options["choices"] = argument.choices
    parser.add_argument(name, **options)


def _switch(text: str) -> bool:
    return SWITCH[text]
