"""Why a goal that was missed is missed, as far as profiles tell; by the scenario's first words."""

REASONS = {
    "fan-out": "one message at a time, 59 % is inside the one system call that sends to the whole"
    " room: TCP over loopback takes the kernel 5 to 6 µs a socket. A quarter is Python, for the"
    " message: asked, stored, told.",
    "fan-out to 1,000 sockets, 512": "58 % is the kernel, half of that copying: a frame carries the"
    " message with its sender, html and versions, 470 bytes. A third is Python, which decodes,"
    " stores and answers 3,000 messages a second.",
    "1,000 sockets": "4.2 ms from the writer's thread to the commit, two round trips and the disk;"
    " then one system call that sends to 1,000 sockets, 6 to 8 ms, all of it the kernel's. A relay"
    " that stores nothing has no such commit.",
    "stored sends, one hot": "loop, writer and Postgres take turns: every sender waits for the"
    " last commit, then all send again. Of a batch of 100 the writer takes 6 ms, Postgres 7 (its"
    " keys and the disk), the loop 5 to 8 for requests, answers and 100 sockets.",
    "mixed day": "a message waits for the commit before it, and for the flush of a large room.",
    "1,000,000 messages": "the round trips to Postgres, which shares its core with the load.",
    "fan-out on workers: 2": "each message stands in one of two commits, each with half as many,"
    " each is told to both, and the halves of a room meet in a flush only in part: a write to a"
    " socket carries fewer frames.",
    "chat page": "the page carries its first screen, and no code runs before that is painted; what"
    " is left is style and layout, in one thread that shares its core with the browser's own"
    " downloads.",
}


def reason(scenario: str) -> str:
    """Of the longest beginning that fits."""
    fitting = [words for words in REASONS if scenario.startswith(words)]
    return REASONS[max(fitting, key=len)] if fitting else "not looked into yet."
