"""The samples of all workers for Prometheus. Any worker answers for all, with a label for each:
they share one port, and a scrape does not choose whom it meets."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from time import time

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from operations.sample import Sample
from realtime.meter import SECONDS, SIZES

GAUGES = (
    ("sockets", "Open sockets."),
    ("users", "People with a socket on the worker."),
    ("loop_lag_ms", "How late the event loop was at most, in milliseconds, in the last second."),
    ("memory_bytes", "Resident memory."),
    ("cpu_percent", "Time of one core, in the last second."),
    ("outbox_bytes", "What all sockets still have to be sent."),
    ("outbox_largest_bytes", "What the slowest socket still has to be sent."),
)
COUNTERS = (
    ("opened", "sockets_opened", "Sockets that were opened."),
    ("delivered", "deliveries", "Events delivered to sockets."),
    ("messages", "messages", "Messages that were stored."),
    ("dropped", "dropped_volatile", "Volatile events not sent to sockets that lag."),
)


class Samples(Collector):
    def __init__(self, samples: Sequence[Sample]) -> None:
        self.samples = samples

    def collect(self) -> Iterator[Metric]:
        yield from self._gauges()
        yield from self._counters()
        yield from self._requests()
        yield from self._batches()

    def _gauges(self) -> Iterator[Metric]:
        for name, text in GAUGES:
            gauge = GaugeMetricFamily(f"maru_{name}", text, labels=["worker"])
            for sample in self.samples:
                gauge.add_metric([sample.worker], getattr(sample, name))
            yield gauge
        up = GaugeMetricFamily("maru_uptime_seconds", "Since the start.", labels=["worker"])
        relay = GaugeMetricFamily("maru_relay_up", "The channel layer works.", labels=["worker"])
        info = GaugeMetricFamily(
            "maru_worker_info", "Always 1.", labels=["worker", "host", "pid", "version"]
        )
        for each in self.samples:
            up.add_metric([each.worker], time() - each.started_at)
            relay.add_metric([each.worker], each.relay_healthy)
            info.add_metric([each.worker, each.host, str(each.pid), each.version], 1)
        yield from (up, relay, info)

    def _counters(self) -> Iterator[Metric]:
        for attribute, name, text in COUNTERS:
            counter = CounterMetricFamily(f"maru_{name}", text, labels=["worker"])
            for sample in self.samples:
                counter.add_metric([sample.worker], getattr(sample, attribute))
            yield counter
        errors = CounterMetricFamily("maru_errors", "Errors told.", labels=["worker", "code"])
        for sample in self.samples:
            for code, count in sample.errors.items():
                errors.add_metric([sample.worker, code], count)
        yield errors

    def _requests(self) -> Iterator[Metric]:
        labels = ["worker", "request"]
        seconds = HistogramMetricFamily("maru_request_seconds", "Until answered.", labels=labels)
        errors = CounterMetricFamily("maru_request_errors", "Answered so.", labels=labels)
        for sample in self.samples:
            for name, count in sample.requests.items():
                buckets = _buckets(count.buckets, SECONDS)
                seconds.add_metric([sample.worker, name], buckets, sum_value=count.seconds)
                errors.add_metric([sample.worker, name], count.errors)
        yield from (seconds, errors)

    def _batches(self) -> Iterator[Metric]:
        sizes = HistogramMetricFamily(
            "maru_commit_messages", "Messages committed together.", labels=["worker"]
        )
        for sample in self.samples:
            buckets = _buckets(sample.batches, SIZES)
            sizes.add_metric([sample.worker], buckets, sum_value=sample.batched)
        yield sizes


def _buckets(counts: Sequence[int], bounds: Sequence[float]) -> list[tuple[str, float]]:
    names = [*(str(bound) for bound in bounds), "+Inf"]
    return list(zip(names, map(float, accumulate(counts)), strict=True))


def exposition(samples: Sequence[Sample]) -> bytes:
    registry = CollectorRegistry()
    registry.register(Samples(samples))
    return generate_latest(registry)
