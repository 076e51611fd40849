"""What the text of a message may be."""

from accounts.text import nfc


def message_text(text: str) -> str:
    """Composed, without blank lines around it (the first line's indentation is markdown).

    ValueError if nothing is left.
    """
    trimmed = nfc(text).rstrip().lstrip("\r\n")
    if not trimmed.strip():
        raise ValueError("must not be empty")
    return trimmed
