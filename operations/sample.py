"""What one worker says of itself each second. All of it comes from what is counted anyway; the only
walk over all sockets is the one for what they still have to be sent."""

import os
import socket
from collections import Counter, deque
from collections.abc import Sequence
from resource import RUSAGE_SELF, getrusage
from time import time
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from realtime.frames import Frame
from realtime.meter import SECONDS, Histogram, meter

if TYPE_CHECKING:
    from realtime.worker import Worker

MINUTE_STEPS = 6
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class RequestCount(Frame):
    """`buckets` count all answers of this worker by their time, `minute` those of the last one."""

    buckets: list[int]
    seconds: float
    errors: int
    minute: list[int]


class Job(Frame):
    runs: int
    failures: int
    last_seconds: float
    last_at: float


class Sample(Frame):
    """Counts only grow; what is named `per_second` is of the last second."""

    worker: str
    host: str
    pid: int
    version: str
    started_at: float
    at: float
    draining: bool
    sockets: int
    users: int
    loop_lag_ms: float
    memory_bytes: int
    cpu_percent: float
    outbox_bytes: int
    outbox_largest_bytes: int
    opened: int
    delivered: int
    messages: int
    dropped: int
    answered: int
    deliveries_per_second: float
    messages_per_second: float
    requests_per_second: float
    errors_per_second: float
    dropped_per_second: float
    p50_ms: float
    p99_ms: float
    requests: dict[str, RequestCount]
    errors: dict[str, int]
    batches: list[int]
    batched: float
    batch_mean: float
    relay_healthy: bool
    jobs: dict[str, Job]


class Totals(NamedTuple):
    """What rates are the differences of."""

    at: float
    cpu: float
    delivered: int
    messages: int
    dropped: int
    errors: int
    batches: int
    batched: float
    times: list[int]


def quantile(counts: Sequence[int], share: float, bounds: tuple[float, ...] = SECONDS) -> float:
    """The bound under which this share of the values fell, between bounds in proportion."""
    wanted, passed = share * sum(counts), 0
    for index, count in enumerate(counts):
        if count and passed + count >= wanted:
            low = bounds[index - 1] if index else 0.0
            high = bounds[min(index, len(bounds) - 1)]
            return low + (high - low) * (wanted - passed) / count
        passed += count
    return 0.0


def difference(new: Sequence[int], old: Sequence[int] | None) -> list[int]:
    return [a - b for a, b in zip(new, old, strict=True)] if old else list(new)


class Sampler:
    def __init__(self, worker: "Worker") -> None:
        self.worker = worker
        self.started_at = time()
        self.before = self._totals(self.started_at, 0)
        self.steps: deque[dict[str, list[int]]] = deque(maxlen=MINUTE_STEPS)

    def step(self) -> None:
        """Every ten seconds: the last minute is what was counted since six steps ago."""
        self.steps.append({name: [*m.seconds.counts] for name, m in meter.requests.items()})

    def take(self, lag_seconds: float) -> Sample:
        waiting, largest, dropped = self._outboxes()
        before, totals = self.before, self._totals(time(), dropped)
        self.before = totals
        return Sample(
            worker=self.worker.relay.origin[:12],
            host=socket.gethostname(),
            pid=os.getpid(),
            version=settings.VERSION,
            started_at=self.started_at,
            at=totals.at,
            draining=self.worker.draining,
            sockets=len(self.worker.sockets),
            users=len(self.worker.presence.sockets),
            loop_lag_ms=round(lag_seconds * 1000, 2),
            memory_bytes=memory_bytes(),
            outbox_bytes=waiting,
            outbox_largest_bytes=largest,
            opened=meter.opened,
            delivered=totals.delivered,
            messages=totals.messages,
            dropped=totals.dropped,
            answered=sum(totals.times),
            requests=self._requests(),
            errors=dict(meter.errors),
            batches=[*meter.batches.counts],
            batched=totals.batched,
            relay_healthy=self.worker.relay.healthy,
            jobs=_jobs(),
            **_pace(before, totals),
        )

    def _totals(self, now: float, dropped: int) -> Totals:
        usage = getrusage(RUSAGE_SELF)
        return Totals(
            at=now,
            cpu=usage.ru_utime + usage.ru_stime,
            delivered=self.worker.hub.delivered,
            messages=meter.messages,
            dropped=meter.dropped + dropped,
            errors=sum(meter.errors.values()),
            batches=sum(meter.batches.counts),
            batched=meter.batches.total,
            times=[*meter.all_requests.counts],
        )

    def _outboxes(self) -> tuple[int, int, int]:
        total = largest = dropped = 0
        for each in self.worker.sockets:
            waiting = each.outbox.waiting_bytes()
            total += waiting
            largest = max(largest, waiting)
            dropped += each.outbox.dropped
        return total, largest, dropped

    def _requests(self) -> dict[str, RequestCount]:
        old = self.steps[0] if self.steps else {}
        return {
            name: _request(each.seconds, each.errors, old.get(name))
            for name, each in meter.requests.items()
            if each.seconds.total or each.errors
        }


def _pace(old: Totals, new: Totals) -> dict[str, float]:
    """What came to pass between the two, and how fast."""
    spent = max(new.at - old.at, 0.001)
    times, batches = difference(new.times, old.times), new.batches - old.batches
    return {
        "cpu_percent": round(100 * (new.cpu - old.cpu) / spent, 1),
        "deliveries_per_second": round((new.delivered - old.delivered) / spent, 2),
        "messages_per_second": round((new.messages - old.messages) / spent, 2),
        "requests_per_second": round(sum(times) / spent, 2),
        "errors_per_second": round((new.errors - old.errors) / spent, 2),
        "dropped_per_second": round(max(new.dropped - old.dropped, 0) / spent, 2),
        "p50_ms": round(quantile(times, 0.5) * 1000, 2),
        "p99_ms": round(quantile(times, 0.99) * 1000, 2),
        "batch_mean": round((new.batched - old.batched) / batches, 2) if batches else 0.0,
    }


def _request(times: Histogram, errors: int, old: list[int] | None) -> RequestCount:
    minute = difference(times.counts, old)
    return RequestCount(
        buckets=[*times.counts], seconds=round(times.total, 6), errors=errors, minute=minute
    )


def _jobs() -> dict[str, Job]:
    return {
        name: Job(
            runs=job.runs,
            failures=job.failures,
            last_seconds=round(job.last_seconds, 6),
            last_at=job.last_at,
        )
        for name, job in meter.jobs.items()
    }


def memory_bytes() -> int:
    """The resident memory of this process."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * PAGE_BYTES


def merged(counts: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*counts, strict=True)]


def errors_of(samples: Sequence[Sample]) -> Counter[str]:
    return sum((Counter(sample.errors) for sample in samples), Counter())
