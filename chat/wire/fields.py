"""The kinds of values that stand in the fields of chat's frames, with their limits."""

from typing import Annotated, Literal

import emoji
from pydantic import AfterValidator, Field

from chat.models import CLIENT_ID_MAX_LENGTH, TEXT_MAX_LENGTH
from chat.text import NUL, message_text, nfc, one_line

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


Position = Annotated[int, Field(ge=0, le=2**63 - 1)]
MessageText = Annotated[
    str, AfterValidator(message_text), Field(min_length=1, max_length=TEXT_MAX_LENGTH)
]
ClientId = Annotated[
    str, AfterValidator(_storable), Field(min_length=1, max_length=CLIENT_ID_MAX_LENGTH)
]
ChannelName = Annotated[str, AfterValidator(one_line), Field(min_length=1, max_length=80)]
Topic = Annotated[str, AfterValidator(one_line), Field(max_length=250)]
Query = Annotated[str, AfterValidator(nfc), Field(max_length=100)]
Emoji = Annotated[str, AfterValidator(_one_emoji), Field(min_length=1, max_length=32)]
StatusEmoji = Annotated[
    str, AfterValidator(lambda value: value and _one_emoji(value)), Field(max_length=32)
]
StatusText = Annotated[str, AfterValidator(one_line), Field(max_length=100)]

ChannelKind = Literal["public", "private", "direct", "thread"]
Role = Literal["owner", "admin", "member", "guest"]
Notify = Literal["all", "mentions", "none"]
MessageKind = Literal["user", "system", "announcement"]
PresenceSetting = Literal["auto", "away", "busy"]
