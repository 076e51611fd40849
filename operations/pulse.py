"""What each worker does for the console and for Prometheus, once a second: take a sample, publish
it, send the numbers to whoever looks; every ten seconds tell members how busy the house is."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from time import time
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from django.db import Error as DatabaseError

from accounts.models import User
from operations import showing, wire
from operations.closing import read_closure
from operations.details import details_of
from operations.history import Row, mean, row_of
from operations.mailing import mail_announcements
from operations.member_wire import HouseStatistics, Statistics
from operations.orders import drain_worker
from operations.sample import Sample, Sampler
from operations.statistics import numbers
from operations.store import STORE_ERRORS, open_store, shared_store
from operations.topics import CONSOLE, STATISTICS
from realtime.database import in_database
from realtime.envelope import CloseCode
from realtime.meter import timed
from realtime.posts import Post

if TYPE_CHECKING:
    from realtime.worker import Worker

logger = logging.getLogger(__name__)


LAG_SECONDS = 0.1
CLOSURE_SECONDS = 2
DETAILS_SECONDS = 2
TEN_SECONDS = 10
STAFF_SECONDS = 5
MINUTE_SECONDS = 60
LONGEST_GAP = 10


class Pulse:
    def __init__(self, worker: "Worker") -> None:
        self.worker = worker
        self.store = open_store()
        self.sampler = Sampler(worker)
        self.recent: list[Row] = []
        self.last_second = int(time())
        self.passed: dict[str, int] = {}
        self.passed_at = time()

    def start(self) -> list["asyncio.Task[None]"]:
        return [
            asyncio.create_task(self._beat()),
            asyncio.create_task(self._every(CLOSURE_SECONDS, self._read_closure)),
            asyncio.create_task(self._every(TEN_SECONDS, self._tell_members)),
            asyncio.create_task(self._every(CLOSURE_SECONDS, self._check_announcements)),
            asyncio.create_task(self._every(MINUTE_SECONDS, self._mail_announcements)),
            asyncio.create_task(self._every(STAFF_SECONDS, self._check_staff)),
        ]

    async def _beat(self) -> None:
        await in_database(read_closure)
        await showing.check(self.worker)
        while True:
            lag = await self._until_next_second()
            sample = self.sampler.take(lag)
            with timed("publish_sample"):
                await self._publish(sample)
            await self._tell_console()

    async def _until_next_second(self) -> float:
        """How late the loop was at most, in seconds."""
        loop, late = asyncio.get_running_loop(), 0.0
        end = loop.time() + 1 - time() % 1
        while (left := end - loop.time()) > 0:
            expected = loop.time() + min(left, LAG_SECONDS)
            await asyncio.sleep(min(left, LAG_SECONDS))
            late = max(late, loop.time() - expected)
        return late

    async def _publish(self, sample: Sample) -> None:
        try:
            wanted = await self.store.publish(sample, self._rows(sample))
            if wanted.end:
                drain_worker(self.worker, sample.worker)
            if wanted.details and int(sample.at) % DETAILS_SECONDS == 0:
                await self.store.publish_details(sample.worker, self.details())
        except STORE_ERRORS as error:
            logger.debug("The sample cannot be published: %s", error)
        if int(sample.at) % TEN_SECONDS == 0:
            self.sampler.step()
            self._note_passed()

    def details(self) -> Any:
        return details_of(self.worker, self.passed, time() - self.passed_at)

    def _note_passed(self) -> None:
        self.passed = {name: topic.passed for name, topic in self.worker.hub.topics.items()}
        self.passed_at = time()

    def _rows(self, sample: Sample) -> dict[str, list[Row]]:
        """A second that was missed gets the same row: the sum over the workers must not dip."""
        now = int(sample.at)
        first = max(self.last_second + 1, now - LONGEST_GAP)
        self.last_second = now
        seconds = [[float(at), *row_of(sample)[1:]] for at in range(first, now + 1)]
        tens: list[Row] = []
        for row in seconds:
            self.recent.append(row)
            if row[0] % TEN_SECONDS == TEN_SECONDS - 1:
                tens.append(mean(self.recent))
                self.recent = []
        return {"seconds": seconds, "tens": tens}

    async def _tell_console(self) -> None:
        if not self.worker.hub.followers(CONSOLE):
            return
        if samples := await in_database(_watched_samples):
            self.worker.hub.deliver(CONSOLE, [Post.of(wire.Statistics(numbers(samples)))])

    async def _tell_members(self) -> None:
        if self.worker.hub.followers(STATISTICS):
            event = Statistics(await self.house_statistics())
            self.worker.hub.deliver(STATISTICS, [Post.of(event)])

    async def house_statistics(self) -> HouseStatistics:
        samples = await in_database(shared_store().samples)
        return HouseStatistics(
            # Who has just come is not in the store yet.
            online=max(await self.worker.presence.count(), len(self.worker.presence.sockets)),
            messages_per_second=round(sum(s.messages_per_second for s in samples), 1),
        )

    async def _check_announcements(self) -> None:
        await showing.check(self.worker)

    async def _mail_announcements(self) -> None:
        await in_database(mail_announcements)

    async def _check_staff(self) -> None:
        """Who is of the staff no longer sees the console no more."""
        sockets = self.worker.hub.followers(CONSOLE)
        if not sockets:
            return
        staff = await in_database(_staff_among, {socket.user_id for socket in sockets})
        for socket in sockets:
            if socket.user_id not in staff:
                socket.close(CloseCode.NOT_ALLOWED)

    async def _read_closure(self) -> None:
        await in_database(read_closure)

    async def _every(self, seconds: float, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                with timed(work.__name__.removeprefix("_")):
                    await work()
            except DatabaseError as error:
                logger.warning("The database does not answer the pulse: %s", error)


def _staff_among(user_ids: set[int | None]) -> set[int]:
    staff = User.objects.filter(pk__in=user_ids, is_staff=True, is_active=True)
    return set(staff.values_list("pk", flat=True))


def _watched_samples() -> list[Sample]:
    store = shared_store()
    store.watch()
    return store.samples()


pulses: "WeakKeyDictionary[Worker, Pulse]" = WeakKeyDictionary()


def start(worker: "Worker") -> list["asyncio.Task[None]"]:
    pulse = pulses[worker] = Pulse(worker)
    return pulse.start()
