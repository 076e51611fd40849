"""Real servers for tests: Redis, Postgres, and Maru itself, each on a free port of its own.

A server dies with the program that started it, even when that is killed with -9, and is ready
when it answers, never after a fixed wait.
"""

import ctypes
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

import psycopg
import redis

PROJECT = Path(__file__).resolve().parent.parent
START_SECONDS = 120
POLL_SECONDS = 0.02
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)  # not between fork and exec
# Below those that the kernel hands out to whoever connects or asks for any port: none is gone
# before its server has begun, or while it is down for a moment.
PORTS = range(20_000, 32_000)


def claim_port() -> tuple[int, socket.socket]:
    """A port that no other server of ours is given until the socket, which says so, is closed."""
    while True:
        port = secrets.choice(PORTS)
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0maru-port-{port}")  # a name in the kernel: it dies with us
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            claim.close()
        else:
            return port, claim


class Server(ABC):
    """A program of ours: start, wait until it answers, stop, kill; its output is in `log`."""

    name = "server"
    # What the kernel sends it when we die: the same as a stop by hand.
    death_signal = signal.SIGTERM
    stop_signal = signal.SIGTERM

    def __init__(self) -> None:
        self.port, self.claim = claim_port()
        self.directory = Path(tempfile.mkdtemp(prefix=f"maru-{self.name}-"))
        self.directory.chmod(0o755)
        self.log = self.directory / "log"
        self.process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def command(self) -> list[str]: ...

    @abstractmethod
    def answers(self) -> bool: ...

    def pid(self) -> int:
        assert self.process
        return self.process.pid

    def environment(self) -> Mapping[str, str]:
        return os.environ

    def start(self) -> Self:
        with self.log.open("ab") as log:
            self.process = self.spawn(log)
        self.wait_until(self.answers)
        return self

    def spawn(self, log: IO[bytes], user: str | None = None) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command(),
            cwd=PROJECT,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=user,
            group=user,
            extra_groups=[] if user else None,
            preexec_fn=self.die_with_parent,
        )

    def die_with_parent(self) -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, self.death_signal)

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Ask until it is so; fail at once when the program ends, with what it wrote."""
        deadline = time.monotonic() + START_SECONDS
        while not ready():
            if self.exited_within(POLL_SECONDS):
                raise RuntimeError(f"{self.name} ended at its start:\n{self.output()}")
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.name} does not answer:\n{self.output()}")

    def exited_within(self, seconds: float) -> bool:
        assert self.process
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def output(self) -> str:
        return self.log.read_text(errors="replace")[-20_000:]

    def send_signal(self, number: int) -> None:
        """To the whole process group: a server with children goes down with them."""
        if self.process and self.process.poll() is None:
            with suppress(ProcessLookupError):  # another thread may have buried it just now
                os.killpg(self.process.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)
        if self.process:
            self.process.wait()

    def stop(self, patience: float = 15) -> None:
        """Ask it to end, insist when it does not."""
        self.send_signal(self.stop_signal)
        if self.process and not self.exited_within(patience):
            self.kill()

    def close(self) -> None:
        self.stop()
        self.claim.close()
        shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()


class Redis(Server):
    name = "redis"

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        options = {"port": self.port, "bind": "127.0.0.1", "save": "", "appendonly": "no"}
        flags = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        return ["redis-server", *flags, "--dir", str(self.directory)]

    def answers(self) -> bool:
        try:
            with redis.Redis(port=self.port, socket_timeout=5) as client:
                return bool(client.ping())
        except (redis.ConnectionError, redis.TimeoutError):
            return False


def postgres_program(name: str) -> str:
    """The newest one on the machine: Debian keeps the server's programs off the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=str, reverse=True)
    found = shutil.which(name) or next(map(str, debian), None)
    if not found:
        raise FileNotFoundError(f"{name} of Postgres is not installed; see `make test-tools`.")
    return found


class Postgres(Server):
    """A cluster in a directory of its own. `durable` keeps fsync on, for fault and speed tests."""

    name = "postgres"
    stop_signal = death_signal = signal.SIGQUIT  # immediate: the data is thrown away

    def __init__(self, *, durable: bool = False) -> None:
        super().__init__()
        self.durable = durable
        # Postgres refuses to run as root.
        self.user = "postgres" if os.geteuid() == 0 else None

    def url(self, database: str = "postgres") -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def command(self) -> list[str]:
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.directory,
            "fsync": "on" if self.durable else "off",
            "synchronous_commit": "on" if self.durable else "off",
            "full_page_writes": "on" if self.durable else "off",
            "max_connections": 200,
        }
        flags = [word for item in settings.items() for word in ("-c", "{}={}".format(*item))]
        return [postgres_program("postgres"), "-D", str(self.directory / "data"), *flags]

    def start(self) -> Self:
        if not (self.directory / "data").exists():
            self.initialise()
        return super().start()

    def initialise(self) -> None:
        if self.user:
            shutil.chown(self.directory, self.user, self.user)
        arguments = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(
            [postgres_program("initdb"), *arguments, "-D", "data"],
            cwd=self.directory,
            user=self.user,
            group=self.user,
            extra_groups=[] if self.user else None,
            check=True,
            capture_output=True,
        )

    def spawn(self, log: IO[bytes], user: str | None = None) -> subprocess.Popen[bytes]:
        return super().spawn(log, user or self.user)

    def answers(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=1).close()
        except psycopg.OperationalError:
            return False
        return True

    def create_database(self, name: str, template: str = "template0") -> str:
        """A new database, empty or a copy of another; returns its URL."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)


class Worker(Server):
    """`manage.py serve` in a process of its own; its settings are environment variables.

    `kill()` is a crash, `stop()` a deploy. Started again it keeps its port.
    """

    name = "worker"

    def __init__(self, **settings: object) -> None:
        super().__init__()
        self.settings = {name: str(value) for name, value in settings.items()}
        self.arguments: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/chat/"

    def command(self) -> list[str]:
        serve = ["manage.py", "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        return [sys.executable, *serve, *self.arguments]

    def environment(self) -> Mapping[str, str]:
        inherited = {k: v for k, v in os.environ.items() if k not in {"REDIS_URL", "DATABASE_URL"}}
        own = {"DATA_DIR": str(self.directory), "STATIC_ROOT": str(self.directory / "static")}
        return {**inherited, **own, **self.settings}

    def manage(self, *command: str) -> str:
        """Run a management command with this worker's settings; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=PROJECT,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {command[0]} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def populate(self) -> Self:
        """Make its database, and the demo world in it."""
        self.manage("migrate", "--verbosity", "0")
        self.manage("populate")
        return self

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("HEAD", "/")
            return bool(connection.getresponse().status)
        except OSError:
            return False
        finally:
            connection.close()


Workers = tuple[Worker, Worker]
