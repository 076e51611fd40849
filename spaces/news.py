"""How everybody learns what happens in the spaces of one worker.

An update is encoded once: the local sockets get it first, then Redis knows the positions, then the
other workers get it. So whoever reads the whole state from Redis misses nothing that is not still
on its way.
"""

import logging
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from realtime import topics
from realtime.posts import Control, Post
from realtime.presence_store import STORE_ERRORS
from spaces import wire
from spaces.space import Space
from spaces.state import Player, shown_player
from spaces.store import Seen, Store

if TYPE_CHECKING:
    from realtime.worker import Worker

logger = logging.getLogger(__name__)


class News:
    def __init__(self, worker: "Worker", spaces: Mapping[int, Space], store: Store) -> None:
        self.worker, self.spaces, self.store = worker, spaces, store
        self.outgoing: list[tuple[int, Post]] = []
        self.passing = False

    def tell_changes(self, space: Space) -> None:
        post = space.update()
        if post is not None:
            self.tell(space.channel, post)

    def tell_joined(self, space: Space, player: Player, skip: Iterable[str] = ()) -> None:
        shown = wire.Player(**shown_player(player))
        event = wire.PlayerJoined(wire.PlayerEntered(channel=space.channel, player=shown))
        self.tell(space.channel, Post.of(event, skip=skip))

    def tell(self, channel: int, post: Post) -> None:
        self.worker.hub.deliver(topics.space(channel), [post])
        self.outgoing.append((channel, post))
        self._pass_soon()

    def write_soon(self, channel: int) -> None:
        self.worker.watch.keep(self.write([channel]))

    def _pass_soon(self) -> None:
        if not self.passing:
            self.passing = True
            self.worker.watch.keep(self._pass_on())

    async def _pass_on(self) -> None:
        """To the other workers, in order; what comes while Redis is being told goes next."""
        try:
            while self.outgoing:
                outgoing, self.outgoing = self.outgoing, []
                await self.write({channel for channel, _ in outgoing})
                for channel, post in outgoing:
                    self.worker.relay.send(topics.space(channel), [post])
        finally:
            self.passing = False

    def bid_farewell(self, channel: int, player: Player) -> None:
        """Everybody hears that the player left; another socket of theirs may drive again."""
        gone = wire.PlayerGone(channel=channel, id=player.id)
        self.tell(channel, Post.of(wire.PlayerLeft(gone)))
        where = {"x": player.x, "y": player.y, "score": player.score}
        order = {"channel": channel, "user": player.id, "name": player.name, **where}
        self.worker.hand_over(Control("return_player", order))

    async def write(self, channels: Iterable[int]) -> None:
        spaces = {c: self.spaces[c].state.players if c in self.spaces else {} for c in channels}
        try:
            await self.store.write(spaces)
        except STORE_ERRORS as error:
            logger.warning("Other workers cannot read who is in a space: %s", error)

    async def read(self, channel: int, user_id: int = 0) -> Seen:
        try:
            return await self.store.read(channel, user_id)
        except STORE_ERRORS as error:
            logger.warning("Spaces are shown with the players of this worker alone: %s", error)
            return Seen({}, frozenset(), 0)
