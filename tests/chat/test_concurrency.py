"""Many at once, on threads of their own, against the real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar

import pytest
from django.db import connection

from accounts.models import User
from chat import queries, wire
from chat.actions import channels, memberships, messages, reactions, reading, threads
from chat.actions.messages import Send
from chat.models import Channel, Message
from tests.chat.told import Sent, Told

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 6

T = TypeVar("T")


def at_once(work: Callable[[int], T]) -> list[T]:
    """work(0) … work(5), all starting at the same moment."""
    barrier = Barrier(THREADS)

    def run(number: int) -> T:
        try:
            barrier.wait(timeout=60)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as executor:
        return list(executor.map(run, range(THREADS)))


def test_one_client_id_on_many_sockets_makes_one_message(
    told: Told, alice: User, general: Channel
) -> None:
    told.take()
    sent = at_once(
        lambda n: messages.send_message(
            alice, channel_id=general.pk, text=f"from socket {n}", client_id="same"
        )
    )

    assert len({message.id for message in sent}) == 1
    assert Message.objects.count() == 1
    assert told.names() == ["new-message"]


def test_one_client_id_in_two_channels_makes_one_message(
    alice: User, general: Channel, lobby: Channel
) -> None:
    places = [general.pk, lobby.pk]

    sent = at_once(
        lambda n: messages.send_message(
            alice, channel_id=places[n % 2], text="hi", client_id="same"
        )
    )

    assert len({message.id for message in sent}) == 1
    assert Message.objects.count() == 1


def test_writers_of_every_kind_leave_no_gap_and_wait_for_nobody_for_ever(
    told: Told, alice: User, bob: User, general: Channel, lobby: Channel, thread: Channel
) -> None:
    """Batches over three channels in different orders, beside edits, reactions and deletions."""
    places = [general.pk, lobby.pk, thread.pk]
    own = messages.send_message(alice, channel_id=general.pk, text="a", client_id="own")
    told.take()

    def work(number: int) -> None:
        author = (alice, bob)[number % 2]
        for turn in range(5):
            order = places if number % 3 else places[::-1]
            batch = [Send(author, place, "hi", f"{number}-{turn}-{place}") for place in order]
            results = messages.send_messages(batch)
            assert all(isinstance(result, wire.Message) for result in results)
            reactions.add_reaction(author, message_id=own.id, emoji="👍🎉🍜🌸🍵"[turn])
            last = results[0]
            assert isinstance(last, wire.Message)
            messages.edit_message(author, message_id=last.id, text="changed")
            messages.delete_message(author, message_id=last.id)

    at_once(work)

    seen = told.events()
    for place in places:
        channel = Channel.objects.get(pk=place)
        positions = list(Message.objects.filter(channel=place).values_list("position", flat=True))
        assert sorted(positions) == list(range(1, channel.last_position + 1))
        highest = Message.objects.filter(channel=place).order_by("-version")[0].version
        assert highest == channel.version
        assert versions_told(seen, place) == expected_versions(channel.version, place, seen)


def versions_told(events: list[Sent], place: int) -> list[int]:
    return sorted(e.version for e in events if e.topic == f"channel.{place}" and e.version)


def expected_versions(last: int, place: int, events: list[Sent]) -> list[int]:
    """Every version from the first one told to the last, once."""
    return list(range(min(versions_told(events, place)), last + 1))


def test_one_direct_conversation_for_all_who_open_it_at_once(
    told: Told, alice: User, bob: User, charlie: User
) -> None:
    people = [alice, bob, charlie]
    told.take()

    opened = at_once(
        lambda n: channels.open_direct(people[n % 3], user_ids=[person.pk for person in people])
    )

    assert len({channel.id for channel in opened}) == 1
    assert Channel.objects.filter(kind="direct").count() == 1
    assert told.names() == ["channel-created"] * 3
    assert opened[0].member_count == 3


def test_one_thread_for_all_who_open_it_at_once(alice: User, bob: User, root: wire.Message) -> None:
    opened = at_once(lambda n: threads.open_thread((alice, bob)[n % 2], message_id=root.id))

    assert len({channel.id for channel in opened}) == 1
    assert Channel.objects.get(kind="thread").member_count == 2


def test_members_are_counted_right_however_many_come_at_once(
    make_user: Callable[..., User], lobby: Channel
) -> None:
    people = [make_user(f"person{n}") for n in range(THREADS)]

    at_once(lambda n: memberships.join_channel(people[n], channel_id=lobby.pk))

    lobby.refresh_from_db()
    assert lobby.member_count == lobby.memberships.count() == THREADS + 2


def test_a_read_position_never_goes_back_however_many_mark_at_once(
    alice: User, bob: User, general: Channel
) -> None:
    batch: list[Any] = [Send(bob, general.pk, str(n), f"c{n}") for n in range(THREADS)]
    messages.send_messages(batch)

    at_once(lambda n: reading.mark_read(alice, channel_id=general.pk, position=n + 1))

    [channel] = [c for c in queries.ready(alice).channels if c.id == general.pk]
    assert channel.membership is not None
    assert channel.membership.read_position == THREADS
