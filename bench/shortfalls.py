"""Why a goal that was missed is missed, as far as profiles tell; by the scenario's first words."""

REASONS = {
    "fan-out": "nearly all of it is the kernel's price of a write to a socket, 5 µs and more; a"
    " machine that does other work makes its caches cold.",
    "1,000 sockets": "one flush writes to 1,000 sockets, which takes the kernel 5 ms and us 10,"
    " after a commit that waits for the disk; a relay that stores nothing has no such commit.",
    "stored sends, one hot": "the worker is idle two thirds of the time: every sender waits for the"
    " last commit, then all send again, so loop, writer and Postgres take turns.",
    "mixed day": "a message waits for the commit before it, and for the flush of a large room.",
    "connect": "a client costs five visits to the database's threads: who it is, whether that still"
    " holds, what it follows, what it sees, the channel it opens.",
    "1,000,000 messages": "the round trips to Postgres, which shares its core with the load.",
    "fan-out on workers: 2": "each message stands in one of two commits: each holds half as many,"
    " and each write too. One message at a time, or more load, and the difference goes.",
}


def reason(scenario: str) -> str:
    """Of the longest beginning that fits."""
    fitting = [words for words in REASONS if scenario.startswith(words)]
    return REASONS[max(fitting, key=len)] if fitting else "not looked into yet."
