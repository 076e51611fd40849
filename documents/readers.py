"""Who reads a document as JSON on one worker, and what each has been told.

Every worker makes the changes for its own readers, from the text that each was told last to the
text now: so a reader's changes follow each other without a gap, whoever made them and however they
came here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple


class Told(NamedTuple):
    """The text that a reader has, and its version."""

    text: str
    version: int


class Reader:
    """`told` is None for who did not ask for the text."""

    def __init__(self, told: Told | None) -> None:
        self.told = told
        self.waits = 0

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """For the answer to a change of its own."""
        self.waits += 1
        try:
            yield
        finally:
            self.waits -= 1

    def learn(self, text: str, version: int) -> None:
        if self.told is not None:
            self.told = Told(text, version)

    def is_behind(self, version: int) -> bool:
        return self.told is not None and not self.waits and self.told.version < version
