"""What documents cost the server: opening one of 20,000 edits; an update, for each who gets it.

    python scripts/measure_documents.py

Fifty people are in one document of a worker of its own; so many updates a second are written by
turns, each as one key makes it. CPU is that of the worker and of its keeper, from /proc, beyond
what they take when nobody writes.
"""

import asyncio
import os
import sys
import time
from itertools import cycle
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pycrdt import Doc
from websockets.asyncio.client import ClientConnection, connect

from documents.yjs.messages import Answer, Question, Update
from documents.yjs.text import new_doc, text_of
from tests.servers import Worker

PEOPLE = 50
RATES = (20, 50, 200)  # updates a second, of all together
SECONDS = 10
IDLE_SECONDS = 5
EDITS = 20_000  # of the long document
OPENINGS = 5
PREPARE = f"""
import random
from accounts.actions.tokens import create_token
from accounts.models import User
from chat.actions.channels import create_channel
from documents.actions.documents import create_document
from documents.actions.log import Change, append_updates
from documents.actions.tidying import compact
from documents.models import Document
from documents.yjs.text import new_doc, text_of

user = User.objects.create_user("writer", "w@example.com", "x")
room = create_channel(user, kind="public", name="room")
short, long = (create_document(user, channel_id=room.id, title=t).id for t in ("Plan", "Book"))
doc, dice, changes = new_doc(), random.Random(1), []
text, at = text_of(doc), 0
seen = doc.observe(lambda event: changes.append(Change(event.update, user)))
for number in range({EDITS}):
    at = dice.randrange(len(text) + 1) if number % 40 == 0 else min(at + 1, len(text))
    if number % 7 == 6:
        del text[at - 1 : at]
        at -= 1
    else:
        text.insert(at, dice.choice("abcdefgh "))
for begin in range(0, {EDITS}, 500):
    append_updates(long, changes[begin : begin + 500])
compact(long)
row = Document.objects.get(pk=long)
told = create_token(user, name="t").plain, short, long, row.snapshot_size, len(doc.get_update())
print("READY", *told)
"""


class Writer:
    """One of the fifty: a document of its own is enough, for it writes at the end of nothing."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.doc: Doc[Any] = new_doc()
        self.got = 0

    async def read(self) -> None:
        async for _ in self.socket:
            self.got += 1

    async def write(self) -> None:
        state = self.doc.get_state()
        text = text_of(self.doc)
        text.insert(len(text), "x")
        await self.socket.send(Update(self.doc.get_update(state)).payload)


async def measure(worker: Worker, address: str, token: str, rate: int) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    sockets = [
        await connect(address, additional_headers=headers, compression=None) for _ in range(PEOPLE)
    ]
    writers = [Writer(socket) for socket in sockets]
    tasks = [asyncio.create_task(writer.read()) for writer in writers]
    for writer in writers:
        await writer.socket.send(Question(new_doc().get_state()).payload)
        await writer.socket.send(Answer(b"\0\0").payload)
    await asyncio.sleep(2)
    used = cpu_seconds(worker)
    await asyncio.sleep(IDLE_SECONDS)
    idle = (cpu_seconds(worker) - used) / IDLE_SECONDS
    before, used, began = sum(w.got for w in writers), cpu_seconds(worker), time.monotonic()
    turns = cycle(writers)
    for number in range(rate * SECONDS):
        await asyncio.sleep(max(began + number / rate - time.monotonic(), 0))
        await next(turns).write()
    await asyncio.sleep(1)
    used = cpu_seconds(worker) - used - idle * (time.monotonic() - began)
    got = sum(writer.got for writer in writers) - before
    for task in tasks:
        task.cancel()
    for socket in sockets:
        await socket.close()
    print(
        f"{rate:4} a second: {used / got * 1e6:5.1f} µs, {got} of {rate * SECONDS * PEOPLE} came;",
        f"without them {idle * 1000:.0f} ms of CPU a second",
    )


def cpu_seconds(worker: Worker) -> float:
    """Of the worker and everything that it has started."""
    leader = worker.process.pid if worker.process else 0
    used = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == leader:  # its process group
            used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


async def measure_opening(worker: Worker, short: str, long: str, token: str) -> None:
    """With the short one the keeper starts; then it has to be given the long one, once."""
    headers = {"Authorization": f"Bearer {token}"}
    for name, address, times in (
        ("the worker's first", short, 1),
        ("the long one", long, 1),
        ("the long one again", long, OPENINGS),
    ):
        used = cpu_seconds(worker)
        for _ in range(times):
            async with connect(address, additional_headers=headers, max_size=None) as socket:
                await socket.send(Question(new_doc().get_state()).payload)
                while (await socket.recv())[:2] != b"\0\x01":
                    pass
        print(f"opening {name}: {(cpu_seconds(worker) - used) / times * 1000:.0f} ms")


async def main() -> None:
    worker = Worker(
        DEBUG="false",
        SECRET_KEY="of-a-worker-that-lives-a-minute" * 2,
        ALLOWED_HOSTS="127.0.0.1",
        HTTPS="false",
    )
    worker.manage("migrate", "--verbosity", "0")
    with worker:
        told = worker.manage("shell", "--command", PREPARE).split("READY ")[1].split()
        token, short, long, stored, state = told
        print(f"{EDITS} edits: {stored} bytes stored, {state} bytes of state")
        address = f"ws://127.0.0.1:{worker.port}/ws/documents"
        await measure_opening(worker, f"{address}/{short}", f"{address}/{long}", token)
        for rate in RATES:
            await measure(worker, f"{address}/{short}", token, rate)


if __name__ == "__main__":
    asyncio.run(main())
