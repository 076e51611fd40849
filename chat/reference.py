"""docs/protocol.md from the code: the registry of requests, the events, the types of both."""

import inspect
import json
import re
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import chat.wire
import realtime.wire
from chat.requests import commands
from realtime.commands import Command, Commands
from realtime.envelope import CloseCode
from realtime.errors import DomainError
from realtime.frames import LARGEST_ID, Event, Frame, Request
from realtime.wire import Ping

# Whose types the page describes; apps above add theirs.
wires: list[ModuleType] = [chat.wire, realtime.wire]
# Other sockets, described after it.
chapters: "list[Callable[[], Iterator[str]]]" = []

PREFACE = Path(__file__).with_suffix(".md")  # what no type can say


def reference() -> str:
    """The whole page."""
    parts = [
        PREFACE.read_text(encoding="utf-8"),
        *requests_of(commands),
        *_events(),
        *_objects(),
        *_errors(),
        *_close_codes(),
        *(part for chapter in chapters for part in chapter()),
    ]
    return "\n".join(parts)


def requests_of(commands: Commands) -> Iterator[str]:
    yield "## Requests\n"
    for name, command in sorted(commands.by_name.items()):
        yield f"### `{name}`\n"
        yield _text(command.data) + "\n"
        yield "Any data.\n" if command.data is Ping else _fields(command.data)
        yield _reply(command) + _conditions(command) + "\n"


def _reply(command: Command) -> str:
    reply = inspect.signature(command.handler).return_annotation
    frames = [frame for frame in (reply, *_arguments(reply)) if _is_frame(frame)]
    if frames:
        return f"Reply: {_link(frames[0].__name__)}."
    return "Reply: the same data." if command.data is Ping else "Reply: `{}`."


def _arguments(annotation: Any) -> Iterator[Any]:
    for argument in get_args(annotation):
        yield argument
        yield from _arguments(argument)


def _is_frame(kind: Any) -> bool:
    return inspect.isclass(kind) and issubclass(kind, Frame)


def _conditions(command: Command) -> str:
    before = " May be asked before authentication." if command.anonymous else ""
    limited = " Limited; see `limits` in `hello`." if command.limit else ""
    return before + limited


def _events() -> Iterator[str]:
    yield from events_of(_all_events())


def events_of(events: Iterable[type[Event]]) -> Iterator[str]:
    yield "## Events\n"
    for event in sorted(events, key=lambda event: event.name()):
        kind = "Volatile" if event.volatile else "Durable"
        yield f"### `{event.name()}`\n"
        yield f"{_text(event)}\n\n{kind}. Data: {_link(_data_of(event).__name__)}.\n"


def _all_events() -> list[type[Event]]:
    return events_in(wires)


def events_in(modules: Iterable[ModuleType]) -> list[type[Event]]:
    members = [value for module in modules for value in vars(module).values()]
    return [m for m in members if inspect.isclass(m) and issubclass(m, Event) and m is not Event]


def _data_of(event: type[Event]) -> type[Frame]:
    data: type[Frame] = inspect.get_annotations(event)["data"]
    return data


def _objects() -> Iterator[str]:
    yield from objects_of(_all_objects())


def objects_of(frames: Iterable[type[Frame]]) -> Iterator[str]:
    yield "## Objects\n"
    for frame in sorted(frames, key=lambda frame: frame.__name__):
        yield f"### {frame.__name__}\n\n{_text(frame)}\n\n{_fields(frame)}"


def _all_objects() -> set[type[Frame]]:
    return frames_in(wires)


def frames_in(modules: Iterable[ModuleType]) -> set[type[Frame]]:
    members = [value for module in modules for value in vars(module).values()]
    return {m for m in members if _is_frame(m) and not issubclass(m, Request) and m is not Frame}


def _fields(frame: type[Frame]) -> str:
    """A table of the fields, or a word that there are none."""
    schema = frame.model_json_schema(mode="serialization")
    properties = schema.get("properties", {})
    if not properties:
        return "No fields.\n"
    required = frame.model_fields
    rows = ["| field | type | |", "|---|---|---|"]
    for name, field in properties.items():
        optional = required[name].default_factory or not required[name].is_required()
        shown = f"`{name}`" + ("?" if optional and issubclass(frame, Request) else "")
        rows.append(f"| {shown} | {_type(field)} | {field.get('description', '')} |")
    return "\n".join(rows) + "\n"


def _type(schema: dict[str, Any]) -> str:
    """A JSON schema in few words."""
    if "$ref" in schema:
        return _link(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(_type(option) for option in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        return ", ".join(f"`{json.dumps(value)}`" for value in values)
    if schema.get("type") == "array":
        at_most = f", at most {schema['maxItems']}" if "maxItems" in schema else ""
        return f"list of {_type(schema['items'])}{at_most}"
    if schema.get("type") == "object":
        values = schema.get("additionalProperties", {})
        return "object" if values is True else f"object of {_type(values)} by id"
    if schema.get("format") == "date-time":
        return "time"
    return str(schema.get("type", "any")) + _limits(schema)


def _limits(schema: dict[str, Any]) -> str:
    """Those that say something: the largest id is only the width of a column."""
    if "maxLength" in schema:
        return f", {schema.get('minLength', 0)}–{schema['maxLength']} characters"
    if schema.get("maximum", LARGEST_ID) < LARGEST_ID:
        return f", {schema['minimum']}–{schema['maximum']}"
    return ""


def _errors() -> Iterator[str]:
    yield "## Errors\n\n| code | message |\n|---|---|"
    for error in sorted([DomainError, *DomainError.__subclasses__()], key=lambda e: e.code):
        yield f"| `{error.code}` | {error.default_message} |"
    yield "\n`internal` has the `incident` under which it stands in the log.\n"


def _close_codes() -> Iterator[str]:
    yield "## Close codes\n\nAfter 4000–4499 connect again, with jitter; after 4500–4999 do not.\n"
    yield "| code | |\n|---|---|"
    yield from (f"| {code.value} | {_words(code)} |" for code in CloseCode)
    yield ""


def _words(code: IntEnum) -> str:
    return code.name.lower().replace("_", " ")


def _text(kind: type) -> str:
    return re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.cleandoc(kind.__doc__ or ""))


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"
