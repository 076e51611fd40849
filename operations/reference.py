"""The chapter of docs/protocol.md about `/ws/admin/`."""

from collections.abc import Iterator

from chat import reference as page
from operations import health, wire
from operations.commands import COMMANDS, descriptions
from operations.requests import commands

INTRODUCTION = """\
# The socket of the console, `/ws/admin/`

The same envelope, for staff: a session cookie or a Bearer token of staff at the handshake, or
`auth` within 10 seconds. Anybody else is closed with 4505. `hello` is the first frame;
`dashboard-data` follows the authentication, `statistics` comes every second. It hears nothing of
the chat.

A command that is not a dry run needs the password, a code or a passkey to have been shown within
ten minutes by whoever came with a browser's session or a password; otherwise it is `forbidden`,
with `step_up` among the fields. A token needs nothing more. A dry run says the words of the real
thing and changes nothing. Each command needs a right of the admin; `dashboard-data` lists those
that one may give, the others are `forbidden`.
"""


def console_chapter() -> Iterator[str]:
    yield INTRODUCTION
    yield from (_lower(part) for part in page.requests_of(commands))
    yield "## Commands of the console\n\n| command | | arguments | right |\n|---|---|---|---|"
    for command in COMMANDS.values():
        [each] = descriptions([command])
        arguments = ", ".join(f"`{a.name}`{'' if a.required else '?'}" for a in each.arguments)
        yield f"| `{each.name}` | {each.description} | {arguments} | `{command.permission}` |"
    yield ""
    yield from (_lower(part) for part in page.events_of(page.events_in([wire])))
    frames = page.frames_in([wire, health]) - page.frames_in(page.wires)
    yield from (_lower(part) for part in page.objects_of(frames))


def _lower(part: str) -> str:
    """The headings of the other socket are named alike."""
    titles = ("## Requests", "## Events", "## Objects")
    return f"{part.rstrip()} of the console\n" if part.startswith(titles) else part
