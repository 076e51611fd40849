"""Cursors, between those who count UTF-16 units and those who name a character of Yjs."""

from collections.abc import Sequence
from typing import Any

from chat.queries.frames import senders
from documents import wire
from documents.queries.held import held
from documents.yjs.press import press
from documents.yjs.reader import LARGEST_INTEGER
from documents.yjs.text import NAME

Point = tuple[tuple[int, int] | None, bool]  # as anchors.points_of has it


def shown_cursor(document_id: int, place: wire.Place) -> dict[str, Any]:
    """The place as clients of Yjs show theirs. ValueError beyond the text; Fell."""
    with held(document_id):
        begin, end = press.ask("point", document_id, place.index, place.length)
    return {"anchor": _relative(begin), "head": _relative(end)}


def _relative(item: Sequence[int] | None) -> dict[str, Any]:
    if item is None:
        return {"tname": NAME, "item": None, "assoc": 0}
    return {"tname": NAME, "item": {"client": item[0], "clock": item[1]}, "assoc": 0}


def cursors(document_id: int, shown: Sequence[dict[str, Any]]) -> list[wire.Cursor]:
    """Of the states that clients of Yjs show, those that say where somebody is. Fell."""
    known = [(_user_of(state), points) for state in shown if (points := _points_of(state))]
    if not known:
        return []
    people = senders(user for user, _ in known)
    with held(document_id):
        asked = [point for _, points in known for point in points]
        found = press.ask("points", document_id, asked)
    places = zip(found[::2], found[1::2], strict=True)
    return [
        wire.Cursor(
            document=document_id,
            user=people[user],
            position=wire.Place(index=min(place), length=abs(place[0] - place[1])),
        )
        for (user, _), place in zip(known, places, strict=True)
        if user in people and None not in place
    ]


def _user_of(state: dict[str, Any]) -> int:
    return int(state["user"]["id"])  # which the server has put there


def _points_of(state: dict[str, Any]) -> list[Point]:
    """Anchor and head; anybody could have written anything there."""
    cursor = state.get("cursor")
    if not isinstance(cursor, dict):
        return []
    points = [_point(cursor.get(name)) for name in ("anchor", "head")]
    return [point for point in points if point] if None not in points else []


def _point(relative: Any) -> Point | None:
    if not isinstance(relative, dict) or relative.get("tname") not in (NAME, None):
        return None
    item, assoc = relative.get("item"), relative.get("assoc")
    if item is None:
        return None, False
    if not isinstance(item, dict):
        return None
    client, clock = _number(item.get("client")), _number(item.get("clock"))
    if client is None or clock is None:
        return None
    return (client, clock), type(assoc) is int and assoc < 0


def _number(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value <= LARGEST_INTEGER else None
