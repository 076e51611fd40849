"""The sockets of one topic, and how the same frames reach all of them: through a ring in one go
where nothing waits for a socket yet, by themselves otherwise."""

from array import array
from collections.abc import Iterable
from itertools import compress
from typing import TYPE_CHECKING

from realtime.posts import Batch
from realtime.uring import LARGEST_BYTES, Ring

if TYPE_CHECKING:
    from realtime.outbox import Outbox, RawOutbox

WORTH_A_RING = 4  # sockets


class Room:
    """Made anew when somebody comes or goes. What is needed of each socket for each batch lies in
    lists of its own: to look it up in a thousand sockets took as long as to write to them."""

    def __init__(self, outboxes: "Iterable[Outbox]") -> None:
        self.alone: list[Outbox] = []
        self.together: list[RawOutbox] = []
        self.places = array("i")
        for box in outboxes:
            if box.place is None:
                self.alone.append(box)
            else:
                self.together.append(box)
                self.places.append(box.place)
        self.numbers = frozenset(self.places)

    def write(self, batch: Batch, ring: Ring | None) -> None:
        if ring and len(self.together) >= WORTH_A_RING and len(batch.frames) <= LARGEST_BYTES:
            self._write_together(batch, ring)
        else:
            _write_to_each(self.together, batch)
        _write_to_each(self.alone, batch)

    def _write_together(self, batch: Batch, ring: Ring) -> None:
        boxes, places = self.together, self.places
        if full := ring.full.intersection(self.numbers):
            is_full = [place in full for place in places]
            _write_to_each(compress(boxes, is_full), batch)
            is_clear = [not each for each in is_full]
            boxes, places = list(compress(boxes, is_clear)), array("i", compress(places, is_clear))
        frames = memoryview(batch.frames)  # of which no copy is made for anybody
        for at, took in ring.send(places, batch.frames):
            boxes[at].write_rest(frames[took:])


def _write_to_each(outboxes: "Iterable[Outbox]", batch: Batch) -> None:
    for box in outboxes:
        box.write(batch)
