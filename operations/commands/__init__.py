"""What staff can order the house to do: from the console's page, over its socket, and with
`manage.py operate`."""

from operations.commands import (  # noqa: F401 - they join the registry
    announcements,
    house,
    people,
    workers,
)
from operations.commands.registry import (
    COMMANDS,
    as_of_now,
    carry_out,
    commands_for,
    descriptions,
)

__all__ = ["COMMANDS", "as_of_now", "carry_out", "commands_for", "descriptions"]
