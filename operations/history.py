"""The last hour in rows of numbers: each second of the last five minutes, each ten seconds before.

Every worker keeps its own rows; they are joined when somebody looks, second by second. So a worker
that has gone still counts for the time in which it was there.
"""

from collections.abc import Iterable, Sequence

from operations.sample import Sample

SECONDS_KEPT = 300
TENS_KEPT = 360

COLUMNS = (
    "at", "sockets", "deliveries", "messages", "requests", "errors", "dropped", "memory", "outbox",
    "lag", "p50", "p99", "batch",
)  # fmt: skip
FIRST_HIGHEST = COLUMNS.index("lag")  # from here on the workers' highest counts, before their sum

Row = list[float]


def row_of(sample: Sample) -> Row:
    return [
        int(sample.at),
        sample.sockets,
        sample.deliveries_per_second,
        sample.messages_per_second,
        sample.requests_per_second,
        sample.errors_per_second,
        sample.dropped_per_second,
        sample.memory_bytes,
        sample.outbox_bytes,
        sample.loop_lag_ms,
        sample.p50_ms,
        sample.p99_ms,
        sample.batch_mean,
    ]


def mean(rows: Sequence[Row]) -> Row:
    """Ten rows as one, at the time of the last: means, and the highest of what is a highest."""
    columns = list(zip(*rows, strict=True))
    means = [round(sum(column) / len(rows), 2) for column in columns[1:FIRST_HIGHEST]]
    return [rows[-1][0], *means, *(max(column) for column in columns[FIRST_HIGHEST:])]


def join(workers: Iterable[Sequence[Row]], step: int) -> list[Row]:
    """The rows of all workers, oldest first: one for each `step` of seconds."""
    joined: dict[int, Row] = {}
    for rows in workers:
        for row in _once_a_step(rows, step):
            at = int(row[0])
            joined[at] = _added(joined[at], row) if at in joined else row
    return [joined[at] for at in sorted(joined)]


def _once_a_step(rows: Sequence[Row], step: int) -> Iterable[Row]:
    return {
        int(row[0]) // step * step: [int(row[0]) // step * step, *row[1:]] for row in rows
    }.values()


def _added(one: Row, other: Row) -> Row:
    pairs = list(zip(one, other, strict=True))
    sums = [round(a + b, 2) for a, b in pairs[1:FIRST_HIGHEST]]
    return [one[0], *sums, *(max(pair) for pair in pairs[FIRST_HIGHEST:])]
