"""python-socketio with its Redis manager on uvicorn: the same room as socketio.js."""

import os
from typing import Any

import socketio

manager = socketio.AsyncRedisManager(os.environ["REDIS_URL"])
server = socketio.AsyncServer(async_mode="asgi", client_manager=manager)


@server.event
async def connect(sid: str, environ: dict[str, Any]) -> None:
    await server.enter_room(sid, "room")
    await server.emit("joined", to=sid)


@server.event
async def message(sid: str, data: Any) -> None:
    await server.emit("message", data, room="room")


application = socketio.ASGIApp(server)
