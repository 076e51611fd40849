"""When tokens were last used, to the minute: noted in memory and written together. A commit for
each program that connects was a third of what a connection cost."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import Error as DatabaseError
from django.utils import timezone

from accounts.models import AccessToken
from realtime.database import in_database

WRITE_SECONDS = 60.0


class Uses:
    def __init__(self) -> None:
        self.noted: set[int] = set()
        self.written_at = timezone.now() - timedelta(days=1)

    def note(self, token_id: int) -> None:
        """The token was used; what was written less than a minute ago stays."""
        self.noted.add(token_id)
        if self.written_at < timezone.now() - timedelta(seconds=WRITE_SECONDS):
            self.write()

    def write(self) -> None:
        self.written_at = timezone.now()
        noted, self.noted = self.noted, set()
        if noted:
            AccessToken.objects.filter(pk__in=noted).update(last_used_at=self.written_at)


uses = Uses()


def keep_writing(worker: Any) -> Iterable["asyncio.Task[None]"]:
    """One of realtime.worker.companions: the last uses do not wait for the next one."""
    return [asyncio.create_task(_write_again_and_again())]


async def _write_again_and_again() -> None:
    while True:
        await asyncio.sleep(WRITE_SECONDS)
        try:
            await in_database(uses.write)
        except DatabaseError:
            continue  # it is only the time of a use
