"""What tests of chat share: who was told what, and channels of every kind."""

import pytest

from accounts.models import User
from chat import wire
from chat.actions import channels, messages, threads
from chat.models import Channel
from realtime.worker import Worker
from tests.chat.told import Told


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What actions hand over, in place of a worker that would send it to sockets."""
    recorder = Told()
    monkeypatch.setattr(Worker, "current", recorder)
    return recorder


@pytest.fixture
def people(alice: User, bob: User, charlie: User) -> list[User]:
    return [alice, bob, charlie]


@pytest.fixture
def lobby(alice: User, bob: User, charlie: User) -> Channel:
    """A public channel: Alice owns it, Bob is in it, Charlie may look in."""
    made = channels.create_channel(alice, kind="public", name="lobby", member_ids=[bob.pk])
    return Channel.objects.get(pk=made.id)


@pytest.fixture
def direct(alice: User, bob: User, charlie: User) -> Channel:
    """Alice and Bob between themselves."""
    return Channel.objects.get(pk=channels.open_direct(alice, user_ids=[bob.pk]).id)


@pytest.fixture
def root(bob: User, general: Channel) -> wire.Message:
    """Bob has said something in `general`."""
    return messages.send_message(bob, channel_id=general.pk, text="Lunch?", client_id="root")


@pytest.fixture
def thread(alice: User, root: wire.Message) -> Channel:
    """Alice has answered Bob in a thread."""
    made = threads.open_thread(alice, message_id=root.id)
    messages.send_message(alice, channel_id=made.id, text="Gladly!", client_id="first reply")
    return Channel.objects.get(pk=made.id)
