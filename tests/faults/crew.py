"""The people of one scenario: they talk in two channels, and at the end say what they hold."""

import asyncio
import itertools
from random import Random
from time import monotonic
from typing import Any

from tests.faults.client import Client
from tests.faults.evidence import Fresh, Head, Held, Journal, Presence, Reader, Row, State
from tests.faults.world import World

CHANNELS = 2
EMOJI = "👍❤🎉👀"
# How long a run waits before it gives up; what is promised in less is measured by itself.
SYNC_SECONDS = 120
SETTLE_SECONDS = 60
PRESENCE_SECONDS = 90  # a killed worker's lease, and a slow machine
POLL_SECONDS = 0.1

HEADS = "SELECT id, version, last_position FROM chat_channel WHERE id = ANY(%s)"
ROWS = """SELECT channel_id, id, position, version, client_id FROM chat_message
          WHERE channel_id = ANY(%s) ORDER BY channel_id, position"""


class Crew:
    def __init__(self, world: World, dice: Random) -> None:
        self.world, self.dice = world, dice
        self.journal = Journal()
        self.label = f"{dice.getrandbits(40):x}"
        self.clients = [self.newcomer(name) for name in world.people]
        self.channels: list[int] = []
        self.talking: list[asyncio.Task[None]] = []
        self.counter = itertools.count()
        self.padding = 0
        self.share = 1.0  # of the changes that they would make
        self.hushed = False

    def newcomer(self, name: str) -> Client:
        dice = Random(self.dice.random())
        return Client(name, self.world.people[name][1], self.world.doors, self.journal, dice)

    async def gather(self) -> None:
        """Everybody is connected and in the same two channels."""
        for client in self.clients:
            client.start()
        await self.in_sync()
        owner = self.clients[0]
        members = [client.user for client in self.clients]
        for number in range(CHANNELS):
            name = f"{self.label}-{number}"
            reply = await owner.ask("create-channel", kind="private", name=name, members=members)
            self.channels.append(reply["channel"]["id"])
        await self._until(self._have_opened, SYNC_SECONDS)

    async def in_sync(self) -> None:
        """All who mean to come back are back."""
        async with asyncio.timeout(SYNC_SECONDS):
            for client in self.clients:
                if not client.stopping:
                    await client.in_sync.wait()

    def _have_opened(self) -> bool:
        wanted = set(self.channels)
        return all(wanted <= client.views.keys() for client in self.clients)

    # --- talk ---

    def talk(self, per_second: float) -> None:
        """Each client makes so many changes per second, most of them messages."""
        pause = 1 / per_second
        self.talking = [asyncio.create_task(self._talk(client, pause)) for client in self.clients]

    async def _talk(self, client: Client, pause: float) -> None:
        while not self.hushed:
            await asyncio.sleep(self.dice.expovariate(1 / pause))
            channel = self.dice.choice(self.channels)
            is_silent = self.dice.random() >= self.share
            if not self.hushed and not is_silent and channel in client.views:
                await self.act(client, channel)

    async def act(self, client: Client, channel: int) -> None:
        key = f"{self.label}-{next(self.counter)}"
        states = client.views[channel].in_order()[-20:]
        what = self.dice.random() if states else 0
        if what < 0.7:
            text = f"{key} " + "".join(
                chr(self.dice.randrange(97, 123)) for _ in range(self.padding)
            )
            await client.send(channel, text, key)
            return
        state = self.dice.choice(states)
        emoji = self.dice.choice(EMOJI)
        if what < 0.9:
            request = "add-reaction" if what < 0.85 else "remove-reaction"
            await client.change(request, key, channel, message=state.message, emoji=emoji)
        else:
            await self._revise(client, channel, key, what)

    async def _revise(self, client: Client, channel: int, key: str, what: float) -> None:
        mine = f'"username": "{client.name}"'
        own = [s for s in client.views[channel].messages.values() if mine in s.content]
        if not own:
            return
        message = self.dice.choice(own).message
        if what < 0.97:
            text = f"{key} again"
            await client.change("edit-message", key, channel, message=message, text=text)
        else:
            await client.change("delete-message", key, channel, message=message)

    async def hush(self) -> None:
        """Nothing new; what is under way is answered, or left unknown after a while."""
        self.hushed = True
        if self.talking:
            done, late = await asyncio.wait(self.talking, timeout=SETTLE_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            for task in done:
                task.result()

    # --- what it came to ---

    async def settle(self) -> float:
        """Waits until everybody holds what is in the database; how long that took."""
        began = monotonic()
        await self.in_sync()
        heads, here = self.heads(), [c for c in self.clients if not c.stopping]
        await self._until(lambda: all(c.holds(heads) for c in here), SETTLE_SECONDS)
        return monotonic() - began

    def changes(self) -> set[tuple[int, int]]:
        """(message, version) of everything that is stored."""
        return {(row.message, row.version) for row in self._rows()}

    def readers(self, channel: int) -> list[Client]:
        return [c for c in self.clients if c.in_sync.is_set() and channel in c.views]

    async def testify(self) -> None:
        """Adds to the journal what everybody holds, what is fresh, and what is stored."""
        for channel in self.channels:
            for client in self.readers(channel):
                self.journal.add(Reader(client.name, channel))
                for state in client.views[channel].in_order():
                    self.journal.add(Held(client.name, state))
        for state in await self._read_fresh():
            self.journal.add(Fresh(state))
        self.journal.records += [*self.heads(), *self._rows()]

    async def testify_presence(self) -> float:
        """How long it took until presence was told as it is; else the journal says who is wrong."""
        began = monotonic()
        sockets = {client.user: int(client.in_sync.is_set()) for client in self.clients}
        watcher = self.clients[0]
        while True:
            reply = await watcher.ask("watch-presence", users=list(sockets))
            told = {int(user): state["presence"] for user, state in reply["presence"].items()}
            found = [Presence(user, told[user], count) for user, count in sockets.items()]
            right = all((p.told == "offline") == (p.sockets == 0) for p in found)
            if right or monotonic() - began > PRESENCE_SECONDS:
                self.journal.records += found
                return monotonic() - began
            await asyncio.sleep(POLL_SECONDS)

    async def leave(self) -> None:
        await asyncio.gather(*(client.stop() for client in self.clients))

    async def _read_fresh(self) -> list[State]:
        """With a new client, which has only these channels to read."""
        reader = self.newcomer(self.clients[0].name)
        reader.journal = Journal()
        reader.start()
        try:
            async with asyncio.timeout(SYNC_SECONDS):
                await reader.in_sync.wait()
            return [s for c in self.channels for s in reader.views[c].in_order()]
        finally:
            await reader.stop()

    def heads(self) -> list[Head]:
        return [Head(*row) for row in self.world.query(HEADS, self.channels)]

    def _rows(self) -> list[Row]:
        return [Row(*row) for row in self.world.query(ROWS, self.channels)]

    async def _until(self, done: Any, seconds: float) -> None:
        deadline = monotonic() + seconds
        while not done() and monotonic() < deadline:
            await asyncio.sleep(POLL_SECONDS)
