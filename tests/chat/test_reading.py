"""Opening a channel, catching up, paging through history, read positions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from chat import queries, wire
from chat.actions import channels, memberships, messages, reactions, threads
from chat.actions.messages import Send
from chat.models import Channel, Message
from chat.queries import messages as reads
from realtime.errors import Forbidden
from tests.chat.told import Told

pytestmark = pytest.mark.django_db


def say(author: User, channel: Channel, count: int, prefix: str = "c") -> list[wire.Message]:
    batch = [Send(author, channel.pk, f"message {n}", f"{prefix}{n}") for n in range(count)]
    return [m for m in messages.send_messages(batch) if isinstance(m, wire.Message)]


def positions(page: wire.MessagePage | wire.ChannelOpened) -> list[int]:
    return [message.position for message in page.messages]


# --- open-channel --------------------------------------------------------------------------------


def test_opening_gives_the_newest_50(alice: User, general: Channel) -> None:
    say(alice, general, 60)

    opened = queries.open_channel(alice, channel_id=general.pk)

    assert positions(opened) == list(range(11, 61))
    assert not opened.complete


def test_opening_a_short_channel_is_complete(alice: User, general: Channel) -> None:
    assert queries.open_channel(alice, channel_id=general.pk).complete
    say(alice, general, 50)

    opened = queries.open_channel(alice, channel_id=general.pk)

    assert opened.complete
    assert len(opened.messages) == 50


def test_catching_up_brings_what_changed_in_the_order_of_changes(
    alice: User, bob: User, general: Channel
) -> None:
    first, second, third = say(alice, general, 3)
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
    say(alice, general, 501)

    part = queries.open_channel(alice, channel_id=general.pk, since=0)
    rest = queries.open_channel(alice, channel_id=general.pk, since=part.messages[-1].version)

    assert (len(part.messages), part.complete) == (500, False)
    assert (len(rest.messages), rest.complete) == (1, True)


def test_exactly_500_are_complete(alice: User, general: Channel) -> None:
    say(alice, general, 500)

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


def test_opening_takes_at_most_6_queries_whatever_is_in_it(
    alice: User, bob: User, direct: Channel, general: Channel, thread: Channel
) -> None:
    for channel in (direct, general):
        for message in say(bob, channel, 20, prefix=f"{channel.pk}-"):
            reactions.add_reaction(alice, message_id=message.id, emoji="👍")
            opened = threads.open_thread(alice, message_id=message.id)
            messages.send_message(
                bob, channel_id=opened.id, text="@alice", client_id=f"t{opened.id}"
            )

    for channel in (direct, general, thread):
        for since in (None, 0):
            with CaptureQueriesContext(connection) as captured:
                queries.open_channel(alice, channel_id=channel.pk, since=since)
            assert len(captured) <= 6


def test_ready_takes_the_same_queries_for_any_number_of_channels(
    alice: User, bob: User, charlie: User, thread: Channel, direct: Channel
) -> None:
    for number in range(10):
        channels.create_channel(alice, kind="public", name=f"number {number}")
    channels.open_direct(alice, user_ids=[charlie.pk])

    with CaptureQueriesContext(connection) as captured:
        assert len(queries.ready(alice).channels) == 14

    assert len(captured) == 2


# --- history -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "limit", "expected", "has_before", "has_after"),
    [
        ({}, 3, [8, 9, 10], True, False),
        ({"before": 5}, 3, [2, 3, 4], True, True),
        ({"before": 3}, 3, [1, 2], False, True),
        ({"before": 1}, 3, [], False, True),
        ({"before": 99}, 3, [8, 9, 10], True, False),
        ({"after": 5}, 3, [6, 7, 8], True, True),
        ({"after": 8}, 3, [9, 10], True, False),
        ({"after": 0}, 3, [1, 2, 3], False, True),
        ({"after": 10}, 3, [], True, False),
        ({"after": 99}, 3, [], True, False),
        ({"around": 5}, 3, [4, 5, 6], True, True),
        ({"around": 5}, 4, [3, 4, 5, 6], True, True),
        ({"around": 1}, 3, [1, 2], False, True),
        ({"around": 10}, 3, [9, 10], True, False),
        ({"around": 99}, 3, [9, 10], True, False),
        ({}, 200, list(range(1, 11)), False, False),
    ],
)
def test_a_page_of_history(
    alice: User,
    general: Channel,
    place: dict[str, int],
    limit: int,
    expected: list[int],
    has_before: bool,
    has_after: bool,
) -> None:
    say(alice, general, 10)

    page = queries.history(alice, channel_id=general.pk, limit=limit, **place)

    assert positions(page) == expected
    assert (page.has_before, page.has_after) == (has_before, has_after)


def test_the_history_of_an_empty_channel(alice: User, general: Channel) -> None:
    page = queries.history(alice, channel_id=general.pk)

    assert page == wire.MessagePage(messages=[], has_before=False, has_after=False)


def test_history_keeps_the_places_of_deleted_messages(alice: User, general: Channel) -> None:
    _, second, _ = say(alice, general, 3)
    messages.delete_message(alice, message_id=second.id)

    page = queries.history(alice, channel_id=general.pk)

    assert [(m.position, m.deleted) for m in page.messages] == [(1, False), (2, True), (3, False)]


def test_only_one_place_can_be_asked_for() -> None:
    with pytest.raises(ValueError, match="only one"):
        wire.History(channel=1, before=1, after=2)


# --- read positions ------------------------------------------------------------------------------


def test_a_read_position_goes_forward_only(
    told: Told, alice: User, bob: User, general: Channel
) -> None:
    say(bob, general, 5)
    told.take()

    assert memberships.mark_read(alice, channel_id=general.pk, position=3) == 3
    assert memberships.mark_read(alice, channel_id=general.pk, position=2) == 3
    assert memberships.mark_read(alice, channel_id=general.pk, position=3) == 3
    assert told.names() == ["read-updated"]


def test_a_read_position_goes_back_by_force(alice: User, bob: User, general: Channel) -> None:
    say(bob, general, 5)
    memberships.mark_read(alice, channel_id=general.pk, position=5)

    assert memberships.mark_read(alice, channel_id=general.pk, position=1, force=True) == 1
    assert queries.ready(alice).channels[0].membership == wire.Membership(
        role="owner", read_position=1, notify="all", muted=False, starred=False
    )


def test_nobody_has_read_what_was_not_said(alice: User, bob: User, general: Channel) -> None:
    say(bob, general, 5)

    assert memberships.mark_read(alice, channel_id=general.pk, position=999) == 5


def test_who_only_looks_has_no_read_position(charlie: User, lobby: Channel) -> None:
    with pytest.raises(Forbidden):
        memberships.mark_read(charlie, channel_id=lobby.pk, position=1)


def test_who_joins_has_nothing_unread(alice: User, charlie: User, lobby: Channel) -> None:
    say(alice, lobby, 5)

    joined = memberships.join_channel(charlie, channel_id=lobby.pk)

    assert joined.membership is not None
    assert joined.membership.read_position == joined.last_position == 5


# --- the safety net ------------------------------------------------------------------------------


def test_changes_beyond_a_version_are_told_as_what_they_are(
    alice: User, bob: User, general: Channel, lobby: Channel
) -> None:
    first, second = say(alice, general, 2)
    seen = 2
    messages.edit_message(alice, message_id=first.id, text="changed")
    messages.delete_message(alice, message_id=second.id)
    new = messages.send_message(bob, channel_id=general.pk, text="new", client_id="new")
    reactions.add_reaction(alice, message_id=new.id, emoji="👍")

    [(channel_id, found, reached)] = queries.changes({general.pk: seen, lobby.pk: 0})

    assert channel_id == general.pk
    assert [(event.name(), version) for event, version in found] == [
        ("message-updated", 3),
        ("message-deleted", 4),
        ("new-message", 6),
    ]
    assert reached == 6


def test_nothing_moved_costs_one_query(alice: User, general: Channel, lobby: Channel) -> None:
    say(alice, general, 3)

    with CaptureQueriesContext(connection) as captured:
        assert queries.changes({general.pk: 3, lobby.pk: 0}) == []

    assert len(captured) == 1


def test_many_changes_come_in_parts(
    monkeypatch: pytest.MonkeyPatch, alice: User, general: Channel, lobby: Channel
) -> None:
    monkeypatch.setattr(reads, "CHANGES_LIMIT", 4)
    say(alice, general, 3, prefix="g")
    say(alice, lobby, 3, prefix="l")
    versions = {general.pk: 0, lobby.pk: 0}

    seen = 0
    while found := queries.changes(versions):
        for channel_id, events, reached in found:
            seen += len(events)
            versions[channel_id] = reached

    assert seen == 6
    assert versions == {general.pk: 3, lobby.pk: 3}
