"""The spaces of one worker: who is in them, the ticks that tell of them, the lease that holds them.

Nothing runs while nobody is in a space, and no tick while nobody moves.
"""

import logging
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import Error as DatabaseError

from realtime import topics
from realtime.database import in_database
from realtime.errors import NotFound
from realtime.posts import Control
from realtime.presence_store import STORE_ERRORS
from spaces import wire
from spaces.news import News
from spaces.queries import may_enter
from spaces.room import Room
from spaces.space import TICKS_PER_SECOND, Space
from spaces.state import Arrange, Player, Reached, Show
from spaces.store import MemoryStore, RedisStore, Seen, Store

if TYPE_CHECKING:
    from realtime.consumer import SocketConsumer as Socket
    from realtime.worker import Worker

logger = logging.getLogger(__name__)

TICK_SECONDS = 1 / TICKS_PER_SECOND
BEAT_SECONDS = 5.0  # the whole state to everybody, and the lease renewed

_of_workers: "WeakKeyDictionary[Worker, Spaces]" = WeakKeyDictionary()


class Spaces:
    def __init__(self, worker: "Worker") -> None:
        self.worker, self.hub, self.loop = worker, worker.hub, worker.loop
        url = settings.REDIS_URL
        self.store: Store = RedisStore(url, worker.relay.origin) if url else MemoryStore()
        self.spaces: dict[int, Space] = {}
        self.news = News(worker, self.spaces, self.store)
        self.changed: set[int] = set()  # spaces with something to tell at the next tick
        self.ticked_at = 0.0
        self.ticking = self.beating = False
        # The epoch of the user with which the right of a socket to be here was checked.
        self.epochs: WeakKeyDictionary[Socket, int] = WeakKeyDictionary()

    @classmethod
    def of(cls, worker: "Worker") -> "Spaces":
        found = _of_workers.get(worker)
        if found is None:
            found = _of_workers[worker] = cls(worker)
        return found

    @classmethod
    def opened(cls, worker: "Worker") -> "Spaces | None":
        """None where nobody has been in a space yet."""
        return _of_workers.get(worker)

    # --- coming and going ---

    async def join(self, socket: "Socket", room: Room, name: str) -> None:
        """NotFound if the socket has lost access meanwhile."""
        channel, topic = room.channel, topics.space(room.channel)
        self.hub.follow(socket, topic)
        await self.worker.relay.subscribed([topic])
        # Again: access may have been lost between the first look and the subscription.
        await self.check_access([socket])
        seen = await self.news.read(channel, socket.user.pk)
        if topic not in socket.topics:
            raise NotFound
        space = self._space(room)
        space.apply(Show(seen.lights or frozenset(space.state.lights)))
        self.news.tell_changes(space)
        self._enter(space, socket, name, seen)
        socket.outbox.reply(wire.post(wire.GameState, space.whole(seen.others)).payload)

    def _space(self, room: Room) -> Space:
        space = self.spaces.get(room.channel)
        if space is None:
            space = self.spaces[room.channel] = Space(room)
            self._start_beating()
        elif space.state.room != room:  # an order of another worker was lost
            self.arrange(room)
        return space

    def _enter(self, space: Space, socket: "Socket", name: str, seen: Seen) -> None:
        user_id = socket.user.pk
        sockets = space.sockets.setdefault(user_id, [])
        if socket in sockets:
            sockets.remove(socket)
        sockets.append(socket)
        if user_id in space.state.players:
            return
        elsewhere = seen.others.get(user_id)
        x, y = space.state.room.entrance(user_id)
        player = elsewhere or Player(user_id, name, x, y, seen.score)
        space.enter(replace(player, at=self.loop.time()))
        if elsewhere:
            order = {"channel": space.channel, "user": user_id}
            self.worker.relay.control(Control("yield_player", order))
            self.news.write_soon(space.channel)
        else:
            self.news.tell_joined(space, player, skip=[socket.connection])

    def gone(self, socket: "Socket", channel: int) -> None:
        """The socket follows the space no more, for whatever reason."""
        space = self.spaces.get(channel)
        sockets = space.sockets.get(socket.user_id or 0, []) if space else []
        if space is None or socket not in sockets:
            return
        sockets.remove(socket)
        if not sockets:
            self._leave(space, socket.user_id or 0)

    def _leave(self, space: Space, user_id: int) -> None:
        del space.sockets[user_id]
        player = space.state.players.get(user_id)
        if player is not None:
            space.leave(user_id)
            self.news.bid_farewell(space.channel, player)
        if not space.sockets:
            del self.spaces[space.channel]

    async def check_access(self, sockets: "Iterable[Socket]") -> None:
        """Puts out of the spaces whoever may not read their channels any more."""
        for socket in sockets:
            inside = set(filter(None, map(topics.space_id, socket.topics)))
            if inside and socket.user is not None:
                user, epoch = socket.user, socket.user.epoch
                self.epochs.pop(socket, None)  # until it is known, each beat asks
                allowed = await in_database(may_enter, user, inside)
                self.epochs[socket] = epoch
                for channel in inside - allowed:
                    self.hub.unfollow(socket, topics.space(channel))

    # --- orders of other workers ---

    def yield_player(self, channel: int, user_id: int) -> None:
        """The user joined at another worker, which drives from now on."""
        space = self.spaces.get(channel)
        if space is not None and user_id in space.state.players:
            space.leave(user_id)
            self.news.write_soon(channel)

    def return_player(self, channel: int, player: Player) -> None:
        """The socket that drove is gone; one of ours, if there is one, drives again."""
        space = self.spaces.get(channel)
        if space is None or player.id not in space.sockets or player.id in space.state.players:
            return
        space.enter(replace(player, at=self.loop.time()))
        self.news.tell_joined(space, player)

    def arrange(self, room: Room) -> None:
        space = self.spaces.get(room.channel)
        if space is not None and space.state.room != room:
            space.apply(Arrange(room))
            space.moved |= set(space.state.players)
            self._wake(room.channel)
            self.worker.watch.keep(self._show(space))

    # --- walking ---

    def move(self, socket: "Socket", channel: int, dx: float, dy: float) -> None:
        """NotFound for who is not in the space."""
        space = self.spaces.get(channel)
        if space is None or socket not in space.sockets.get(socket.user_id or 0, ()):
            raise NotFound
        for reached in space.move(socket, dx, dy, self.loop.time()):
            space.claimed.add(reached.light)
            self.worker.watch.keep(self._claim(space, reached))
        self._wake(channel)

    async def _claim(self, space: Space, reached: Reached) -> None:
        player = space.state.players.get(reached.player)
        if player is None:  # left meanwhile
            return space.claimed.discard(reached.light)
        try:
            taken = await self.store.take(space.channel, reached.light, player.id, player.score)
        except STORE_ERRORS as error:
            logger.warning("Nobody decides who takes a light: %s", error)
            self.loop.call_later(BEAT_SECONDS, space.claimed.discard, reached.light)
            return None
        space.claimed.discard(reached.light)
        if taken is None:  # of somebody else; the order that tells is on its way
            space.apply(Show(frozenset(space.state.lights) - {reached.light}))
            return None
        space.take(reached.light, taken, by=player.id)
        order = {"channel": space.channel, "light": reached.light, "next": taken.next}
        self.worker.relay.control(Control("take_light", order))
        return self._wake(space.channel)

    # --- ticks ---

    def _wake(self, channel: int) -> None:
        self.changed.add(channel)
        if not self.ticking:
            self.ticking = True
            self.loop.call_at(max(self.loop.time(), self.ticked_at + TICK_SECONDS), self._tick)

    def _tick(self) -> None:
        self.ticking, self.ticked_at = False, self.loop.time()
        changed, self.changed = self.changed, set()
        for space in [self.spaces[channel] for channel in changed if channel in self.spaces]:
            self.news.tell_changes(space)

    # --- beats ---

    def _start_beating(self) -> None:
        if not self.beating:
            self.beating = True
            self.loop.call_later(BEAT_SECONDS, self._beat)

    def _beat(self) -> None:
        self.beating = False
        if self.spaces:
            self._start_beating()
            self.worker.watch.keep(self._do_beat())

    async def _do_beat(self) -> None:
        try:
            await self.check_access([s for s in self._sockets() if self._is_unchecked(s)])
        except DatabaseError as error:
            logger.warning("Who may be in a space is asked again at the next beat: %r.", error)
        await self.news.write(list(self.spaces))
        await self._bury()
        for space in list(self.spaces.values()):
            await self._show(space)

    def _is_unchecked(self, socket: "Socket") -> bool:
        return self.epochs.get(socket) != socket.user.epoch

    def _sockets(self) -> "list[Socket]":
        return [
            socket
            for space in self.spaces.values()
            for sockets in space.sockets.values()
            for socket in sockets
        ]

    async def _bury(self) -> None:
        try:
            buried = await self.store.bury()
        except STORE_ERRORS:
            return  # News.write has told the log
        for channel, players in buried:
            seen = await self.news.read(channel)
            space = self.spaces.get(channel)
            # Whoever has come in at another worker meanwhile is there.
            here = seen.others.keys() | (space.state.players.keys() if space else set())
            for player in players.values():
                if player.id not in here:
                    self.news.bid_farewell(channel, player)

    async def _show(self, space: Space) -> None:
        """The whole state to the sockets here, after what led to it."""
        seen = await self.news.read(space.channel)
        self.news.tell_changes(space)
        if seen.lights and not space.claimed:
            space.apply(Show(seen.lights))
        post = wire.post(wire.GameStateUpdate, space.whole(seen.others))
        self.hub.deliver(topics.space(space.channel), [post])
