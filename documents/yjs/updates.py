"""What an update holds, found without applying it, and state vectors.

The strict reading refuses what Yjs 13 cannot have written: what is cut, promises more than follows,
nests without end, or brings other documents inside.
"""

from bisect import bisect_right
from typing import NamedTuple

from documents.yjs.reader import Malformed, Reader, write_blob, write_uint

LARGEST_CLOCK = 2**31
NOTHING = b"\x00\x00"  # the update without content

StateVector = dict[int, int]
Span = tuple[int, int]  # start and length, in clock ticks
Ranges = dict[int, list[Span]]
Item = tuple[int, int]  # client and clock of one character


class Summary(NamedTuple):
    """Of an update: up to where it has structs of each client, and up to where it deletes."""

    ends: StateVector
    deleted: StateVector

    def is_beyond(self, state: StateVector) -> bool:
        """Whether something is in it, or deleted by it, that is not in a document of this state."""
        both = [*self.ends.items(), *self.deleted.items()]
        return any(end > state.get(client, 0) for client, end in both)


def read_state_vector(data: bytes) -> StateVector:
    """Malformed: five bytes can claim 500 million clients, for which a gigabyte is taken."""
    reader = Reader(data)
    found = {reader.uint(): reader.uint(LARGEST_CLOCK) for _ in range(reader.count(2))}
    reader.end()
    return found


def summarise(update: bytes) -> Summary:
    """Raises Malformed."""
    ends, _, deleted = _parts(update)
    return Summary(ends, {client: max(_ends(spans)) for client, spans in deleted.items() if spans})


def deletions(update: bytes) -> Ranges:
    """What it deletes. Malformed."""
    return _parts(update)[2]


def only_new(update: bytes, deleted: Ranges) -> bytes:
    """The same without what is deleted already. Malformed."""
    _, structs, ranges = _parts(update)
    left = {client: _without(spans, deleted.get(client, [])) for client, spans in ranges.items()}
    return structs + _write_ranges({client: spans for client, spans in left.items() if spans})


def right_origin(update: bytes) -> Item | None:
    """What stands right of the one struct of an update. Malformed."""
    reader = Reader(update)
    reader.uint(), reader.uint(), reader.uint(), reader.uint()
    info = reader.byte()
    if info & 128:
        _id(reader)
    return (reader.uint(), reader.uint(LARGEST_CLOCK)) if info & 64 else None


def mark_beside(item: Item, behind: bool, mark: str, client: int) -> bytes:
    """The update with which this client writes `mark` right before a character, or behind it."""
    info = bytes((4 | (128 if behind else 64),))
    ids = [b"".join(map(write_uint, numbers)) for numbers in ((1, 1, client, 0), item)]
    return ids[0] + info + ids[1] + write_blob(mark.encode()) + b"\x00"


def _parts(update: bytes) -> tuple[StateVector, bytes, Ranges]:
    """Up to where it has structs of each client; the structs as they are; what it deletes."""
    reader = Reader(update)
    ends: StateVector = {}
    for _ in range(reader.count(3)):
        structs = reader.count(2)
        client, clock = reader.uint(), reader.uint(LARGEST_CLOCK)
        if client in ends:
            raise Malformed("a client twice")
        for _ in range(structs):
            clock += _struct(reader)
            if clock > LARGEST_CLOCK:
                raise Malformed("a clock that is too large")
        ends[client] = clock
    structs_end = reader.at
    ranges = _read_ranges(reader)
    reader.end()
    return ends, update[:structs_end], ranges


def _read_ranges(reader: Reader) -> Ranges:
    ranges: Ranges = {}
    for _ in range(reader.count(2)):
        client = reader.uint()
        spans = ranges.setdefault(client, [])
        for _ in range(reader.count(2)):
            spans.append((reader.uint(LARGEST_CLOCK), reader.uint(LARGEST_CLOCK)))
    return ranges


def _write_ranges(ranges: Ranges) -> bytes:
    written = [write_uint(len(ranges))]
    for client, spans in ranges.items():
        written += [write_uint(client), write_uint(len(spans))]
        written += [write_uint(number) for span in spans for number in span]
    return b"".join(written)


def _ends(spans: list[Span]) -> list[int]:
    return [start + length for start, length in spans]


def _without(spans: list[Span], others: list[Span]) -> list[Span]:
    """What of `spans` is in none of `others`."""
    left, others = [], sorted(others)
    starts = [start for start, _ in others]
    for start, length in spans:
        end = start + length
        at = max(bisect_right(starts, start) - 1, 0)
        for other, other_length in others[at:]:
            if other >= end:
                break
            if other > start:
                left.append((start, other - start))
            start = max(start, other + other_length)
        if start < end:
            left.append((start, end - start))
    return left


def _struct(reader: Reader) -> int:
    """Its length in clock ticks."""
    info = reader.byte()
    content = info & 31
    if info == 10 or content == 0:  # skipped, or collected garbage
        return _positive(reader)
    if info & 128:
        _id(reader)
    if info & 64:
        _id(reader)
    if not info & 192:
        if reader.uint() == 1:
            reader.string()
        else:
            _id(reader)
        if info & 32:
            reader.string()
    return _content(reader, content)


def _id(reader: Reader) -> None:
    reader.uint()
    reader.uint(LARGEST_CLOCK)


def _positive(reader: Reader) -> int:
    length = reader.uint(LARGEST_CLOCK)
    if not length:
        raise Malformed("a struct of no length")
    return length


def _content(reader: Reader, kind: int) -> int:
    if kind == 4:
        return _string(reader)
    if kind == 1:
        return _positive(reader)
    if kind in (2, 8):
        length = reader.count()
        for _ in range(length):
            _json_or_undefined(reader) if kind == 2 else reader.any()
        return length or _nothing()
    _single(reader, kind)
    return 1


def _string(reader: Reader) -> int:
    text = reader.string()
    return len(text) + sum(c > "\uffff" for c in text) if text else _nothing()


def _nothing() -> int:
    raise Malformed("a struct of no length")


def _single(reader: Reader, kind: int) -> None:
    """Contents that are one tick long."""
    if kind == 3:
        reader.blob()
    elif kind == 5:
        reader.json()
    elif kind == 6:
        reader.string()
        reader.json()
    elif kind == 7:
        if reader.uint(6) in (3, 5):  # an XML element or hook has a name
            reader.string()
    else:
        raise Malformed("content of no kind")


def _json_or_undefined(reader: Reader) -> None:
    if reader.data[reader.at : reader.at + 10] == b"\tundefined":
        reader.skip(10)
    else:
        reader.json()
