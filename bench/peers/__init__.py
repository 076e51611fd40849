"""The servers beside Maru. Each has one room and relays into it whatever it gets: no accounts, no
rights, no storage. Installed here from npm and PyPI, never part of the product."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.cores import SERVER_CORE, on_core, put_first
from bench.load import WORK, Line
from bench.maru import TEXT
from tests.servers import Redis, Server

HERE = Path(__file__).parent
NODE, PYTHON = WORK / "node", WORK / "python"
PYTHON_PACKAGES = ["python-socketio>=5.18,<6"]


def install() -> None:
    """Once; again when the lists change."""
    manifest = (HERE / "package.json").read_text()
    if not (NODE / "package.json").exists() or (NODE / "package.json").read_text() != manifest:
        print("Installing the peers from npm …", flush=True)
        NODE.mkdir(parents=True, exist_ok=True)
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        shutil.copy(HERE / "package.json", NODE)
        subprocess.run(["npm", "install", *quiet], cwd=NODE, check=True)
    if not PYTHON.exists():
        print("Installing the peers from PyPI …", flush=True)
        uv = ["uv", "pip", "install", "-q", "--python", sys.executable, "--target", str(PYTHON)]
        subprocess.run([*uv, *PYTHON_PACKAGES], check=True)


class Peer(Server):
    """A relay of one room."""

    path = "/"
    steps: list[Line] = []
    message = TEXT
    deliver = ""
    program: list[str] = []

    def __init__(self, redis: Redis | None) -> None:
        super().__init__()
        self.redis_url = redis.url if redis else ""

    def command(self) -> list[str]:
        return [word.format(port=self.port) for word in self.program]

    def environment(self) -> Mapping[str, str]:
        return {
            **os.environ,
            "PORT": str(self.port),
            "REDIS_URL": self.redis_url,
            "NODE_PATH": str(NODE / "node_modules"),
            "NODE_ENV": "production",
            "PYTHONPATH": f"{HERE}:{PYTHON}",
        }

    def answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def start(self) -> "Peer":
        with on_core(SERVER_CORE):
            super().start()
        assert self.process
        put_first(self.process.pid)
        return self

    def room(self, sockets: int) -> list[Line]:
        assert self.process
        return [
            ("port", self.port),
            ("path", self.path),
            ("sockets", sockets),
            *self.steps,
            ("deliver", self.deliver),
            ("message", self.message),
            ("pid", self.process.pid),
        ]


class WebSocketLoop(Peer):
    name = "Node ws"
    program = ["node", str(HERE / "ws_loop.js")]
    deliver = TEXT.removesuffix("STAMP")


class SocketIO(Peer):
    name = "Socket.IO + Redis"
    program = ["node", str(HERE / "socketio.js")]
    path = "/socket.io/?EIO=4&transport=websocket"
    steps = [
        ("engine_io", 1),
        ("expect", "0{"),
        ("send", "40"),
        ("expect", '42["joined"'),
    ]
    message = "42" + json.dumps(["message", TEXT])
    deliver = '42["message"'


class PythonSocketIO(SocketIO):
    name = "python-socketio + Redis"
    program = [
        *(sys.executable, "-m", "uvicorn", "--port", "{port}", "--loop", "uvloop"),
        *("--log-level", "warning", "python_socketio:application"),
    ]


class Tutorial(Peer):
    name = "Channels tutorial + Redis"
    program = [sys.executable, "-m", "daphne", "-v", "0", "-p", "{port}", "tutorial:application"]
    path = "/ws/chat/room/"
    message = json.dumps({"message": TEXT})
    deliver = '{"message"'


PEERS: list[type[Peer]] = [WebSocketLoop, SocketIO, PythonSocketIO, Tutorial]
