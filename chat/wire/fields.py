"""The kinds of values that stand in the fields of chat's frames, with their limits."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import emoji
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic.config import JsonDict

from accounts.text import CODE_POINTS_PER_GRAPHEME, NUL, graphemes, nfc, one_line
from chat.models import CLIENT_ID_MAX_LENGTH, TEXT_MAX_LENGTH
from chat.text import message_text

VARIATION_SELECTOR = "\N{VARIATION SELECTOR-16}"


def _storable(value: str) -> str:
    """As it is: an id of the client's is opaque, so it is refused rather than normalised."""
    value.encode()
    if NUL in value:
        raise ValueError("must not contain U+0000")
    return value


def _one_emoji(value: str) -> str:
    """The emoji in the one form that Unicode lists: ❤ and ❤️ are one reaction, ⛄ and ⛄️ too."""
    bare = value.removesuffix(VARIATION_SELECTOR)
    for form in (bare + VARIATION_SELECTOR, bare):
        if form in emoji.EMOJI_DATA:
            return form
    raise ValueError("must be one emoji")


def _at_most(limit: int) -> tuple[Any, ...]:
    """So many graphemes, in as many code points as a column for them takes."""

    def check(value: str) -> str:
        if len(value) > limit and graphemes(value) > limit:
            raise ValueError(f"must have at most {limit} graphemes")
        return value

    # What is documented is what people count.
    told: JsonDict = {"maxLength": limit}
    most = Field(max_length=limit * CODE_POINTS_PER_GRAPHEME, json_schema_extra=told)
    return AfterValidator(check), most


def _short(limit: int) -> tuple[Any, ...]:
    return AfterValidator(one_line), *_at_most(limit)


def _moment(value: Any) -> datetime:
    """RFC 3339, of a time that every database and calendar knows."""
    if not isinstance(value, str):
        raise ValueError("must be a time as a string")
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None or not 1970 <= moment.year < 9999:
        raise ValueError("must have an offset from UTC and a year of four digits since 1970")
    return moment.astimezone(UTC)


Position = Annotated[int, Field(ge=0, le=2**63 - 1)]
MessageText = Annotated[
    str, AfterValidator(message_text), *_at_most(TEXT_MAX_LENGTH), Field(min_length=1)
]
ClientId = Annotated[
    str, Field(min_length=1, max_length=CLIENT_ID_MAX_LENGTH), AfterValidator(_storable)
]
ChannelName = Annotated[str, *_short(80), Field(min_length=1)]
Topic = Annotated[str, *_short(250)]
Query = Annotated[str, AfterValidator(nfc), Field(max_length=100)]
Emoji = Annotated[str, AfterValidator(_one_emoji), Field(min_length=1, max_length=32)]
StatusEmoji = Annotated[
    str, AfterValidator(lambda value: value and _one_emoji(value)), Field(max_length=32)
]
StatusText = Annotated[str, *_short(100)]
Section = Annotated[str, *_short(40)]
DraftText = Annotated[str, AfterValidator(nfc), *_at_most(TEXT_MAX_LENGTH)]
Moment = Annotated[
    datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})
]

ChannelKind = Literal["public", "private", "direct", "thread"]
Role = Literal["owner", "admin", "member", "guest"]
Posting = Literal["everyone", "owners"]
Notify = Literal["all", "mentions", "none"]
MessageKind = Literal["user", "system", "announcement"]
PresenceSetting = Literal["auto", "away", "busy"]
