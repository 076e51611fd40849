"""What one process counts: plain integers and small histograms, stepped on the event loop.

They only grow, as Prometheus wants it; who shows rates takes differences. Nothing here locks,
allocates per message or reads more than one clock: the fan-out must not get slower.
"""

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter, time

# Upper bounds. Seconds of a request, from half a millisecond; messages of one commit.
SECONDS = (
    0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15,
    0.2, 0.3, 0.5, 0.75, 1.0, 2.0, 5.0, 10.0,
)  # fmt: skip
SIZES = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0)

FAULTS_KEPT = 100


class Histogram:
    """How many values fell under each bound; the last count is of those above all."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def add(self, value: float) -> None:
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


@dataclass(slots=True)
class RequestMeter:
    """One kind of request: how long it took to be answered, and how often with an error."""

    seconds: Histogram = field(default_factory=lambda: Histogram(SECONDS))
    errors: int = 0


@dataclass(slots=True)
class JobMeter:
    """One thing that a worker does by itself, again and again."""

    runs: int = 0
    failures: int = 0
    last_seconds: float = 0.0
    last_at: float = 0.0


class Meter:
    def __init__(self) -> None:
        self.requests: dict[str, RequestMeter] = {}
        self.all_requests = Histogram(SECONDS)
        self.errors: Counter[str] = Counter()
        self.batches = Histogram(SIZES)
        self.jobs: dict[str, JobMeter] = {}
        self.messages = 0
        self.opened = 0
        self.dropped = 0  # by sockets that are closed; the open ones have their own
        self.faults: deque[dict[str, str]] = deque(maxlen=FAULTS_KEPT)

    def request(self, name: str) -> RequestMeter:
        return self.requests.setdefault(name, RequestMeter())


meter = Meter()


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Around one run of a job."""
    job, began = meter.jobs.setdefault(name, JobMeter()), perf_counter()
    try:
        yield
    except BaseException:
        job.failures += 1
        raise
    finally:
        job.runs += 1
        job.last_seconds, job.last_at = perf_counter() - began, time()
