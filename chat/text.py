"""What text may be: NFC-normalised (한 typed as three jamo is the same word as 한 typed as one) and
storable everywhere: Postgres refuses U+0000."""

import unicodedata

NUL = "\x00"


def nfc(text: str) -> str:
    """Composed form, with U+FFFD in place of U+0000 as CommonMark has it.

    ValueError for a lone surrogate, which no encoding can store.
    """
    text.encode()
    return unicodedata.normalize("NFC", text).replace(NUL, "\N{REPLACEMENT CHARACTER}")


def one_line(text: str) -> str:
    """A name or topic: composed, trimmed. ValueError if a control character is inside."""
    line = text.strip()
    if any(unicodedata.category(character) in {"Cc", "Zl", "Zp"} for character in line):
        raise ValueError("must not contain control characters or line breaks")
    return nfc(line)


def message_text(text: str) -> str:
    """Composed, without blank lines around it (the first line's indentation is markdown).

    ValueError if nothing is left.
    """
    trimmed = nfc(text).rstrip().lstrip("\r\n")
    if not trimmed.strip():
        raise ValueError("must not be empty")
    return trimmed
