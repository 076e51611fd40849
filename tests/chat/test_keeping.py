"""What a channel keeps about its messages: pins and earlier texts."""

import pytest

from accounts.models import User
from chat import queries, wire
from chat.actions import messages, pins
from chat.models import Channel, Edit
from realtime.errors import Conflict, Forbidden, NotFound
from tests.chat.speaking import say
from tests.chat.told import Told
from tests.chat.verify import verify_event

pytestmark = pytest.mark.django_db


def test_a_pin_goes_up_and_comes_down(
    told: Told, people: list[User], alice: User, root: wire.Message
) -> None:
    received = verify_event(told, people, lambda: pins.pin_message(alice, message_id=root.id))
    assert [event.data["pinned"] for event in received["bob"]] == [True]
    assert received["charlie"] == []
    pins.pin_message(alice, message_id=root.id)
    assert told.take() == []
    [pin] = queries.list_pins(alice, channel_id=root.channel)
    assert (pin.message.id, pin.user.username) == (root.id, "alice")

    received = verify_event(told, people, lambda: pins.unpin_message(alice, message_id=root.id))
    assert [event.data["pinned"] for event in received["bob"]] == [False]
    assert queries.list_pins(alice, channel_id=root.channel) == []


def test_the_newest_pin_comes_first_and_there_is_an_end(
    alice: User, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pins, "PINS_PER_CHANNEL", 2)
    ids = [say(alice, general.pk, "x").id for _ in range(3)]
    pins.pin_message(alice, message_id=ids[1])
    pins.pin_message(alice, message_id=ids[0])

    assert [p.message.id for p in queries.list_pins(alice, channel_id=general.pk)] == ids[:2]
    with pytest.raises(Forbidden):
        pins.pin_message(alice, message_id=ids[2])


def test_what_is_deleted_is_pinned_no_longer(
    told: Told, people: list[User], bob: User, root: wire.Message
) -> None:
    pins.pin_message(bob, message_id=root.id)

    verify_event(told, people, lambda: messages.delete_message(bob, message_id=root.id))

    assert queries.list_pins(bob, channel_id=root.channel) == []
    with pytest.raises(Conflict):
        pins.pin_message(bob, message_id=root.id)


def test_an_outsider_pins_and_sees_nothing(charlie: User, root: wire.Message) -> None:
    for look in (
        lambda: pins.pin_message(charlie, message_id=root.id),
        lambda: queries.list_pins(charlie, channel_id=root.channel),
        lambda: queries.list_edits(charlie, message_id=root.id),
        lambda: queries.list_seen(charlie, message_id=root.id),
    ):
        with pytest.raises(NotFound):
            look()


def test_earlier_texts_are_kept_until_the_message_is_deleted(
    alice: User, bob: User, root: wire.Message
) -> None:
    messages.edit_message(bob, message_id=root.id, text="Lunch at 12?")
    messages.edit_message(bob, message_id=root.id, text="Lunch at **1**?")

    edits = queries.list_edits(alice, message_id=root.id)

    assert [edit.text for edit in edits] == ["Lunch?", "Lunch at 12?"]
    assert edits[0].timestamp == root.timestamp < edits[1].timestamp
    messages.delete_message(bob, message_id=root.id)
    assert not Edit.objects.exists()
