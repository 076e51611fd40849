"""Places that keep their place while the text around them changes.

The library's own sticky positions count bytes where Yjs counts UTF-16 units, and panic behind
anything but ASCII. So a place is kept as the update that would write a mark there: in a copy of the
document it puts the mark where Yjs itself would have put it.
"""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pycrdt import Doc, Text

from documents.yjs import text as texts
from documents.yjs.updates import Item, deletions, mark_beside, only_new, right_origin

if TYPE_CHECKING:
    AnyDoc = Doc[Any]

MARK = "\U0010fffd"  # for private use
# Of what is written at one place, the larger client stands further right: what others write right
# before or right behind the anchored text is no part of it.
BEGINNINGS = range(2**53 - 2**40, 2**53)
ENDS = range(1, 2**24)


def begin_at(doc: "AnyDoc", index: int) -> bytes:
    return _anchor(doc, index, BEGINNINGS)


def end_at(doc: "AnyDoc", index: int) -> bytes:
    return _anchor(doc, index, ENDS)


def _anchor(doc: "AnyDoc", index: int, clients: range) -> bytes:
    """At `index` UTF-16 units. ValueError beyond the text."""
    copy = _copy(doc, secrets.choice(clients))
    text, state = texts.text_of(copy), copy.get_state()
    text.insert(len(texts.prefix(str(text), index).encode()), MARK)
    update = copy.get_update(state)
    return only_new(update, deletions(update))


def item_at(doc: "AnyDoc", index: int) -> "Item | None":
    """The character that Yjs has there; None at the end. ValueError beyond the text."""
    return right_origin(begin_at(doc, index))


def points_of(doc: "AnyDoc", points: Sequence[tuple["Item | None", bool]]) -> list[int | None]:
    """The indexes, in UTF-16 units, right before these characters, or right behind where the
    second is true; without a character the end. None for what is nowhere."""
    copy = _copy(doc, secrets.choice(ENDS))
    end = texts.units(str(texts.text_of(copy)))
    return [
        end if item is None else _mark(copy, mark_beside(item, behind, MARK, _stranger(behind)))
        for item, behind in points
    ]


def _stranger(behind: bool) -> int:
    return secrets.choice(ENDS if behind else BEGINNINGS)


def places_of(
    doc: "AnyDoc", anchors: Sequence[tuple[bytes, bytes]]
) -> list[tuple[int, int] | None]:
    """Index and length in UTF-16 units; None for what is nowhere any more."""
    copy = _copy(doc, secrets.choice(ENDS))
    found: list[tuple[int, int] | None] = []
    for start, end in anchors:
        first, last = _mark(copy, start), _mark(copy, end)
        if first is None or last is None:
            found.append(None)
        else:
            found.append((first, max(last - first, 0)))
    return found


def _mark(copy: "AnyDoc", anchor: bytes) -> int | None:
    """Where its mark stands, the others not counted."""
    before = _marks(copy)
    try:
        copy.apply_update(anchor)
    except BaseException:  # a panic: the next ones find a copy without it
        return None
    after = _marks(copy)
    return sum(after) - sum(before) if len(after) > len(before) else None


def _marks(copy: "AnyDoc") -> list[int]:
    *pieces, _ = str(texts.text_of(copy)).split(MARK)
    places, at = [], 0
    for piece in pieces:
        at += texts.units(piece)
        places.append(at)
    return places


def _copy(doc: "AnyDoc", client: int) -> "AnyDoc":
    copy: AnyDoc = Doc(client_id=client)
    copy.get(texts.NAME, type=Text)
    copy.apply_update(doc.get_update())
    return copy
