"""One million messages in 500 channels: how long do the reads take that people wait for?"""

from bench import load
from bench.maru import Maru, request
from bench.results import Row, medians, quantiles

CHANNELS, MESSAGES = 500, 2_000
READERS = 20
CATCH_UP = 500


def run(rounds: int) -> list[Row]:
    with Maru() as maru:
        everybody = list(range(READERS))
        world = maru.world(READERS, [everybody] * CHANNELS, messages=MESSAGES)
        places = world.channels[:: CHANNELS // READERS]
        reads = {
            ("open channel", 10): [request("open-channel", channel=pk) for pk in places],
            ("history page", 10): [
                request("history", channel=pk, before=MESSAGES // 2) for pk in places
            ],
            (f"unread counts of {CHANNELS} channels", 15): [request("list-channels")],
            (f"catch-up of {CATCH_UP} changes", 20): [
                request("open-channel", channel=pk, since=MESSAGES - CATCH_UP) for pk in places
            ],
        }
        rows = []
        for (name, goal_ms), frames in reads.items():
            plan = [
                *maru.door(world),
                ("message", "\t".join(frames)),
                ("in_flight", 1),
                ("warmup", 1),
                ("seconds", 3),
            ]
            details = medians([measure(plan) for _ in range(rounds)])
            row = Row(
                f"1,000,000 messages: {name}",
                Maru.name,
                details["p95_ms"],
                "ms p95",
                details=details,
            )
            rows.append(row.aim(f"≤ {goal_ms}", row.value <= goal_ms))
    return rows


def measure(plan: list[load.Line]) -> dict[str, float]:
    report = load.run(plan)
    return {"cpu_ms": report.window.cpu_us_per_answer / 1e3, **quantiles(report.answer_ms)}
