"""A client that knows only the wire protocol and survives whatever happens to its line.

It logs what it invoked and what it saw, orders each channel by version, waits 200 ms for what is
missing and then asks for it, connects again by the rules of the close codes, repeats what was not
answered under the same client_id, and catches up after each reconnect and on `resync`.
"""

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from random import Random
from time import monotonic
from typing import Any

from websockets.exceptions import InvalidHandshake, WebSocketException

from tests.faults.evidence import Answered, Head, Invoked, Journal, Saw, State, state_of
from tests.faults.link import Link, LinkLost, Refused, open_socket
from tests.faults.view import View

GAP_SECONDS = 0.2
FIRST_RETRY_SECONDS = 0.5
LONGEST_RETRY_SECONDS = 4.0
HISTORY_PAGE = 200

MESSAGE_EVENTS = {"new-message", "message-updated", "message-deleted"}
PRESENCE_EVENTS = {"user-online", "user-away", "user-offline"}


class Client:
    def __init__(
        self, name: str, token: str, doors: Sequence[str], journal: Journal, dice: Random
    ) -> None:
        self.name, self.token, self.doors, self.journal = name, token, doors, journal
        self.dice = dice
        self.door = dice.randrange(len(doors))
        self.user = 0
        self.views: dict[int, View] = {}
        self.presence: dict[int, str] = {}
        self.link: Link | None = None
        self.in_sync = asyncio.Event()
        self.lost_at: float | None = None
        self.absences: list[float] = []
        self.close_codes: list[int] = []
        self.unanswered: list[str] = []
        self.answered_twice = 0
        self.failures = 0
        self.stopping = False
        self.awake = asyncio.Event()
        self.awake.set()
        self.tasks: set[asyncio.Task[Any]] = set()
        self.catching_up: set[int] = set()
        self.again: set[int] = set()

    # --- its life ---

    def start(self) -> None:
        self._spawn(self._live())

    async def stop(self) -> None:
        self.stopping = True
        if self.link:
            await self.link.socket.close()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def drop(self) -> None:
        if self.link:
            self.link.drop()

    def fall_asleep(self) -> None:
        """As under a closed lid: nothing is read, nothing is tried."""
        self.awake.clear()
        if self.link:
            self.link.socket.transport.pause_reading()

    def wake_up(self) -> None:
        self.awake.set()
        if self.link:
            self.link.socket.transport.resume_reading()

    def holds(self, heads: Iterable[Head]) -> bool:
        """Whether it has everything up to there, of the channels that it is in."""
        views = [(self.views[h.channel], h) for h in heads if h.channel in self.views]
        return self.in_sync.is_set() and all(
            view.contiguous >= head.version and not view.has_gap for view, head in views
        )

    async def _live(self) -> None:
        while not self.stopping:
            await self.awake.wait()
            try:
                async with open_socket(self.doors[self.door]) as socket:
                    self.link = Link(socket, self._on_event)
                    self._spawn(self._log_in(self.link))
                    await self.link.read()
            except (OSError, InvalidHandshake, WebSocketException, TimeoutError):
                pass
            if self._has_ended():
                return
            await asyncio.sleep(self._wait_seconds())

    def _has_ended(self) -> bool:
        """Whether the close code says not to come back."""
        self.in_sync.clear()
        self.lost_at = self.lost_at or monotonic()
        if self.link is None:
            return False
        code = self.link.close_code
        self.close_codes.append(code)
        self.answered_twice += self.link.answered_twice
        self.link = None
        return 4500 <= code < 5000

    def _wait_seconds(self) -> float:
        """Longer after each failure, and never in step with the others."""
        self.door = (self.door + 1) % len(self.doors)
        longest = min(LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2**self.failures)
        self.failures += 1
        return self.dice.uniform(0, longest)

    async def _log_in(self, link: Link) -> None:
        try:
            reply = await link.request("login", token=self.token)
        except (LinkLost, TimeoutError, Refused):
            link.drop()
            return
        self.user = reply["user"]["id"]

    # --- what comes in ---

    def _on_event(self, event: str, data: Any) -> None:
        if event in MESSAGE_EVENTS:
            self._take_message(data)
        elif event in PRESENCE_EVENTS:
            self.presence[data["user"]] = data["presence"]
        elif event == "ready":
            self._spawn(self._on_ready({channel["id"] for channel in data["channels"]}))
        elif event == "resync":
            self._spawn(self._catch_up_all(set(self.views)))
        elif event == "channel-created" and data["membership"]:
            self._spawn(self._catch_up(data["id"]))
        elif event == "user-left" and data["user"]["id"] == self.user:
            self.views.pop(data["channel"], None)
        elif event == "going-away":
            self._spawn(self._move(self.link, data["reconnect_after_ms"] / 1000))

    async def _move(self, link: Link | None, seconds: float) -> None:
        await asyncio.sleep(seconds)
        if link and link is self.link:
            await link.socket.close()

    def _take_message(self, message: dict[str, Any]) -> None:
        view = self.views.get(message["channel"])
        if view is None:
            self._saw(state_of(message), live=True)
            return
        self._saw(view.take_event(message), live=True)
        if view.has_gap:
            self._spawn(self._fill(view))

    async def _fill(self, view: View) -> None:
        """Waits a little for what is missing, then asks."""
        await asyncio.sleep(GAP_SECONDS)
        if view.has_gap:
            await self._catch_up(view.channel)

    async def _on_ready(self, channels: set[int]) -> None:
        for channel in self.views.keys() - channels:
            del self.views[channel]
        await self._catch_up_all(channels)
        if self.link is None:
            return
        self.failures = 0
        self.in_sync.set()
        if self.lost_at is not None:
            self.absences.append(monotonic() - self.lost_at)
            self.lost_at = None

    async def _catch_up_all(self, channels: set[int]) -> None:
        await asyncio.gather(*(self._catch_up(channel) for channel in channels))

    async def _catch_up(self, channel: int) -> None:
        """Holds everything of the channel up to now; gives up when the link is lost."""
        if channel in self.catching_up:
            self.again.add(channel)
            return
        self.catching_up.add(channel)
        self.again.add(channel)
        try:
            while channel in self.again:
                self.again.discard(channel)
                await self._read(channel)
        except (LinkLost, Refused, TimeoutError):
            pass
        finally:
            self.catching_up.discard(channel)

    async def _read(self, channel: int) -> None:
        if channel in self.views:
            await self._catch_up_since(self.views[channel])
            return
        self.views[channel] = View(channel)  # from now on it takes what comes live
        try:
            await self._open(self.views[channel])
        except (LinkLost, Refused, TimeoutError):
            del self.views[channel]
            raise

    async def _catch_up_since(self, view: View) -> None:
        complete = False
        while not complete:
            since = view.contiguous
            reply = await self._ask("open-channel", channel=view.channel, since=since)
            complete = reply["complete"]
            version = reply["channel"]["version"] if complete else 0
            for state in view.catch_up(reply["messages"], version):
                self._saw(state, live=False)

    async def _open(self, view: View) -> None:
        reply = await self._ask("open-channel", channel=view.channel)
        states = view.catch_up(reply["messages"], reply["channel"]["version"])
        while states and states[0].position > 1:
            where = {"channel": view.channel, "before": states[0].position}
            page = await self._ask("history", **where, limit=HISTORY_PAGE)
            states = view.add_history(page["messages"])
        # What changed while the pages were read.
        await self._catch_up_since(view)
        for state in view.in_order():
            self._saw(state, live=False)

    def _saw(self, state: State, *, live: bool) -> None:
        self.journal.add(Saw(monotonic(), self.name, state, live))

    # --- what goes out ---

    async def _ask(self, event: str, **data: Any) -> Any:
        if self.link is None:
            raise LinkLost
        return await self.link.request(event, **data)

    async def ask(self, event: str, **data: Any) -> Any:
        """A question that may be asked again, until there is an answer. Raises Refused."""
        while True:
            await self.in_sync.wait()
            try:
                return await self._ask(event, **data)
            except (LinkLost, TimeoutError):
                await asyncio.sleep(GAP_SECONDS)

    async def change(self, request: str, key: str, channel: int, /, **data: Any) -> Any:
        """A change, repeated until it is answered; the message, or None when it was refused."""
        while True:
            await self.in_sync.wait()
            self.journal.add(Invoked(monotonic(), self.name, request, key, channel))
            try:
                reply = await self._ask(request, **data)
            except LinkLost:
                await asyncio.sleep(0)
            except TimeoutError:
                self.unanswered.append(key)
                self.drop()
                await asyncio.sleep(GAP_SECONDS)
            except Refused as error:
                self.journal.add(Answered(monotonic(), self.name, key, None, error.code))
                return None
            else:
                return self._answered(key, reply["message"])

    async def send(self, channel: int, text: str, client_id: str) -> Any:
        return await self.change(
            "send-message", client_id, channel, channel=channel, text=text, client_id=client_id
        )

    def _answered(self, key: str, message: Any) -> Any:
        self.journal.add(Answered(monotonic(), self.name, key, message["id"]))
        self._saw(state_of(message), live=False)
        return message

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
