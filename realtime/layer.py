"""The channel layer of channels_redis, with a bound on what one worker has yet to read.

Its queues grow without end: a worker that stands still for some seconds while others are busy
would take gigabytes to catch up with what the database can tell it in one query. What does not fit
is dropped. Durable events are then found by watch.py, and the gap in the numbers of the shared
group (see relay.py) makes the worker resync whatever has no version.
"""

import asyncio
import logging
from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer, RedisPubSubLoopLayer
from channels_redis.utils import _wrap_close

logger = logging.getLogger(__name__)

INBOX_LIMIT_BYTES = 32 * 1024 * 1024  # as much as Redis itself keeps for a slow subscriber


class Inbox(asyncio.Queue[bytes]):
    """What has come and was not read yet; over the limit the newest is dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting_bytes = 0
        self.dropped = 0

    def put_nowait(self, item: bytes) -> None:
        if self.waiting_bytes + len(item) > INBOX_LIMIT_BYTES:
            if not self.dropped:
                logger.warning("Other workers tell more than this one reads; the rest is dropped.")
            self.dropped += 1
            return
        self.waiting_bytes += len(item)
        super().put_nowait(item)

    def get_nowait(self) -> bytes:
        item = super().get_nowait()
        self.waiting_bytes -= len(item)
        if self.empty():
            self.dropped = 0
        return item


class BoundedLoopLayer(RedisPubSubLoopLayer):
    async def _subscribe_to_channel(self, channel: str) -> None:
        self.channels[channel] = Inbox()
        await self._get_shard(channel).subscribe(channel)


class BoundedChannelLayer(RedisPubSubChannelLayer):
    def _get_layer(self) -> Any:
        loop = asyncio.get_running_loop()
        if loop not in self._layers:
            self._layers[loop] = BoundedLoopLayer(*self._args, **self._kwargs, channel_layer=self)
            _wrap_close(self, loop)
        return self._layers[loop]
