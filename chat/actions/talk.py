"""Threads that begin without a message of their channel belong to something of an app above (a
comment on a document), which is told when something is said there, changed or taken back."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from django.db import transaction

from chat.models import Channel

# With the ids of such threads, after the commit and on the thread of whoever wrote: be quick.
on_talk: list[Callable[[Sequence[int]], None]] = []


def tell_owners(channels: Iterable[Channel]) -> None:
    threads = [
        channel.pk
        for channel in channels
        if channel.kind == Channel.Kind.THREAD and channel.root_message_id is None
    ]
    if threads:
        for call in on_talk:
            transaction.on_commit(partial(call, threads))
