"""The registry of commands, and the one way in which they are carried out.

A dry run is the real thing in a transaction that is rolled back: it meets the same errors and says
the same words, and what would be told to anybody after the commit is not. So all that a command
does has to go through the database or `realtime.publish`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, get_args

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from pydantic import Field, ValidationError
from pydantic.fields import FieldInfo

from accounts.models import User
from audit.record import Value, record
from chat.wire import Sender
from operations import topics, wire
from operations.commands.permissions import PERMISSIONS
from realtime import publish
from realtime.errors import DomainError, Forbidden, InvalidData
from realtime.frames import Frame


@dataclass(frozen=True)
class Outcome:
    """What a command did, in words, and how many people, sockets, … it met."""

    text: str
    count: int


@dataclass(frozen=True)
class Command:
    """`written`: arguments that hold what somebody wrote, which the audit log does not."""

    name: str
    permission: str
    description: str | Promise
    arguments: type[Frame]
    run: Callable[[User, Any], Outcome]
    is_dangerous: bool = False
    needs_workers: bool = False
    written: frozenset[str] = field(default_factory=frozenset)


COMMANDS: dict[str, Command] = {}
LONG = 1_000  # characters: such a text has several lines


def named(title: str, description: str = "") -> Any:
    """What an argument is called in a form, and a hint; both in English (gettext_noop)."""
    return Field(title=title, description=description or None)


def command(
    name: str,
    description: str | Promise,
    arguments: type[Frame],
    *,
    dangerous: bool = False,
    needs_workers: bool = False,
    written: frozenset[str] = frozenset(),
) -> Callable[[Callable[[User, Any], Outcome]], Callable[[User, Any], Outcome]]:
    """`dangerous`: the page shows it so; `needs_workers`: it reaches running workers only, which
    another process can do through Redis alone."""

    def register(run: Callable[[User, Any], Outcome]) -> Callable[[User, Any], Outcome]:
        COMMANDS[name] = Command(
            name,
            PERMISSIONS[name],
            description,
            arguments,
            run,
            dangerous,
            needs_workers,
            written,
        )
        return run

    return register


def carry_out(
    actor: User, *, name: str, arguments: dict[str, Any], dry_run: bool, door: str
) -> wire.Result:
    """For staff who may. InvalidData for an unknown command or a wrong argument, and what the
    command itself raises. Every socket of the console hears of it, also when it failed."""
    actor = as_of_now(actor)
    command = _command(name)
    if not actor.has_perm(command.permission):
        raise Forbidden(_("You do not have the right to this command."))
    given = _parse(command, arguments)
    try:
        with translation.override(actor.language or translation.get_language() or "en"):
            outcome = _run(actor, command, given, dry_run, door)
    except DomainError as error:
        if not dry_run:
            _tell(actor, command, given, error.code, None)
        raise
    result = wire.Result(text=outcome.text, count=outcome.count, dry_run=dry_run)
    if not dry_run:
        _tell(actor, command, given, "done", result)
    return result


def as_of_now(viewer: User) -> User:
    """With the rights that they have now, not when they came. Forbidden for who is of the staff no
    longer."""
    known = User.objects.filter(pk=viewer.pk, is_active=True, is_staff=True).first()
    if known is None:
        raise Forbidden
    return known


def _command(name: str) -> Command:
    command = COMMANDS.get(name)
    if command is None:
        raise InvalidData(fields={"command": "There is no such command."})
    return command


def _parse(command: Command, arguments: dict[str, Any]) -> Frame:
    try:
        return command.arguments.model_validate(arguments)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
        raise InvalidData(
            fields={".".join(("arguments", *map(str, d["loc"]))): d["msg"] for d in details}
        ) from None


def _run(actor: User, command: Command, given: Frame, dry_run: bool, door: str) -> Outcome:
    with transaction.atomic():
        outcome = command.run(actor, given)
        details = {"door": door, "count": outcome.count, **_shown(command, given)}
        record(actor, f"console.{command.name}", details=details)
        if dry_run:
            transaction.set_rollback(True)
    return outcome


def _shown(command: Command, given: Frame) -> dict[str, Value]:
    return {k: v for k, v in given.model_dump().items() if k not in command.written}


def _tell(
    actor: User, command: Command, given: Frame, status: str, result: wire.Result | None
) -> None:
    done = wire.CommandDone(
        command=command.name,
        arguments=_shown(command, given),
        by=Sender.of(actor),
        status=status,
        result=result,
    )
    publish.publish(topics.CONSOLE, wire.SystemUpdate(done))


def commands_for(viewer: User) -> list[Command]:
    return [command for command in COMMANDS.values() if viewer.has_perm(command.permission)]


def descriptions(commands: Iterable[Command]) -> list[wire.CommandDescription]:
    """For who builds a form."""
    return [
        wire.CommandDescription(
            name=command.name,
            description=str(command.description),
            dangerous=command.is_dangerous,
            arguments=[_argument(*item) for item in command.arguments.model_fields.items()],
        )
        for command in commands
    ]


def _argument(name: str, info: FieldInfo) -> wire.Argument:
    choices = [str(choice) for choice in get_args(info.annotation) if isinstance(choice, str)]
    return wire.Argument(
        name=name,
        label=_(info.title or name),
        type="choice" if choices else _type_of(info),
        required=info.is_required(),
        choices=choices,
        default=None if info.is_required() else info.default,
        description=_(info.description) if info.description else "",
    )


def _type_of(info: FieldInfo) -> str:
    if any(getattr(limit, "max_length", 0) >= LONG for limit in info.metadata):
        return "lines"
    return TYPES.get(info.annotation, "text")


TYPES: dict[Any, str] = {bool: "switch", int: "number"}
