"""How Maru scales: the costs of docs/scaling.md in a small simulation.

python -m bench.simulate

First the fan-out room of the benchmark, event by event, on one worker and on two, beside what
results.json measured there. Then a working day of ten thousand, a hundred thousand and a million
people online: how many cores of each kind, and which of them is the wall.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from math import ceil
from random import Random

from bench.report import load
from realtime.hub import LONGEST_REST_SECONDS, RESTS_PER_FLUSH

# Microseconds of one core, measured by `make bench` (docs/scaling.md says how each was found).
REQUEST_US = 130  # decode, check, store in a batch, encode, answer
COMMIT_US = 1_250  # of Python, for each group commit
LOCK_US, COMMIT_WAIT_US = 100, 500  # while Postgres works: until the room is locked, and then
DISK_US = 800  # on the average, until it is on the disk: now less, now more
WHOLE_COMMIT_US = 4_200  # of one message, in a room that is not busy
WRITE_US = 7.0  # one write to one socket, whatever it holds
FRAME_US = 0.1  # each frame in it

RELAY_SEND_US = 60  # publish what one commit has to tell
RELAY_HEAR_US = 60  # receive it, as who published it does too
RELAY_US = 2  # pack and unpack each message of it
PAGE_US = 1_900  # an opened channel, a page of history
MARK_US = 90  # read up to here; marks share commits as messages do
CONNECT_US = 2_000
IDLE_US_PER_SECOND = 3.0  # a socket that says nothing: its pings and the watch

# The load's own, which all its clients share: one read of a socket, and each frame in it.
READ_US, READ_FRAME_US = 4.5, 0.1

REDIS_US = 20  # of one Redis core: a publish, or its delivery to one worker
# Of one Postgres core: a message in a group commit, the commit itself, a page.
POSTGRES_STORE_US, POSTGRES_COMMIT_US, POSTGRES_PAGE_US = 150, 1_250, 1_500
BUSY = 0.6  # what a core should carry at most: beyond it the waiting grows


@dataclass
class Worker:
    """One of a room: what waits for its next commit, and for its next flush."""

    to_store: int = 0
    is_storing: bool = False
    to_flush: list["Stored"] = field(default_factory=list)
    is_due: bool = False
    rests_until: float = 0.0


@dataclass
class Stored:
    """The messages of one commit; `unwritten`: workers that have yet to write them."""

    author: Worker
    size: int
    unwritten: int


class Room:
    """The closed loop of the benchmark: a message that everybody has makes room for the next. All
    workers share one core, as they do there."""

    def __init__(self, workers: int, sockets: int, in_flight: int) -> None:
        self.workers = [Worker() for _ in range(workers)]
        self.sockets = sockets
        self.events: list[tuple[float, int, Callable[[], None]]] = []
        self.order = count()
        self.random = Random(1)  # each simulation the same
        self.now = self.cpu = 0.0
        self.core = 0.0  # busy until then
        self.is_locked = False
        self.done = 0
        # Not all at once: the first commit is under way when most of them come.
        for number in range(in_flight):
            self.at(number * 100.0, partial(self.say, self.workers[number % workers], 1))

    def cpu_us_per_delivery(self, messages: int = 4_000) -> float:
        """Simulated until so many messages have arrived everywhere."""
        while self.done < messages:
            self.now, _, happen = heapq.heappop(self.events)
            happen()
        return self.cpu / (self.done * self.sockets)

    def at(self, moment: float, happen: Callable[[], None]) -> None:
        heapq.heappush(self.events, (moment, next(self.order), happen))

    def work(self, us: float) -> float:
        """When the core, which does one thing after the other, will have done it."""
        self.cpu += us
        self.core = max(self.core, self.now) + us
        return self.core

    def say(self, worker: Worker, size: int) -> None:
        worker.to_store += size
        if not worker.is_storing:
            worker.is_storing = True
            self.at(max(self.core, self.now), partial(self.store, worker))

    def store(self, worker: Worker) -> None:
        """Two round trips; between them the room's row is locked."""
        if self.is_locked:
            self.at(self.now + LOCK_US, partial(self.store, worker))
            return
        self.is_locked = True
        size, worker.to_store = worker.to_store, 0
        begun = self.work(size * REQUEST_US + COMMIT_US / 2)
        self.at(begun + LOCK_US, partial(self.commit, Stored(worker, size, len(self.workers))))

    def commit(self, stored: Stored) -> None:
        disk = self.random.expovariate(1 / DISK_US)
        end = self.work(COMMIT_US / 2) + COMMIT_WAIT_US + disk
        self.at(end, partial(self.tell, stored))

    def tell(self, stored: Stored) -> None:
        """Every worker has it to write; the next commit begins."""
        stored.author.is_storing = self.is_locked = False
        if stored.author.to_store:
            self.say(stored.author, 0)
        self.work(RELAY_SEND_US)
        for worker in self.workers:
            self.work(RELAY_HEAR_US + stored.size * RELAY_US)
            worker.to_flush.append(stored)
            if not worker.is_due:
                worker.is_due = True
                self.at(max(self.now, worker.rests_until), partial(self.flush, worker))

    def flush(self, worker: Worker) -> None:
        if self.core > self.now:  # what comes meanwhile goes along
            self.at(self.core, partial(self.flush, worker))
            return
        batches, worker.to_flush, worker.is_due = worker.to_flush, [], False
        size = sum(stored.size for stored in batches)
        end = self.work(self.sockets / len(self.workers) * (WRITE_US + size * FRAME_US))
        rest = min(RESTS_PER_FLUSH * (end - self.now), LONGEST_REST_SECONDS * 1e6)
        worker.rests_until = end + rest if size > 1 else 0.0
        for stored in batches:
            stored.unwritten -= 1
            if not stored.unwritten:
                self.answer(stored, end, READ_US / size + READ_FRAME_US)

    def answer(self, stored: Stored, at: float, read_us: float) -> None:
        """While the clients read one has its next message to say after the other."""
        self.done += stored.size
        for number in range(1, stored.size + 1):
            moment = at + number * self.sockets * read_us
            self.at(moment, partial(self.say, self.random.choice(self.workers), 1))


@dataclass
class Day:
    """The busiest minute of people at work, who are online all at once."""

    people: int
    messages_per_person_and_hour: float = 12
    members_online: float = 60  # who get a message, on the average: many small rooms, few large
    pages_per_message: float = 1
    marks_per_message: float = 5
    reconnects_per_person_and_hour: float = 1
    sockets_per_person: float = 1.5

    @property
    def messages(self) -> float:
        """A second."""
        return self.people * self.messages_per_person_and_hour / 3600

    @property
    def marks(self) -> float:
        """A second."""
        return self.messages * self.marks_per_message

    def workers(self) -> int:
        count = 1
        while self.worker_us(count) / 1e6 > BUSY * count:
            count += 1 + count // 50
        return count

    def worker_us(self, workers: int) -> float:
        """Of all workers, for a second of the day."""
        sockets = self.people * self.sockets_per_person
        deliveries = self.messages * self.members_online * self.sockets_per_person
        reached = self.workers_reached(workers)
        return (
            self.messages * REQUEST_US
            + (self.messages + self.marks) * COMMIT_US / self.batch(workers)
            + self.messages * (RELAY_SEND_US + reached * (RELAY_HEAR_US + RELAY_US))
            + deliveries * (WRITE_US + FRAME_US)
            + self.messages * (self.pages_per_message * PAGE_US + self.marks_per_message * MARK_US)
            + sockets * IDLE_US_PER_SECOND
            + sockets * self.reconnects_per_person_and_hour / 3600 * CONNECT_US
        )

    def batch(self, workers: int) -> float:
        """Messages or marks in a commit: those that come to a worker while the last one is on its
        way."""
        waiting = (self.messages + self.marks) / workers
        return max(1.0, waiting * WHOLE_COMMIT_US / 1e6)

    def workers_reached(self, workers: int) -> float:
        """That hold a socket of the room: as many as balls thrown into boxes hit."""
        sockets = self.members_online * self.sockets_per_person
        return workers * (1 - (1 - 1 / workers) ** sockets)

    def redis_cores(self, workers: int) -> float:
        return self.messages * (1 + self.workers_reached(workers)) * REDIS_US / 1e6 / BUSY

    def postgres_cores(self, workers: int) -> float:
        commits = (1 + self.marks_per_message) / self.batch(workers)
        pages = self.pages_per_message * POSTGRES_PAGE_US
        each = POSTGRES_STORE_US + commits * POSTGRES_COMMIT_US + pages
        return self.messages * each / 1e6 / BUSY


def main() -> None:
    print("CPU µs per delivery in the room of 1,000        simulated   measured")
    measured = {row.scenario: row.value for row in load() if row.server == "Maru"}
    for in_flight in (1, 32, 512):
        name = f"fan-out to 1,000 sockets, {in_flight} in flight"
        show(name, Room(1, 1_000, in_flight), measured)
    for workers in (1, 2):
        name = f"fan-out on workers: {workers}, 32 in flight"
        show(name, Room(workers, 1_000, 32), measured)
    print("\n   people  messages/s  deliveries/s  workers  Redis cores  Postgres cores")
    for people in (10_000, 100_000, 1_000_000):
        day = Day(people)
        workers = day.workers()
        deliveries = day.messages * day.members_online * day.sockets_per_person
        print(
            f"{people:>9,}  {day.messages:>10,.0f}  {deliveries:>12,.0f}  {workers:>7,}"
            f"  {ceil(day.redis_cores(workers)):>11}  {ceil(day.postgres_cores(workers)):>14}"
        )


def show(name: str, room: Room, measured: dict[str, float]) -> None:
    found = f"{measured[name]:>10.2f}" if name in measured else "         -"
    print(f"{name:<46} {room.cpu_us_per_delivery():>10.2f} {found}")


if __name__ == "__main__":
    main()
