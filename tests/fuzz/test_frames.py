"""Hostile frames: nothing crashes, nothing is `internal`, every request has its one reply.

`make fuzz` runs a million of them; FUZZ_SEED repeats a run."""

import json
import os
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chat.requests import commands
from realtime.consumer import SocketConsumer
from realtime.database import in_database
from realtime.limits import Limit
from realtime.worker import Worker
from tests.fuzz.run import fuzz
from tests.fuzz.socket import Socket, refs
from tests.fuzz.world import World

FRAMES = int(os.environ.get("FUZZ_FRAMES", "3000"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
EXAMPLES = max(20, FRAMES // 1_000)
GROWTH_MIB = 60


@pytest.fixture(autouse=True)
async def _worker(_no_limits: None) -> AsyncIterator[None]:
    worker = Worker.of_loop()
    yield
    worker.stop()


@pytest.fixture(autouse=True)
def _no_limits(monkeypatch: pytest.MonkeyPatch, settings: Any, transactional_db: None) -> None:
    for command in commands.by_name.values():
        monkeypatch.setattr(command, "limit", None)
    monkeypatch.setattr(SocketConsumer, "flood", Limit(1e9, 1e9))
    monkeypatch.setattr("chat.requests.messages.typing_limit", Limit(1e9, 1e9))
    settings.LOGIN_TRIES_PER_NAME_AND_MINUTE = settings.LOGIN_TRIES_PER_ADDRESS_AND_MINUTE = 10**9


async def test_a_seeded_stream_of_frames(tell: Callable[[str], None]) -> None:
    figures = await fuzz(FRAMES, SEED)
    tell(f"seed {SEED}: {figures}")
    assert not figures.faults, f"seed {SEED}: {figures.faults[:3]}"
    assert figures.codes["internal"] == 0
    assert figures.frames >= FRAMES
    told = {"bad-frame", "invalid-data", "not-found", "forbidden", "not-authenticated", "conflict"}
    assert told <= set(figures.codes), "the stream does not get as far as it should"
    first, last = figures.memory_mib[:2][-1], figures.memory_mib[-1]  # the first one warms up
    assert last - first < GROWTH_MIB, figures.memory_mib


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
REQUESTS = st.sampled_from(sorted(commands.by_name)).flatmap(
    lambda name: st.tuples(
        st.just(name),
        JSON
        | st.fixed_dictionaries(
            {},
            optional=dict.fromkeys(commands.by_name[name].data.model_fields, JSON),
        ),
    )
)


@pytest.fixture
async def world() -> World:
    made = World()
    await in_database(made.make_people)
    await in_database(made.make_rooms)
    return made


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(requests=st.lists(REQUESTS, min_size=1, max_size=10))
async def test_any_json_in_any_field_is_answered(
    world: World, requests: list[tuple[str, Any]]
) -> None:
    socket = Socket(world.tokens[0])
    numbered = [(next(refs), name, data) for name, data in requests]
    await socket.feed(
        [json.dumps({"event": name, "ref": ref, "data": data}) for ref, name, data in numbered]
    )
    assert socket.codes["internal"] == 0
    if not socket.closed:
        assert [socket.replies[ref] for ref, _, _ in numbered] == [1] * len(numbered)
        await socket.close()
