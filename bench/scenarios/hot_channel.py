"""100 people write into one channel as fast as they are answered, and all of them see it all."""

from bench import load
from bench.maru import Maru
from bench.results import Row, check_lossless, medians, quantiles

SENDERS = 100
GOAL_PER_SECOND = 3_000
GOAL_P99_MS = 150


def run(rounds: int) -> list[Row]:
    with Maru() as maru:
        room = maru.room(SENDERS)
        details = medians([measure(room) for _ in range(rounds)])
    row = Row(
        f"stored sends, one hot channel, {SENDERS} senders",
        Maru.name,
        details.pop("value"),
        "messages/s",
        details=details,
    )
    met = row.value >= GOAL_PER_SECOND and details["p99_ms"] < GOAL_P99_MS
    return [row.aim(f"≥ {GOAL_PER_SECOND:,} with p99 < {GOAL_P99_MS} ms", met)]


def measure(room: list[load.Line]) -> dict[str, float]:
    report = load.run(
        [*room, ("in_flight", SENDERS), ("sample", 16), ("warmup", 1.5), ("seconds", 4)]
    )
    check_lossless(report.missing)
    window = report.window
    return {
        "value": window.acknowledged / window.seconds,
        "cpu_us_per_message": window.cpu_us_per_answer,
        **quantiles(report.answer_ms),
    }
