"""Hostile updates, state vectors and awareness frames: refused, or harmless; never a crash of the
worker, and the memory stays as it is."""

import os
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from documents.awareness import CLIENTS_PER_SOCKET, STATE_LIMIT_BYTES, Awareness
from documents.yjs import messages
from documents.yjs.keeper import BAD, KNOWN, STORED
from documents.yjs.press import Fell, Press
from documents.yjs.reader import Malformed, write_blob
from tests.fuzz.run import PAGE_KIB, memory_mib
from tests.fuzz.updates import awareness_corpus, corpus, mutated

FRAMES = int(os.environ.get("FUZZ_UPDATES", "6000"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
AT_ONCE = 50
DOCUMENT_LIVES = 2_000  # updates
GROWTH_MIB = 40
NAMES = {STORED: "stored", KNOWN: "known", BAD: "refused"}


class Keeper:
    """One that has a small document, and a new one now and then."""

    def __init__(self) -> None:
        self.press = Press()
        self.codes: Counter[str] = Counter()
        self.memory: list[float] = []
        self.restarts = 0

    def begin(self) -> None:
        self.press.ask("forget", 1)
        self.press.ask("feed", 1, corpus()[:20])

    def bring(self, updates: list[bytes]) -> None:
        for update in updates:  # one by one: each is its own verdict
            try:
                [verdict] = self.press.ask("bring", 1, [(update, len(update) % 2 == 0)])
                self.codes[NAMES[verdict[0]]] += 1
            except Fell:
                self.codes["fell"] += 1
                self.restarts += self.press.process is None
                self.begin()

    def ask(self, state: bytes) -> None:
        try:
            self.press.ask("lacking", 1, state)
            self.codes["answered"] += 1
        except ValueError:
            self.codes["no state"] += 1
        except Fell:
            self.codes["fell"] += 1
            self.restarts += self.press.process is None
            self.begin()

    def memory_mib(self) -> float:
        assert self.press.process
        statm = Path(f"/proc/{self.press.process.pid}/statm").read_text()
        return int(statm.split()[1]) * PAGE_KIB / 1024


def test_hostile_updates(tell: Callable[[str], None]) -> None:
    random, keeper = Random(SEED), Keeper()
    updates, states = mutated(random, corpus()), mutated(random, [b"\x02\x01\x05\x02\x07"])
    for done in range(0, FRAMES, AT_ONCE):
        if done % DOCUMENT_LIVES == 0:
            keeper.begin()
            keeper.memory.append(keeper.memory_mib())
        keeper.bring(list(islice(updates, AT_ONCE - 5)))
        for state in islice(states, 5):
            keeper.ask(state)
    memory = keeper.memory
    tell(
        f"seed {SEED}: {FRAMES:,} updates and states: {dict(keeper.codes)}; the keeper started anew"
        f" {keeper.restarts} times; MiB: {memory[0]:.0f} → {max(memory):.0f} → {memory[-1]:.0f}"
    )
    keeper.press.stop()
    assert keeper.codes["stored"]
    assert keeper.codes["refused"]
    settled = memory[len(memory) // 5]
    assert memory[-1] - settled < GROWTH_MIB, memory


def test_hostile_awareness(tell: Callable[[str], None]) -> None:
    random, codes, awareness = Random(SEED), Counter[str](), Awareness()
    people = [SimpleNamespace(pk=n, get_full_name=lambda: "Alice") for n in range(5)]
    frames, before = mutated(random, awareness_corpus()), 0.0
    for n, frame in enumerate(islice(frames, FRAMES)):
        if n == FRAMES // 5:
            before = memory_mib()
        try:
            message = messages.parse(frame)
        except Malformed:
            codes["refused"] += 1
            continue
        codes[type(message).__name__] += 1
        if isinstance(message, messages.Shown):
            who = random.randrange(5)
            news = awareness.show(str(who), people[who], message.states)
            if news:
                assert messages.parse(messages.Awareness(news).payload)
        if n % 1_000 == 0:
            awareness.leave(str(random.randrange(5)))
    tell(f"seed {SEED}: {FRAMES:,} awareness frames: {dict(codes)}")
    assert len(awareness.known) <= messages.CLIENTS_LIMIT
    assert memory_mib() - before < GROWTH_MIB


def shown(*states: messages.State) -> list[messages.State]:
    """As they come through the door."""
    message = messages.parse(messages.Awareness(list(states)).payload)
    assert isinstance(message, messages.Shown)
    return message.states


def test_one_socket_shows_few_clients_and_little_of_each() -> None:
    awareness, alice = Awareness(), SimpleNamespace(pk=1, get_full_name=lambda: "Alice")
    crowd = shown(*(messages.State(n, 1, {"n": n}) for n in range(1, 600)))
    assert len(awareness.show("her socket", alice, crowd)) == CLIENTS_PER_SOCKET
    large = shown(messages.State(1, 2, {"x": "x" * STATE_LIMIT_BYTES}))
    assert awareness.show("her socket", alice, large) == []
    small = shown(messages.State(1, 2, {"x": "x" * 500}))
    assert len(awareness.show("her socket", alice, small)) == 1


def test_a_number_that_no_json_holds_poisons_no_frame() -> None:
    frame = bytes((messages.AWARENESS,)) + write_blob(b"\x01\x05\x01" + write_blob(b'{"x":1e999}'))
    message = messages.parse(frame)
    assert isinstance(message, messages.Shown)
    assert shown(*message.states) == [messages.State(5, 1, {"x": None})]


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xff\xff\xff\x07",
        b"\x00" + b"\xff" * 9,
        b"\x01",
        b"\x00\x02\xff\xff\x7f",
        b"\x09\x00",
        messages.Awareness([messages.State(n, 1, {}) for n in range(1_001)]).payload,
    ],
)
def test_frames_that_promise_too_much(data: bytes) -> None:
    with pytest.raises(Malformed):
        messages.parse(data)
