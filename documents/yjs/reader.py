"""Reading lib0's encoding as if an enemy had written it: never past the end, never more than the
bytes can hold, never deeper than a stack bears."""

from pydantic_core import from_json

LARGEST_INTEGER = 2**53 - 1  # what a JavaScript number holds exactly
DEPTH_LIMIT = 32


class Malformed(ValueError):
    """These are no bytes of Yjs."""


class Reader:
    __slots__ = ("at", "data")

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    @property
    def left(self) -> int:
        return len(self.data) - self.at

    def byte(self) -> int:
        if self.at >= len(self.data):
            raise Malformed("too short")
        self.at += 1
        return self.data[self.at - 1]

    def uint(self, largest: int = LARGEST_INTEGER) -> int:
        number = shift = 0
        while True:
            byte = self.byte()
            number |= (byte & 127) << shift
            if byte < 128:
                break
            shift += 7
            if shift > 49:
                raise Malformed("a number of too many bytes")
        if number > largest:
            raise Malformed("a number that is too large")
        return number

    def count(self, bytes_each: int = 1) -> int:
        """Of things that follow, each of so many bytes at least."""
        number = self.uint()
        if number * bytes_each > self.left:
            raise Malformed("more is promised than follows")
        return number

    def blob(self) -> bytes:
        length = self.count()
        self.at += length
        return self.data[self.at - length : self.at]

    def string(self) -> str:
        try:
            return self.blob().decode()
        except UnicodeDecodeError:
            raise Malformed("not UTF-8") from None

    def json(self) -> object:
        try:
            return from_json(self.blob(), allow_inf_nan=False)
        except ValueError:
            raise Malformed("not JSON") from None

    def skip(self, length: int) -> None:
        if length > self.left:
            raise Malformed("too short")
        self.at += length

    def any(self, depth: int = 0) -> None:
        """One value of lib0's `any` encoding."""
        if depth > DEPTH_LIMIT:
            raise Malformed("nested too deep")
        kind = self.byte()
        if kind in FIXED_SIZES:
            self.skip(FIXED_SIZES[kind])
        elif kind in (118, 117):
            for _ in range(self.count()):
                if kind == 118:
                    self.string()
                self.any(depth + 1)
        elif kind in (119, 116):
            self.string() if kind == 119 else self.blob()
        elif kind == 125:
            self._signed()
        else:
            raise Malformed("a value of no kind")

    def end(self) -> None:
        if self.left:
            raise Malformed("too long")

    def _signed(self) -> None:
        for _ in range(8):
            if self.byte() < 128:
                return
        raise Malformed("a number of too many bytes")


# undefined, null, false, true, float32, float64, bigint
FIXED_SIZES = {127: 0, 126: 0, 121: 0, 120: 0, 124: 4, 123: 8, 122: 8}


def write_uint(number: int) -> bytes:
    written = bytearray()
    while number > 127:
        written.append(128 | number & 127)
        number >>= 7
    written.append(number)
    return bytes(written)


def write_blob(data: bytes) -> bytes:
    return write_uint(len(data)) + data
