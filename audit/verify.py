"""Walking the chain: does every entry stand where it was written, as it was written?"""

from collections.abc import Iterator
from dataclasses import dataclass

from audit.chain import GENESIS, hash_of
from audit.models import Entry

CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Walk:
    """`number` and `hash`: the last entry that is right; `problem`: what is wrong behind it."""

    number: int
    hash: str
    problem: str = ""


def verify() -> Walk:
    """In memory for one chunk of entries. What was cut off at the end cannot be seen from inside:
    compare the last number and hash with what was noted elsewhere."""
    right = Walk(0, GENESIS)
    for entry in entries():
        problem = problem_of(entry, right)
        if problem:
            return Walk(right.number, right.hash, problem)
        right = Walk(entry.number, entry.hash)
    return right


def entries() -> Iterator[Entry]:
    """All, by number, a chunk at a time: no snapshot is held while thousands are hashed."""
    last = 0
    while chunk := list(Entry.objects.filter(number__gt=last).order_by("number")[:CHUNK]):
        yield from chunk
        last = chunk[-1].number


def problem_of(entry: Entry, before: Walk) -> str:
    """ "" if it follows `before` and is what was hashed."""
    if entry.number != before.number + 1:
        return f"Entry {before.number + 1} is missing; {entry.number} follows {before.number}."
    if entry.previous_hash != before.hash:
        return f"Entry {entry.number} does not follow entry {before.number} as it is now."
    if entry.hash != hash_of(entry):
        return f"Entry {entry.number} ({entry.action}) is not what was written."
    return ""
