"""Maru served by the test's own process and event loop: as in production, but what the test
patches is patched for the server too, and nothing has to be started."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from uvicorn import Config

from realtime.protocol import HttpProtocol, WebSocketProtocol
from realtime.server import Server, options


@dataclass(frozen=True)
class Address:
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/chat/"


@asynccontextmanager
async def serving() -> AsyncIterator[Address]:
    application = "chatproject.asgi:application"
    config = Config(application, http=HttpProtocol, ws=WebSocketProtocol, **options())
    config.load()
    server = Server(config)
    server.lifespan = config.lifespan_class(config)
    # Not serve(): it takes over the signals that end the tests, and looks only ten times a second
    # whether it should stop.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        await server.startup([listener])
        try:
            yield Address(listener.getsockname()[1])
        finally:
            await server.shutdown([listener])
