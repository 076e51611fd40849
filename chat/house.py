"""The house as this process last saw it. Every socket is greeted with it, so a greeting must not
cost a query, nor fail with the database: after a minute the next greeting reads it anew, behind
the scenes. A change makes every worker forget it."""

import asyncio
from time import monotonic
from typing import Any

from accounts.models import House
from chat import wire
from realtime.controls import ORDERS
from realtime.database import in_database

KEPT_SECONDS = 60.0


class HouseKeeper:
    def __init__(self) -> None:
        self.state: wire.HouseState | None = None
        self.read_at = 0.0
        self.reading: asyncio.Future[None] | None = None

    async def current(self) -> wire.HouseState:
        if self.state is None:
            await self._read()
        elif monotonic() - self.read_at > KEPT_SECONDS:
            self.read_at = monotonic()
            self.reading = asyncio.ensure_future(self._read())
        return self.state or wire.HouseState.of(House())

    async def _read(self) -> None:
        self.state = wire.HouseState.of(await in_database(House.ours))
        self.read_at = monotonic()

    def forget(self, worker: Any) -> None:
        self.state = None


keeper = HouseKeeper()
ORDERS["forget_house"] = keeper.forget
