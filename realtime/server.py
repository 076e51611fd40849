"""The production server: uvicorn with our protocol classes, a worker that starts before it listens,
and an end that nobody notices: clients are sent away one after the other, what they asked is
answered, then the sockets are closed."""

import gc
import resource
import socket
import sys
from contextlib import suppress
from typing import Any

import uvicorn
from django.conf import settings

from realtime.protocol import HttpProtocol, WebSocketProtocol
from realtime.uring import Ring
from realtime.watchdog import Watchdog
from realtime.worker import Worker

LARGEST_MESSAGE_BYTES = 128 * 1024  # the consumer refuses what is over 64 KiB with its own code
PING_SECONDS = 20.0
PONG_SECONDS = 20.0  # with the interval: silent for 40 s at most
CLOSE_SECONDS = 8

# A thread that comes back from the database waits so long while the loop writes to a large room;
# with Python's 5 ms a commit of four round trips took 20 ms longer.
SWITCH_SECONDS = 0.001
# New objects between collections, and how many of those before older ones are looked at too.
GARBAGE_THRESHOLDS = (2_000, 5, 20)


class Server(uvicorn.Server):
    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        watchdog = Watchdog()
        watchdog.start()
        try:
            await super().serve(sockets)
        finally:
            watchdog.stop()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        Worker.of_loop().hub.ring = Ring.open()
        await super().startup(sockets)
        keep_pauses_short()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        worker = Worker.of_loop()
        for server in self.servers:
            server.close()
        await worker.drain()
        await super().shutdown(sockets)
        worker.stop()


def run(listener: socket.socket) -> None:
    """One worker; blocks until it is told to end (SIGTERM, SIGINT)."""
    allow_many_sockets()
    config = uvicorn.Config(
        _application(),
        loop="uvloop",
        http=HttpProtocol,
        ws=WebSocketProtocol,
        **options(),
    )
    config.load()  # seconds in which no loop could be watched
    with suppress(KeyboardInterrupt):  # uvicorn raises Ctrl-C again after its orderly end
        Server(config).run(sockets=[listener])


def allow_many_sockets() -> None:
    """Each takes a file descriptor. Most shells allow 1,024, and programs may take more."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def keep_pauses_short() -> None:
    """What is loaded now stays: looking through it for garbage again and again stopped everybody
    for 150–270 ms."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    sys.setswitchinterval(SWITCH_SECONDS)


def _application() -> str:
    return settings.ASGI_APPLICATION.replace(".application", ":application")


def options() -> dict[str, Any]:
    return {
        "ws_max_size": LARGEST_MESSAGE_BYTES,
        "ws_ping_interval": PING_SECONDS,
        "ws_ping_timeout": PONG_SECONDS,
        "ws_per_message_deflate": False,  # on by default, and doubles CPU and memory
        "timeout_graceful_shutdown": CLOSE_SECONDS,
        "lifespan": "off",
        "access_log": False,
        "log_config": None,  # Django's LOGGING has it
        "server_header": False,
        "forwarded_allow_ips": settings.FORWARDED_ALLOW_IPS,
    }
