"""For every durable event: old state + event = fresh state, for everybody."""

import random
from functools import partial

import pytest

from accounts.models import User
from chat import wire
from chat.actions import channels, memberships, messages, reactions, reading, threads
from chat.actions.messages import Send
from chat.models import Channel, Message
from realtime import topics
from tests.chat.told import Sent, Told
from tests.chat.verify import State, verify_event

pytestmark = pytest.mark.django_db


def names(events: list[Sent]) -> list[str]:
    return [event.name for event in events]


def test_new_message(told: Told, people: list[User], bob: User, general: Channel) -> None:
    received = verify_event(
        told,
        people,
        lambda: messages.send_message(bob, channel_id=general.pk, text="hi", client_id="1"),
    )

    assert names(received["alice"]) == names(received["bob"]) == ["new-message"]
    assert received["charlie"] == []


def test_message_updated_by_an_edit(
    told: Told, people: list[User], bob: User, root: wire.Message
) -> None:
    received = verify_event(
        told, people, lambda: messages.edit_message(bob, message_id=root.id, text="Dinner? @alice")
    )

    assert names(received["alice"]) == ["message-updated", "read-updated"]
    assert received["alice"][1].data["mention_count"] == 1
    assert names(received["bob"]) == ["message-updated"]
    assert received["charlie"] == []


def test_message_updated_by_reactions(
    told: Told, people: list[User], alice: User, bob: User, root: wire.Message
) -> None:
    for user, emoji in [(alice, "🍜"), (bob, "🍜"), (bob, "👍")]:
        added = verify_event(
            told,
            people,
            partial(reactions.add_reaction, user, message_id=root.id, emoji=emoji),
        )
        assert names(added["bob"]) == ["message-updated"]
    removed = verify_event(
        told, people, lambda: reactions.remove_reaction(alice, message_id=root.id, emoji="🍜")
    )
    assert names(removed["alice"]) == ["message-updated"]


def test_message_deleted(told: Told, people: list[User], bob: User, root: wire.Message) -> None:
    received = verify_event(told, people, lambda: messages.delete_message(bob, message_id=root.id))

    [event] = received["alice"]
    assert event.name == "message-deleted"
    assert (event.data["text"], event.data["html"], event.data["deleted"]) == ("", "", True)


def test_a_thread_that_is_opened(
    told: Told, people: list[User], alice: User, root: wire.Message
) -> None:
    received = verify_event(told, people, lambda: threads.open_thread(alice, message_id=root.id))

    assert "channel-created" in names(received["bob"])  # who wrote the first message follows
    assert "channel-updated" in names(received["alice"])
    assert received["charlie"] == []


def test_a_thread_that_grows(
    told: Told, people: list[User], bob: User, root: wire.Message, thread: Channel
) -> None:
    received = verify_event(
        told,
        people,
        lambda: messages.send_message(bob, channel_id=thread.pk, text="At 12", client_id="2"),
    )

    assert sorted(names(received["alice"])) == ["message-updated", "new-message"]


def test_a_reply_that_is_deleted(
    told: Told, people: list[User], alice: User, thread: Channel
) -> None:
    reply = Message.objects.get(channel=thread)

    received = verify_event(
        told, people, lambda: messages.delete_message(alice, message_id=reply.pk)
    )

    assert sorted(names(received["bob"])) == ["message-deleted", "message-updated"]
    summary = next(e for e in received["bob"] if e.name == "message-updated").data["thread"]
    assert summary["reply_count"] == 0


def test_writing_in_a_thread_follows_it(
    told: Told, people: list[User], alice: User, charlie: User, lobby: Channel
) -> None:
    first = messages.send_message(alice, channel_id=lobby.pk, text="Hello", client_id="1")
    opened = threads.open_thread(alice, message_id=first.id)

    received = verify_event(
        told,
        people,
        lambda: messages.send_message(charlie, channel_id=opened.id, text="Hi", client_id="2"),
    )

    assert names(received["charlie"]) == ["channel-updated", "new-message"]
    assert names(received["alice"]) == ["user-joined", "new-message", "message-updated"]


@pytest.mark.parametrize("kind", ["public", "private"])
def test_channel_created(
    told: Told, people: list[User], alice: User, bob: User, charlie: User, kind: str
) -> None:
    received = verify_event(
        told,
        people,
        lambda: channels.create_channel(alice, kind=kind, name="new", member_ids=[bob.pk]),
    )

    assert names(received["alice"]) == names(received["bob"]) == ["channel-created"]
    assert names(received["charlie"]) == (["channel-created"] if kind == "public" else [])


def test_a_direct_conversation_that_is_opened(
    told: Told, people: list[User], alice: User, bob: User
) -> None:
    received = verify_event(told, people, lambda: channels.open_direct(alice, user_ids=[bob.pk]))

    [event] = received["bob"]
    assert [member["username"] for member in event.data["members"]] == ["alice", "bob"]
    assert received["charlie"] == []


@pytest.mark.parametrize(
    "change", [{"name": "renamed"}, {"topic": "New"}, {"archived": True}, {"posting": "owners"}]
)
def test_channel_updated(
    told: Told, people: list[User], alice: User, lobby: Channel, change: dict[str, object]
) -> None:
    received = verify_event(
        told,
        people,
        lambda: channels.update_channel(alice, channel_id=lobby.pk, **change),  # type: ignore[arg-type]
    )

    assert all(names(events) == ["channel-updated"] for events in received.values())


def test_user_joined(told: Told, people: list[User], charlie: User, lobby: Channel) -> None:
    received = verify_event(
        told, people, lambda: memberships.join_channel(charlie, channel_id=lobby.pk)
    )

    assert names(received["alice"]) == ["user-joined"]
    assert names(received["charlie"]) == ["channel-updated"]


def test_user_left(
    told: Told, people: list[User], bob: User, general: Channel, thread: Channel
) -> None:
    """Bob follows the thread too, and leaves it with its channel."""
    received = verify_event(
        told, people, lambda: memberships.leave_channel(bob, channel_id=general.pk)
    )

    assert names(received["alice"]) == ["user-left", "user-left"]
    assert {event.data["channel"] for event in received["bob"]} == {general.pk, thread.pk}


def test_an_owner_left(told: Told, people: list[User], alice: User, general: Channel) -> None:
    """Bob becomes the owner."""
    received = verify_event(
        told, people, lambda: memberships.leave_channel(alice, channel_id=general.pk)
    )

    assert names(received["bob"]) == ["user-left", "channel-updated"]


def test_a_member_who_is_added_and_removed(
    told: Told, people: list[User], alice: User, charlie: User, general: Channel
) -> None:
    added = verify_event(
        told,
        people,
        lambda: memberships.add_member(alice, channel_id=general.pk, user_id=charlie.pk),
    )
    removed = verify_event(
        told,
        people,
        lambda: memberships.remove_member(alice, channel_id=general.pk, user_id=charlie.pk),
    )

    assert names(added["bob"]) == ["user-joined"]
    assert names(removed["bob"]) == names(removed["charlie"]) == ["user-left"]


def test_read_updated(
    told: Told, people: list[User], alice: User, general: Channel, root: wire.Message
) -> None:
    received = verify_event(
        told,
        people,
        lambda: reading.mark_read(alice, channel_id=general.pk, position=root.position),
    )

    assert names(received["alice"]) == ["read-updated"]
    assert received["bob"] == []


def test_a_batch_of_everything(
    told: Told,
    people: list[User],
    alice: User,
    bob: User,
    general: Channel,
    lobby: Channel,
    thread: Channel,
) -> None:
    places = [general, lobby, thread]
    sends = [
        Send((alice, bob)[n % 2], places[n % 3].pk, f"message {n}", f"c{n}") for n in range(12)
    ]

    received = verify_event(told, people, lambda: messages.send_messages(sends))

    assert names(received["bob"]).count("new-message") == 12


def test_events_out_of_order_and_twice_lead_to_the_same_state(
    told: Told, alice: User, bob: User, general: Channel, root: wire.Message
) -> None:
    told.take()
    state = State.fresh(alice)
    for n in range(10):
        message = messages.send_message(
            bob, channel_id=general.pk, text=f"message {n}", client_id=str(n)
        )
        reactions.add_reaction(alice, message_id=message.id, emoji="👍")
        if n % 3 == 0:
            messages.edit_message(bob, message_id=message.id, text="edited")
        if n % 4 == 0:
            messages.delete_message(bob, message_id=message.id)
    events = [event for event in told.events() if event.topic == topics.channel(general.pk)]
    dice = random.Random(7)
    shuffled = dice.sample(events, len(events)) + dice.sample(events, 5)

    for event in shuffled:
        state.apply(event.name, event.data)

    fresh = State.fresh(alice)
    assert state.messages[general.pk] == fresh.messages[general.pk]
    assert state.channels == fresh.channels
