"""The same bytes to many sockets with one system call, through Linux's io_uring.

To write to a socket costs Python and uvloop nearly as much as the kernel's own work for it. A ring
takes the sends of a whole room at once: its entries, which differ in one number, lie in memory
shared with the kernel (man 7 io_uring, linux/io_uring.h). Nothing waits: a socket that cannot take
everything says how much it took.

Sockets are named by places in the ring's own table, which hold connections and not numbers: what is
meant for a closed one fails, and can never reach who got its descriptor.
"""

import ctypes
import logging
import mmap
import os
import resource
from array import array
from collections.abc import Sequence
from contextlib import suppress
from socket import MSG_DONTWAIT, MSG_NOSIGNAL
from struct import pack, pack_into, unpack

logger = logging.getLogger(__name__)

ENTRIES = 4_096  # sends of one system call
LARGEST_BYTES = 256 * 1024
LARGEST_TABLE = 32_768  # sockets

SETUP, ENTER, REGISTER = 425, 426, 427  # system calls, numbered alike on every architecture
PARAMETERS = "10I 8IQ 8IQ"  # struct io_uring_params, with the places of both queues' fields
ENTRIES_OFFSET = 0x1000_0000  # IORING_OFF_SQES
GET_EVENTS = 1  # IORING_ENTER_GETEVENTS
REGISTER_FILES, REGISTER_FILES_UPDATE = 2, 6
OP_SEND, FIXED_FILE = 26, 1
ENTRY = "=BBHiQQIiQ24x"  # struct io_uring_sqe: op, -, -, fd, -, address, length, flags, user_data
WORD, ENTRY_BYTES = 4, 64
ENTRY_WORDS, ENTRY_FD, ENTRY_LENGTH = 16, 1, 6
COMPLETION_WORDS, COMPLETION_DATA, COMPLETION_RESULT = 4, 0, 2
COUNTERS = 2**32  # the kernel's wrap around


class Ring:
    """Of one thread."""

    @classmethod
    def open(cls) -> "Ring | None":
        """None where the kernel is too old or a container forbids it."""
        try:
            return cls()
        except (OSError, AttributeError) as error:
            logger.info("No io_uring here (%s): every socket is written to by itself.", error)
            return None

    def __init__(self) -> None:
        self.libc = ctypes.CDLL(None, use_errno=True)
        told = ctypes.create_string_buffer(120)
        self.descriptor = self._call(SETUP, ctypes.c_uint(ENTRIES), told)
        try:
            self._map(unpack(PARAMETERS, told))
            self._reserve()
        except OSError:
            self.close()
            raise
        self.sent = 0  # since the beginning
        self.full: set[int] = set()  # places where something waits already, for its owner to note

    def close(self) -> None:
        os.close(self.descriptor)

    def add(self, descriptor: int) -> int | None:
        """The place of a connected socket; None when all are taken."""
        if not self.free_places:
            return None
        place = self.free_places.pop()
        self._put(place, descriptor)
        return place

    def empty(self, place: int) -> None:
        """Lets the socket go, so that it can close. The place stays taken: rooms may know it."""
        self.full.discard(place)
        self._put(place, -1)

    def free(self, place: int) -> None:
        """No room knows the place any more."""
        self.empty(place)
        self.free_places.append(place)

    def send(self, places: Sequence[int], data: bytes) -> list[tuple[int, int]]:
        """At most LARGEST_BYTES to each. Of those that did not take everything: their position and
        how many bytes they took, 0 when full or closed."""
        ctypes.memmove(self.data, data, len(data))
        short = []
        done = 0
        while done < len(places):
            # Not past the end of the queue: entries lie one after the other.
            some = places[done : done + ENTRIES - self.sent % ENTRIES]
            short += [(done + at, took) for at, took in self._send(some, len(data))]
            done += len(some)
        return short

    def _send(self, places: Sequence[int], length: int) -> list[tuple[int, int]]:
        first, count = self.sent % ENTRIES, len(places)
        words = self.entries[first * ENTRY_WORDS : (first + count) * ENTRY_WORDS]
        words[ENTRY_FD::ENTRY_WORDS] = memoryview(array("i", places))
        words[ENTRY_LENGTH::ENTRY_WORDS] = memoryview(array("i", [length]) * count)
        self._submit(count)
        took, entries = self._take(count)
        if took.count(length) == count:
            return []
        answers = zip(entries, took, strict=True)
        return [(entry - first, max(n, 0)) for entry, n in answers if n != length]

    def _submit(self, count: int) -> None:
        """Returns when all of it is done."""
        self.sent += count
        self.queues[self.tail] = self.sent % COUNTERS
        while waiting := (self.sent - self.queues[self.done_tail]) % COUNTERS:
            unseen = (self.sent - self.queues[self.head]) % COUNTERS
            with suppress(InterruptedError, BlockingIOError):
                self._call(ENTER, self.descriptor, unseen, waiting, GET_EVENTS, None, 0)

    def _take(self, count: int) -> tuple[list[int], list[int]]:
        """Of the last `count` sends: what each gave, bytes or a negative errno, and its entry."""
        first = (self.sent - count) * COMPLETION_WORDS % len(self.completions)
        words = self.completions[first : first + count * COMPLETION_WORDS]
        took = words[COMPLETION_RESULT::COMPLETION_WORDS].tolist()
        entries = words[COMPLETION_DATA::COMPLETION_WORDS].tolist()
        self.queues[self.done_head] = self.sent % COUNTERS
        return took, entries

    def _map(self, told: Sequence[int]) -> None:
        """Maps the memory of the queues and of the entries."""
        self.head, self.tail, numbers = told[10] // WORD, told[11] // WORD, told[16] // WORD
        self.done_head, self.done_tail, done = told[19] // WORD, told[20] // WORD, told[24] // WORD
        done_end = done + told[1] * COMPLETION_WORDS
        size = max(numbers + ENTRIES, done_end) * WORD
        shared = memoryview(mmap.mmap(self.descriptor, size))
        self.queues, self.completions = shared.cast("I"), shared.cast("i")[done:done_end]
        self.queues[numbers : numbers + ENTRIES] = memoryview(array("I", range(ENTRIES)))
        entries = mmap.mmap(self.descriptor, ENTRIES * ENTRY_BYTES, offset=ENTRIES_OFFSET)
        self._prepare(entries)
        self.entries = memoryview(entries).cast("i")

    def _prepare(self, entries: mmap.mmap) -> None:
        """Writes into each entry what never changes."""
        self.data = ctypes.create_string_buffer(LARGEST_BYTES)
        address = ctypes.addressof(self.data)
        for number in range(ENTRIES):
            fields = OP_SEND, FIXED_FILE, 0, -1, 0, address, 0, MSG_DONTWAIT | MSG_NOSIGNAL, number
            pack_into(ENTRY, entries, number * ENTRY_BYTES, *fields)

    def _reserve(self) -> None:
        """A table with as many places as the process may have descriptors."""
        size = min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], LARGEST_TABLE)
        empty = (ctypes.c_int * size)(*[-1] * size)
        self._call(REGISTER, self.descriptor, REGISTER_FILES, empty, size)
        self.free_places = list(reversed(range(size)))

    def _put(self, place: int, descriptor: int) -> None:
        value = ctypes.c_int(descriptor)
        update = pack("IIQ", place, 0, ctypes.addressof(value))  # struct io_uring_files_update
        self._call(REGISTER, self.descriptor, REGISTER_FILES_UPDATE, update, 1)

    def _call(self, *arguments: object) -> int:
        result: int = self.libc.syscall(*arguments)
        if result < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        return result
