"""The hot paths keep to the work they needed when they were made fast.

Not timed: the calls of Python and C functions are counted, which is the same number on a busy
machine and an idle one. A figure that falls is good news: lower the stored one. One that rises by
more than the noise of another Python or library needs a reason, and then a new stored figure.
"""

import asyncio
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from socket import socket, socketpair
from types import FrameType
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import credentials
from accounts.actions.tokens import create_token
from accounts.credentials import TokenShown, from_tokens
from accounts.models import User
from accounts.uses import Uses
from chat import queries, wire
from chat.actions.messages import Send, send_messages
from chat.entering import read_all
from chat.models import Channel, Membership
from chat.requests import commands
from chat.requests.entrance import key_of
from chat.source import ChatSource
from realtime.commands import parse
from realtime.envelope import decode, encode_event, encode_reply
from realtime.hub import Hub
from realtime.outbox import RawOutbox
from realtime.posts import Batch, Post
from realtime.uring import Ring
from tests.realtime.kit import lonely_hub

NOISE = 1.15

ENCODE_CALLS = 34
FAN_OUT_CALLS_PER_SOCKET = 3
RING_CALLS_PER_SOCKET = 1.5
DECODE_CALLS = 44
SEND_QUERIES = 7
SEND_CALLS_PER_MESSAGE = {"sqlite": 126, "postgresql": 90}  # psycopg is Python


# Who they are, what they follow, `ready`, a channel of 50 messages that somebody had opened before.
COMING_IN_QUERIES = {"sqlite": 11, "postgresql": 5}
# By how many come at once.
COMING_IN_CALLS_EACH = {
    1: {"sqlite": 930, "postgresql": 1_090},
    50: {"sqlite": 295, "postgresql": 260},
}


class Counter:
    calls = 0

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        if event in {"call", "c_call"}:
            self.calls += 1


@contextmanager
def counting() -> Iterator[Counter]:
    """Counts the calls of this thread, but not what becomes of the garbage of earlier tests."""
    counter = Counter()
    before = sys.getprofile()
    gc.disable()
    sys.setprofile(counter)
    try:
        yield counter
    finally:
        sys.setprofile(before)
        gc.enable()


def calls_of(work: Callable[[], object]) -> int:
    work()  # what is made at the first call is not counted
    with counting() as counter:
        work()
    return counter.calls


@pytest.fixture
def frame(alice: User, general: Channel) -> wire.Message:
    [message] = send_messages([Send(alice, general.pk, "Shall we meet at noon?", "a")])
    assert isinstance(message, wire.Message)
    return message


def test_an_event_is_encoded_once_and_cheaply(frame: wire.Message) -> None:
    assert b"noon" in encode_event(wire.NewMessage(frame))
    reply = wire.MessageReply(message=frame)

    def encode() -> None:
        Batch([Post.of(wire.NewMessage(frame), 1)])
        encode_reply(1, reply)

    assert 0 < calls_of(encode) <= ENCODE_CALLS * NOISE


class Socket:
    """What the hub and the registry need of a socket."""

    def __init__(self, user: User | None = None, outbox: RawOutbox | None = None) -> None:
        self.user, self.outbox = user, outbox
        self.user_id = user and user.pk
        self.topics: set[str] = set()


class Sink:
    """A raw transport whose peer reads at once."""

    def __init__(self) -> None:
        self.written = 0

    def write_frames(self, frames: bytes) -> None:
        self.written += 1

    def buffer_size(self) -> int:
        return 0


class Wire(Sink):
    """A raw transport over a real socket."""

    def __init__(self, ours: socket) -> None:
        super().__init__()
        self.ours = ours

    def enter(self, ring: Ring) -> int | None:
        return ring.add(self.ours.fileno())


async def test_fan_out_makes_few_calls_for_each_socket(frame: wire.Message) -> None:
    hub = lonely_hub()
    sinks = [Sink() for _ in range(1_000)]
    for sink in sinks:
        raw: Any = sink
        follower: Any = Socket(outbox=RawOutbox(raw))
        hub.follow(follower, "channel.1")
    calls = await calls_of_a_flush(hub, frame)
    assert {sink.written for sink in sinks} == {2}, "ten messages are one write per socket"
    assert calls <= len(sinks) * FAN_OUT_CALLS_PER_SOCKET * NOISE


async def test_a_ring_makes_hardly_any_call_for_a_socket(frame: wire.Message) -> None:
    hub = lonely_hub()
    hub.ring = Ring.open()
    if hub.ring is None:
        pytest.skip("The kernel, or the container, offers no io_uring.")
    with ExitStack() as pairs:
        for _ in range(200):
            ours, theirs = map(pairs.enter_context, socketpair())
            raw: Any = Wire(ours)
            follower: Any = Socket(outbox=RawOutbox(raw, hub.ring))
            hub.follow(follower, "channel.1")
        calls = await calls_of_a_flush(hub, frame)
        assert theirs.recv(100_000).count(b'"new-message"') == 11
    hub.ring.close()
    assert calls <= 200 * RING_CALLS_PER_SOCKET * NOISE


async def calls_of_a_flush(hub: Hub, frame: wire.Message) -> int:
    """Of the second: the first finds out who is in the room."""
    hub.publish("channel.1", [Post.of(wire.NewMessage(frame))])
    await asyncio.sleep(0)
    hub.publish("channel.1", [Post.of(wire.NewMessage(frame)) for _ in range(10)])
    with counting() as counter:
        await asyncio.sleep(0)
    return counter.calls


def test_a_request_is_decoded_and_found_cheaply(alice: User) -> None:
    text = '{"event":"send-message","ref":1,"data":{"channel":1,"text":"Noon?","client_id":"a"}}'
    follower: Any = Socket(alice)

    def dispatch() -> Any:
        request = decode(text)
        return parse(commands.find(request.event, follower), request.data)

    assert dispatch().text == "Noon?"
    assert 0 < calls_of(dispatch) <= DECODE_CALLS * NOISE


def test_a_hundred_messages_are_stored_with_the_queries_of_one(
    alice: User, general: Channel
) -> None:
    def sends(mark: str) -> list[Send]:
        return [Send(alice, general.pk, f"Number {n}", f"{mark}-{n}") for n in range(100)]

    send_messages(sends("warm"))
    with CaptureQueriesContext(connection) as queries:
        results = send_messages(sends("counted"))
    assert all(isinstance(result, wire.Message) for result in results)
    assert len(queries) <= SEND_QUERIES
    with counting() as counter:
        send_messages(sends("again"))
    assert 0 < counter.calls <= 100 * SEND_CALLS_PER_MESSAGE[connection.vendor] * NOISE


def come_in(people: Sequence[tuple[User, str]], channel: Channel) -> None:
    """As programs do whose requests meet at the door (entering.py), each with an access token."""
    found = from_tokens([TokenShown(token) for _, token in people])
    proven = [credential for credential in found if credential is not None]
    assert len(proven) == len(people)
    assert all(ChatSource().entrances([key_of(credential) for credential in proven]))
    readies = read_all([queries.Newcomer(credential.user, "en") for credential in proven])
    assert all(ready.startswith(b'{"event":"ready"') for ready in readies)
    opened = queries.pages.open_all(
        [queries.Opening(credential.user.pk, channel.pk, None) for credential in proven]
    )
    assert all(each is not None and b'"complete":true' in each.json for each in opened)


@pytest.mark.parametrize("count", COMING_IN_CALLS_EACH)
def test_coming_in_takes_few_calls_and_round_trips(
    alice: User, general: Channel, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "uses", Uses())  # written once a minute: at the first use
    queries.pages.clear()
    send_messages([Send(alice, general.pk, f"Number {n}", f"n-{n}") for n in range(50)])
    users = User.objects.bulk_create(User(username=f"person{n}") for n in range(count))
    Membership.objects.bulk_create(Membership(channel=general, user=user) for user in users)
    people = [(user, create_token(user, name="program").plain) for user in users]
    calls = calls_of(lambda: come_in(people, general))
    with CaptureQueriesContext(connection) as captured:
        come_in(people, general)
    assert len(captured) <= COMING_IN_QUERIES[connection.vendor]
    assert 0 < calls <= count * COMING_IN_CALLS_EACH[count][connection.vendor] * NOISE
