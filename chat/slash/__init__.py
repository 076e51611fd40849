"""Slash commands: what a line that begins with `/` does. Apps above join the registry."""

from chat.slash import people, places, saying  # noqa: F401 - they join the registry
from chat.slash.registry import Call, list_commands, run_command, slash

__all__ = ["Call", "list_commands", "run_command", "slash"]
