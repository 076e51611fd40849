"""Why a goal that was missed is missed, as far as profiles tell; by the scenario's first words."""

REASONS = {
    "fan-out": "nearly all of it is the kernel's price of a write to a socket, 5 µs and more; a"
    " machine that does other work makes its caches cold.",
    "1,000 sockets": "4.2 ms from the writer's thread to the commit, two round trips and the disk;"
    " 0.2 ms for both ways between loop and thread; then one flush to 1,000 sockets, 12 to 15 ms,"
    " ten of them the kernel's. A relay that stores nothing has no such commit.",
    "stored sends, one hot": "loop, writer and Postgres take turns: every sender waits for the"
    " last commit, then all send again. Of a batch of 100 the writer takes 6 ms, Postgres 7 (its"
    " keys and the disk), the loop 5 to 8 for requests, answers and 100 sockets.",
    "mixed day": "a message waits for the commit before it, and for the flush of a large room.",
    "1,000,000 messages": "the round trips to Postgres, which shares its core with the load.",
    "fan-out on workers: 2": "each message stands in one of two commits, 7 in each where one worker"
    " has 31; the halves meet in a flush in part, 15 frames where one worker has 32; telling two"
    " workers costs 350 µs a commit, and two processes on one core a sixth more for each write.",
    "chat page": "the page carries its first screen, and no code runs before that is painted; what"
    " is left is style and layout, in one thread that shares its core with the browser's own"
    " downloads: 400 to 600 ms in the best runs, twice that beside other work.",
}


def reason(scenario: str) -> str:
    """Of the longest beginning that fits."""
    fitting = [words for words in REASONS if scenario.startswith(words)]
    return REASONS[max(fitting, key=len)] if fitting else "not looked into yet."
