"""What short texts may be: NFC-normalised (한 typed as three jamo is the same word as 한 typed as
one), storable everywhere (Postgres refuses U+0000), and counted in graphemes: what people see as
one character, be it 한, é or 👩‍🚀."""

import unicodedata

import regex  # type: ignore[import-untyped]
from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext, ngettext

NUL = "\x00"
# A column takes so many code points for each grapheme that it is meant for: enough for flags and
# families, and an end to what piles up marks.
CODE_POINTS_PER_GRAPHEME = 4

# \X itself looks back from each letter of a flag to where the row of them begins: 20,000 flags took
# four seconds.
_GRAPHEME = regex.compile(
    r"[\U0001F1E6-\U0001F1FF]{2}[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]*|\X"
)


def nfc(text: str) -> str:
    """Composed form, with U+FFFD in place of U+0000 as CommonMark has it.

    ValueError for a lone surrogate, which no encoding can store.
    """
    text.encode()
    return unicodedata.normalize("NFC", text).replace(NUL, "\N{REPLACEMENT CHARACTER}")


def one_line(text: str) -> str:
    """A name or topic: composed, trimmed. ValueError if a control character is inside."""
    line = text.strip()
    if not is_one_line(line):
        raise ValueError("must not contain control characters or line breaks")
    return nfc(line)


def is_one_line(text: str) -> bool:
    return all(unicodedata.category(character) not in {"Cc", "Zl", "Zp"} for character in text)


def graphemes(text: str) -> int:
    return len(text) if text.isascii() else len(_GRAPHEME.findall(text))


@deconstructible
class GraphemeLimit:
    """A validator of forms and models."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, text: str) -> None:
        room = self.limit * CODE_POINTS_PER_GRAPHEME  # composing makes some marks longer
        if graphemes(text) > self.limit or len(nfc(text)) > room:
            told = ngettext(
                "Use at most %(limit)d character.", "Use at most %(limit)d characters.", self.limit
            )
            raise ValidationError(told % {"limit": self.limit}, code="max_length")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GraphemeLimit) and self.limit == other.limit

    def __hash__(self) -> int:
        return hash(self.limit)


def check_one_line(text: str) -> None:
    """A validator of forms and models."""
    if not is_one_line(text):
        raise ValidationError(gettext("Write it in one line."), code="lines")
