"""What people need who come in, read for many of them at once: after a restart everybody comes.

Whoever has come while the last ones are being read goes along in the next look at the database. Who
one is, what one follows, `ready`: three looks, since each rests on what the loop did after the last
(the socket can be put out before it is let in; it follows its channels before they are read).
"""

from collections.abc import Sequence

from accounts import credentials
from chat import queries, wire
from chat.queries import Newcomer
from realtime.commands import Batcher
from realtime.database import readers
from realtime.envelope import encode_event
from realtime.source import Key, source

AT_ONCE = 16  # the loop has other things to do between two batches, and they save little more

Feeds = dict[str, int | None]


def _prove(shown: Sequence[credentials.TokenShown]) -> list[credentials.Credential | None]:
    return credentials.from_tokens(shown)


def _enter(keys: Sequence[Key]) -> list[Feeds | None]:
    return source().entrances(keys)


def read_all(newcomers: Sequence[Newcomer]) -> list[bytes]:
    """The event for each; it is made once for all sockets of a user."""
    different = {(user.pk, language): Newcomer(user, language) for user, language in newcomers}
    states = queries.readies(list(different.values()))
    made = {
        key: encode_event(wire.Ready(state)) for key, state in zip(different, states, strict=True)
    }
    return [made[user.pk, language] for user, language in newcomers]


tokens = Batcher(_prove, readers, largest=AT_ONCE)
entrances = Batcher(_enter, readers, largest=AT_ONCE)
readings = Batcher(read_all, readers, largest=AT_ONCE)
