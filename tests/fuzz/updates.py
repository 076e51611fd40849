"""Updates, state vectors and awareness frames as somebody hostile would change them."""

from collections.abc import Iterator
from random import Random
from typing import Any

from pycrdt import Array, Doc, Map, Text, XmlFragment

from documents.yjs.messages import Awareness, State
from documents.yjs.text import new_doc, text_of

INTERESTING = [b"\x00", b"\x7f", b"\xff\xff\xff\xff\x0f", b"\xff" * 8 + b"\x0f", b"\x80" * 12]


def corpus() -> list[bytes]:
    """What honest clients send: small changes, big ones, other types, deletions, formats."""
    doc: Doc[Any] = Doc()
    text: Any = doc.get("text", type=Text)
    others: Any = doc.get("map", type=Map)
    found, random = [], Random(1)
    for n in range(60):
        state = doc.get_state()
        text.insert(random.randrange(len(text) + 1) if n < 20 else 0, "가😀a"[n % 3])
        if n % 7 == 3:
            del text[0:1]
        if n % 11 == 5:
            text.format(0, len(text), {"bold": True})
        if n % 13 == 6:
            others[str(n)] = {"deep": [1, 2.5, None, True, "x", {"y": b"z"}]}
        if n % 17 == 8:
            others[f"a{n}"] = Array([1, Map({"k": Text("v")})])
        found.append(doc.get_update(state))
    xml: Doc[Any] = Doc()
    xml.get("xml", type=XmlFragment).children.append("text")
    return [*found, doc.get_update(), xml.get_update(), text_update("x" * 2_000)]


def text_update(text: str) -> bytes:
    doc = new_doc()
    text_of(doc).insert(0, text)
    return doc.get_update()


def awareness_corpus() -> list[bytes]:
    shown = {"user": {"name": "Alice", "color": "#123456"}, "cursor": {"anchor": 1, "head": 2}}
    states = [State(2**31 + n, n, shown if n % 3 else None) for n in range(12)]
    return [Awareness(states[:n]).payload for n in range(1, 12)]


def mutated(random: Random, originals: list[bytes]) -> Iterator[bytes]:
    while True:
        data = bytearray(random.choice(originals))
        for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
            _mutate(random, data, originals)
        yield bytes(data)


def _mutate(random: Random, data: bytearray, originals: list[bytes]) -> None:
    at = random.randrange(len(data) + 1)
    kind = random.randrange(6)
    if kind == 0 and data:
        data[min(at, len(data) - 1)] = random.randrange(256)
    elif kind == 1:
        data[at:at] = random.choice(INTERESTING)
    elif kind == 2:
        del data[at : at + random.randrange(1, 9)]
    elif kind == 3:
        data[at : at + 1] = random.choice(INTERESTING)
    elif kind == 4:
        other = random.choice(originals)
        start = random.randrange(len(other) + 1)
        data[at:at] = other[start : start + random.randrange(1, 40)]
    elif data:
        data[min(at, len(data) - 1)] ^= 1 << random.randrange(8)
