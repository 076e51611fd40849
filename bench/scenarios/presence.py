"""2,000 people come and go, each watched by 50: what does one change cost beyond the connection?

The same coming and going with nobody watching is measured before and after it and taken off: a
connection costs many times what a change does.
"""

from bench import load
from bench.maru import Maru, World, request
from bench.results import Row, medians

USERS, WATCHERS, WATCHED_BY, WATCHED = 2_000, 200, 50, 500
GOAL_US = 200
COMING_SECONDS = 40  # and going: with the 5 that realtime.presence grants a reload


def run(rounds: int) -> list[Row]:
    with Maru() as maru:
        users = maru.world(USERS, [])
        watchers = maru.world(WATCHERS, [])
        details = medians([measure(maru, users, watchers) for _ in range(rounds)])
    row = Row(
        f"presence: {USERS:,} come and go, each watched by {WATCHED_BY}",
        Maru.name,
        details.pop("value"),
        "µs CPU per change",
        details=details,
    )
    return [row.aim(f"≤ {GOAL_US}", row.value <= GOAL_US)]


def measure(maru: Maru, users: World, watchers: World) -> dict[str, float]:
    groups = [users.users[at : at + WATCHED] for at in range(0, USERS, WATCHED)]
    nobody = [[users.users[0]]]
    turns = [come_and_go(maru, users, watchers, each) for each in (nobody, groups, groups, nobody)]
    before, (first, told), (second, _), after = turns
    watched, unwatched = first + second, before[0] + after[0]
    changes = 2 * USERS
    difference = (watched - unwatched) * 1e6 / (2 * changes)
    # Below zero the connections' own cost varied by more than what there is to measure.
    return {
        "value": max(difference, 0),
        "difference": difference,
        "events_per_change": told / changes,
    }


def come_and_go(
    maru: Maru, users: World, watchers: World, groups: list[list[int]]
) -> tuple[float, int]:
    """Seconds of CPU and events while everybody comes and goes once."""
    watching = [
        *maru.door(watchers),
        ("send", "\t".join(request("watch-presence", users=group) for group in groups)),
        ("expect", '{"reply":1,"data"'),
        ("deliver", '{"event":"user-o'),  # user-online, user-offline
    ]
    with load.running([*watching, ("seconds", COMING_SECONDS)]) as audience:
        load.run([*maru.door(users), ("seconds", 1)])
        window = audience.rest().window
    return window.cpu, window.delivered
