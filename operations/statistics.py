"""The samples of all workers as the few numbers that are shown."""

from collections.abc import Sequence
from datetime import UTC, datetime

from operations import wire
from operations.history import join, row_of
from operations.sample import Sample, merged, quantile
from realtime.meter import SECONDS, SIZES

MINUTE_SECONDS = 60


def worker_state(sample: Sample) -> wire.WorkerState:
    same = {name: getattr(sample, name) for name in wire.WorkerState.model_fields.keys() & SAME}
    return wire.WorkerState(
        name=sample.worker,
        uptime_seconds=int(sample.at - sample.started_at),
        dropped_volatile=sample.dropped,
        **same,
    )


SAME = Sample.model_fields.keys()


def rates(samples: Sequence[Sample]) -> wire.Rates:
    def total(name: str) -> float:
        return round(sum(getattr(sample, name) for sample in samples), 2)

    def worst(name: str) -> float:
        return max((getattr(sample, name) for sample in samples), default=0.0)

    return wire.Rates(
        sockets=int(total("sockets")),
        deliveries_per_second=total("deliveries_per_second"),
        messages_per_second=total("messages_per_second"),
        requests_per_second=total("requests_per_second"),
        errors_per_second=total("errors_per_second"),
        dropped_per_second=total("dropped_per_second"),
        p50_ms=worst("p50_ms"),
        p99_ms=worst("p99_ms"),
        loop_lag_ms=worst("loop_lag_ms"),
        outbox_bytes=int(total("outbox_bytes")),
        messages_total=int(total("messages")),
        deliveries_total=int(total("delivered")),
    )


def numbers(samples: Sequence[Sample]) -> wire.Numbers:
    now = datetime.now(UTC)
    second = int(now.timestamp())
    rows = [[[float(second), *row_of(sample)[1:]]] for sample in samples]
    [row] = join(rows, 1) or [[]]
    return wire.Numbers(
        time=now,
        rates=rates(samples),
        workers=[worker_state(sample) for sample in samples],
        row=row,
    )


def request_times(samples: Sequence[Sample]) -> list[wire.RequestTimes]:
    """The busiest first."""
    names = {name for sample in samples for name in sample.requests}
    found = [_times_of(name, samples) for name in names]
    return sorted(found, key=lambda each: (-each.per_second, -each.count, each.name))


def _times_of(name: str, samples: Sequence[Sample]) -> wire.RequestTimes:
    counted = [sample.requests[name] for sample in samples if name in sample.requests]
    minute = merged([each.minute for each in counted])
    shown = minute if sum(minute) else merged([each.buckets for each in counted])
    return wire.RequestTimes(
        name=name,
        count=sum(sum(each.buckets) for each in counted),
        errors=sum(each.errors for each in counted),
        per_second=round(sum(minute) / MINUTE_SECONDS, 2),
        p50_ms=round(quantile(shown, 0.5, SECONDS) * 1000, 2),
        p99_ms=round(quantile(shown, 0.99, SECONDS) * 1000, 2),
    )


def batch_sizes(samples: Sequence[Sample]) -> wire.BatchSizes:
    counts = merged([sample.batches for sample in samples]) or [0] * (len(SIZES) + 1)
    return wire.BatchSizes(bounds=[*SIZES], counts=counts)


def jobs(samples: Sequence[Sample]) -> list[wire.JobState]:
    return [
        wire.JobState(
            name=name,
            worker=sample.worker,
            runs=job.runs,
            failures=job.failures,
            last_milliseconds=round(job.last_seconds * 1000, 2),
            last_at=datetime.fromtimestamp(job.last_at, UTC) if job.last_at else None,
        )
        for sample in samples
        for name, job in sorted(sample.jobs.items())
    ]
