"""What the other tests rest on: no server outlives the tests, however they end."""

import os
import select
import signal
import subprocess
import sys

from tests.servers import PROJECT

STARTS_REDIS = """
from tests.servers import Redis
server = Redis().start()
print(server.process.pid, flush=True)
input()
"""


def test_a_server_dies_with_the_program_that_started_it() -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTS_REDIS],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert starter.stdout
    server = os.pidfd_open(int(starter.stdout.readline()))
    assert not ended(server, within_seconds=0)
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    assert ended(server, within_seconds=30)


def ended(process: int, within_seconds: float) -> bool:
    readable, _, _ = select.select([process], [], [], within_seconds)
    return bool(readable)
