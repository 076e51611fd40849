"""What one person keeps to themselves: preferences, drafts, saved messages, their sidebar."""

from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field

from chat.wire.channels import Channel
from chat.wire.fields import DraftText, Notify, Section
from chat.wire.messages import Message
from realtime.frames import Event, Frame, Id, ReadRequest, Request, Timestamp

if TYPE_CHECKING:
    from accounts.models import Preferences as PreferencesRow
    from chat.models import Draft as DraftRow

Theme = Literal["auto", "light", "dark"]
Density = Literal["cozy", "compact"]
Clock = Literal["auto", "12", "24"]
Language = Literal["", "en", "ko"]
Contrast = Literal["auto", "high"]


class Preferences(Frame):
    """How the page is to be for oneself."""

    theme: Theme
    density: Density
    enter_sends: bool = Field(description="Otherwise Enter begins a line and Ctrl+Enter sends.")
    clock: Clock
    language: Language = Field(description="Empty: as the browser says.")
    share_reading: bool = Field(description="Others may see how far one has read, and one theirs.")
    reduced_motion: bool
    contrast: Contrast

    @classmethod
    def of(cls, row: "PreferencesRow", language: str) -> Self:
        names = [name for name in cls.model_fields if name != "language"]
        values: dict[str, Any] = {name: getattr(row, name) for name in names}
        return cls(**values, language=language)  # type: ignore[arg-type]


class SetPreferences(Request):
    """Change one's preferences; what is absent stays."""

    theme: Theme | None = None
    density: Density | None = None
    enter_sends: bool | None = None
    clock: Clock | None = None
    language: Language | None = None
    share_reading: bool | None = None
    reduced_motion: bool | None = None
    contrast: Contrast | None = None


class PreferencesState(Frame):
    """All preferences as they are now."""

    preferences: Preferences


class PreferencesUpdated(Event):
    """The user changed their preferences on another socket."""

    data: PreferencesState


class Draft(Frame):
    """What oneself has begun to write in a channel. Without text there is none any more."""

    channel: Id
    text: str
    reply_to: Id | None
    updated_at: Timestamp

    @classmethod
    def of(cls, row: "DraftRow") -> Self:
        return cls(
            channel=row.channel_id,
            text=row.text,
            reply_to=row.reply_to_id,
            updated_at=row.updated_at,
        )


class SaveDraft(Request):
    """Keep what one has begun to write, for one's other devices. An empty text removes it."""

    channel: Id
    text: DraftText
    reply_to: Id | None = Field(None, description="A message of the same channel.")


class DraftUpdated(Event):
    """The user wrote at a draft on another socket."""

    data: Draft


class SaveMessage(Request):
    """Keep a message for later; only oneself knows. Doing it twice is the same as once."""

    message: Id


class UnsaveMessage(Request):
    """Keep a message no longer."""

    message: Id


class SavedChange(Frame):
    """Whether a message is saved now."""

    message: Id
    saved: bool


class SavedUpdated(Event):
    """The user saved a message on another socket, or saves it no longer."""

    data: SavedChange


class ListSaved(ReadRequest):
    """What one has saved, the last one first."""

    before: Id | None = Field(None, description="The id of the last entry of the page before.")
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class SavedMessage(Frame):
    """A saved message with its channel."""

    id: Id
    message: Message
    channel: Channel
    timestamp: Timestamp = Field(description="When it was saved.")


class SavedList(Frame):
    """The reply to `list-saved`. Messages that one may no longer see are left out."""

    saved: list[SavedMessage]


class UpdateMembership(Request):
    """Change what a channel is to oneself; what is absent stays."""

    channel: Id
    notify: Notify | None = None
    muted: bool | None = None
    starred: bool | None = None
    section: Section | None = Field(None, description="One's own heading for it; empty for none.")
