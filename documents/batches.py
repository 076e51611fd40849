"""Where the socket's updates wait for each other: one batch at a time, on a thread of its own, so
that nothing a document does holds up the chat."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from documents.actions.writing import Result, write_updates
from realtime.commands import Batcher, Call

thread = ThreadPoolExecutor(1, thread_name_prefix="documents")
# Hands that write together make a hundred updates a second, each of which would be a commit and a
# write to every socket. Nobody sees that a key of somebody else comes a fortieth of a second later.
EVERY_SECONDS = 0.025


def _write(calls: Sequence[Call]) -> list[Result]:
    return write_updates([call.data for call in calls])


batcher = Batcher(_write, thread, EVERY_SECONDS)
