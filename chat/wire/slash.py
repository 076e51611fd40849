"""Slash commands on the wire: what there is, and what came of one."""

from typing import Annotated

from pydantic import Field

from chat.wire.fields import ClientId, DraftText
from chat.wire.messages import Message
from realtime.frames import Frame, Id, ReadRequest, Request


class ListCommands(ReadRequest):
    """The slash commands, for completion, in the user's language."""


class SlashCommand(Frame):
    """A slash command: `/name arguments`."""

    name: str
    arguments: str = Field(description="What it takes, as `[text]`; empty for nothing.")
    description: str


class CommandList(Frame):
    """The reply to `list-commands`, by name."""

    commands: list[SlashCommand]


class RunCommand(Request):
    """Carry out a slash command in a channel. `client_id` as in `send-message`, for those that
    say something."""

    channel: Id
    name: Annotated[str, Field(min_length=1, max_length=32)]
    arguments: DraftText
    client_id: ClientId


class CommandOutcome(Frame):
    """The reply to `run-command`."""

    message: Message | None = Field(None, description="What was said by it.")
    notice: str | None = Field(None, description="A line for the user alone.")
    channel: Id | None = Field(None, description="The channel to open now.")
