"""2,000 clients come at once: connect, authenticate, get `ready`, open a channel."""

from bench import load
from bench.maru import Maru, request
from bench.results import Row, medians

CLIENTS, CHANNELS, MEMBERSHIPS, MESSAGES = 2_000, 50, 5, 50
GOAL_MS, GOAL_SECONDS = 3.0, 20


def run(rounds: int) -> list[Row]:
    members = [
        [n for n in range(CLIENTS) if (c - n) % CHANNELS < MEMBERSHIPS] for c in range(CHANNELS)
    ]
    with Maru() as maru:
        world = maru.world(CLIENTS, members, messages=MESSAGES)
        opening = "\t".join(request("open-channel", channel=pk) for pk in world.channels)
        plan = [
            *maru.door(world),
            ("send", opening),
            ("expect", '{"reply":1,"data"'),
            ("seconds", 0.1),
        ]
        details = medians([measure(plan) for _ in range(rounds)])
    row = Row(
        f"connect, ready, open a channel: {CLIENTS:,} clients",
        Maru.name,
        details.pop("value"),
        "ms CPU per client",
        details=details,
    )
    met = row.value <= GOAL_MS and details["seconds"] <= GOAL_SECONDS
    return [row.aim(f"≤ {GOAL_MS:.0f}, all within {GOAL_SECONDS} s", met)]


def measure(plan: list[load.Line]) -> dict[str, float]:
    setup = load.run(plan).setup
    return {"value": setup.cpu * 1e3 / CLIENTS, "seconds": setup.seconds}
