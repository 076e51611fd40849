"""Opening a channel and catching up."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from chat import queries, wire
from chat.actions import channels, messages, reactions, threads
from chat.models import Channel, Message
from tests.chat.speaking import positions, say_many

pytestmark = pytest.mark.django_db


def test_opening_gives_the_newest_50(alice: User, general: Channel) -> None:
    say_many(alice, general, 60)

    opened = queries.open_channel(alice, channel_id=general.pk)

    assert positions(opened) == list(range(11, 61))
    assert not opened.complete


def test_opening_a_short_channel_is_complete(alice: User, general: Channel) -> None:
    assert queries.open_channel(alice, channel_id=general.pk).complete
    say_many(alice, general, 50)

    opened = queries.open_channel(alice, channel_id=general.pk)

    assert opened.complete
    assert len(opened.messages) == 50


def test_catching_up_brings_what_changed_in_the_order_of_changes(
    alice: User, bob: User, general: Channel
) -> None:
    first, second, third = say_many(alice, general, 3)
    messages.edit_message(alice, message_id=third.id, text="changed")
    reactions.add_reaction(bob, message_id=first.id, emoji="🎉")
    messages.delete_message(alice, message_id=second.id)

    caught_up = queries.open_channel(bob, channel_id=general.pk, since=3)

    assert [message.id for message in caught_up.messages] == [third.id, first.id, second.id]
    assert [message.version for message in caught_up.messages] == [4, 5, 6]
    assert caught_up.messages[2].deleted
    assert caught_up.complete
    assert caught_up.channel.version == 6


def test_catching_up_on_more_than_500_goes_on_from_the_last(alice: User, general: Channel) -> None:
    say_many(alice, general, 501)

    part = queries.open_channel(alice, channel_id=general.pk, since=0)
    rest = queries.open_channel(alice, channel_id=general.pk, since=part.messages[-1].version)

    assert (len(part.messages), part.complete) == (500, False)
    assert (len(rest.messages), rest.complete) == (1, True)


def test_exactly_500_are_complete(alice: User, general: Channel) -> None:
    say_many(alice, general, 500)

    caught_up = queries.open_channel(alice, channel_id=general.pk, since=0)

    assert (len(caught_up.messages), caught_up.complete) == (500, True)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["send", "edit", "delete", "react", "unreact", "thread", "cut"]),
        st.booleans(),
        st.integers(0, 50),
    ),
    max_size=25,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_a_catch_up_after_any_cut_equals_a_fresh_read(
    steps: list[tuple[str, bool, int]], alice: User, bob: User
) -> None:
    name = f"c{Channel.objects.count()}"
    channel = channels.create_channel(alice, kind="private", name=name, member_ids=[bob.pk])
    held: dict[int, wire.Message] = {}
    version = 0
    for number, (step, by_alice, place) in enumerate([*steps, ("cut", True, 0)]):
        author = alice if by_alice else bob
        if step == "cut":
            caught_up = queries.open_channel(bob, channel_id=channel.id, since=version)
            held |= {message.id: message for message in caught_up.messages}
            version = caught_up.channel.version
        else:
            act(step, author, channel.id, place, f"{name}-{number}")

    fresh = queries.open_channel(bob, channel_id=channel.id)
    assert version == fresh.channel.version
    assert held == {message.id: message for message in fresh.messages}


def act(step: str, author: User, channel_id: int, place: int, client_id: str) -> None:
    ids = list(
        Message.objects.filter(channel=channel_id, deleted=False)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    own = list(Message.objects.filter(pk__in=ids, sender=author).values_list("pk", flat=True))
    if step == "send" or not ids:
        messages.send_message(author, channel_id=channel_id, text="hi", client_id=client_id)
    elif step == "thread":
        opened = threads.open_thread(author, message_id=ids[place % len(ids)])
        messages.send_message(author, channel_id=opened.id, text="re", client_id=client_id)
    elif step in {"react", "unreact"}:
        change = reactions.add_reaction if step == "react" else reactions.remove_reaction
        change(author, message_id=ids[place % len(ids)], emoji="👍")
    elif own and step == "edit":
        messages.edit_message(author, message_id=own[place % len(own)], text=client_id)
    elif own:
        messages.delete_message(author, message_id=own[place % len(own)])


def test_opening_takes_few_queries_whatever_is_in_it(
    alice: User, bob: User, direct: Channel, general: Channel, thread: Channel
) -> None:
    for channel in (direct, general):
        for message in say_many(bob, channel, 20, prefix=f"{channel.pk}-"):
            reactions.add_reaction(alice, message_id=message.id, emoji="👍")
            opened = threads.open_thread(alice, message_id=message.id)
            messages.send_message(
                bob, channel_id=opened.id, text="@alice", client_id=f"t{opened.id}"
            )

    for channel in (direct, general, thread):
        for since in (None, 0):
            with CaptureQueriesContext(connection) as captured:
                queries.open_channel(alice, channel_id=channel.pk, since=since)
            assert len(captured) <= (3 if connection.vendor == "postgresql" else 12)


def test_ready_takes_the_same_queries_for_any_number_of_channels(
    alice: User, bob: User, charlie: User, thread: Channel, direct: Channel
) -> None:
    for number in range(10):
        channels.create_channel(alice, kind="public", name=f"number {number}")
    channels.open_direct(alice, user_ids=[charlie.pk])

    with CaptureQueriesContext(connection) as captured:
        assert len(queries.ready(alice).channels) == 14

    assert len(captured) == (1 if connection.vendor == "postgresql" else 6)
