"""How Maru scales: the costs of docs/scaling.md in a small simulation.

python -m bench.simulate

First the fan-out room of the benchmark, event by event, on one worker and on two, beside what
results.json measured there. Then a working day of ten thousand, a hundred thousand and a million
people online: how many cores of each kind, and which of them is the wall.
"""

import heapq
from dataclasses import dataclass
from math import ceil

from bench.report import load

# Microseconds of one core, measured by `make bench` (docs/scaling.md says how each was found).
REQUEST_US = 130  # decode, check, store in a batch, encode, answer
COMMIT_US = 1_500  # of Python, for each group commit
COMMIT_WAIT_US = 3_000  # while Postgres works and the disk writes
WRITE_US = 10.0  # one write to one socket, whatever it holds
FRAME_US = 0.15  # each frame in it
RELAY_US = 60  # pack and publish, or receive and unpack, the posts of one message
PAGE_US = 1_900  # an opened channel, a page of history
MARK_US = 90  # read up to here; marks share commits as messages do
CONNECT_US = 2_000
IDLE_US_PER_SECOND = 3.0  # a socket that says nothing: its pings and the watch

READING_US = 1_000  # until the clients of a large room have read what a flush wrote

REDIS_US = 20  # of one Redis core: a publish, or its delivery to one worker
# Of one Postgres core: a message in a group commit, the commit itself, a page.
POSTGRES_STORE_US, POSTGRES_COMMIT_US, POSTGRES_PAGE_US = 150, 1_250, 1_500
BUSY = 0.6  # what a core should carry at most: beyond it the waiting grows


@dataclass
class Room:
    """The closed loop of the benchmark: a message that everybody has makes room for the next."""

    workers: int
    sockets: int
    in_flight: int

    def cpu_us_per_delivery(self, messages: int = 4_000) -> float:
        """Simulated until so many messages have arrived everywhere."""
        loops = [0.0] * self.workers  # until when each worker's event loop is busy
        writers = [0.0] * self.workers  # until when its commit is on its way
        # Not all at once: the first commit is under way when most of them come.
        events = [(number * 100.0, number % self.workers, 1) for number in range(self.in_flight)]
        cpu = done = 0.0
        while done < messages:
            now, worker, size = heapq.heappop(events)
            free = max(loops[worker], writers[worker])
            if free > now:
                heapq.heappush(events, (free, worker, size))
                continue
            size += self.take_along(events, now, worker)
            work = size * REQUEST_US + COMMIT_US
            writers[worker] = now + work + COMMIT_WAIT_US
            everybody = self.deliver(loops, writers[worker], size)
            cpu += work + self.delivery_us(size) * self.workers
            done += size
            # The first of the next ones comes alone, and its commit leaves without the others.
            heapq.heappush(events, (everybody, worker, 1))
            if size > 1:
                heapq.heappush(events, (everybody + READING_US, worker, size - 1))
        return cpu / (done * self.sockets)

    def take_along(self, events: list[tuple[float, int, int]], now: float, worker: int) -> int:
        """What else has come to this worker goes into the same commit."""
        mine = [event for event in events if event[0] <= now and event[1] == worker]
        for event in mine:
            events.remove(event)
        heapq.heapify(events)
        return sum(size for _, _, size in mine)

    def deliver(self, loops: list[float], at: float, size: int) -> float:
        """Every worker writes to its sockets; when the last one is done."""
        for worker, busy_until in enumerate(loops):
            loops[worker] = max(at, busy_until) + self.delivery_us(size)
        return max(loops)

    def delivery_us(self, size: int) -> float:
        """Of one worker, for a batch."""
        relayed = size * RELAY_US if self.workers > 1 else 0
        return relayed + self.sockets / self.workers * (WRITE_US + size * FRAME_US)


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
            + self.messages * (1 + reached) * RELAY_US
            + deliveries * (WRITE_US + FRAME_US)
            + self.messages * (self.pages_per_message * PAGE_US + self.marks_per_message * MARK_US)
            + sockets * IDLE_US_PER_SECOND
            + sockets * self.reconnects_per_person_and_hour / 3600 * CONNECT_US
        )

    def batch(self, workers: int) -> float:
        """Messages or marks in a commit: those that come to a worker while the last one is on its
        way."""
        waiting = (self.messages + self.marks) / workers
        return max(1.0, waiting * (COMMIT_US + COMMIT_WAIT_US) / 1e6)

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
