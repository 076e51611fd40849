"""The threads that somebody follows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from chat import clock, queries
from chat.actions import memberships, threads
from chat.models import Channel
from tests.chat.speaking import say

pytestmark = pytest.mark.django_db


def test_followed_threads_come_with_their_newest_replies(
    alice: User, bob: User, charlie: User, general: Channel, lobby: Channel
) -> None:
    places = []
    for channel in (general, lobby):
        root = say(bob, channel.pk, f"In {channel.name}")
        places.append(threads.open_thread(alice, message_id=root.id).id)
    threads.open_thread(alice, message_id=say(bob, general.pk, "Nobody answers").id)
    for number in range(5):
        for place in places:
            say(bob, place, f"{number}")

    listed = queries.list_threads(alice)

    assert listed.complete
    assert [entry.channel.id for entry in listed.threads] == places[::-1]
    assert [reply.text for reply in listed.threads[0].replies] == ["2", "3", "4"]
    assert listed.threads[0].root.text == "In lobby"
    assert listed.threads[0].parent.id == lobby.pk
    [first] = queries.list_threads(alice, limit=1).threads
    rest = queries.list_threads(alice, before=first.channel.last_message_at)
    assert [entry.channel.id for entry in rest.threads] == places[:1]
    assert queries.list_threads(charlie).threads == []


def test_threads_that_are_answered_at_once_are_on_one_page(
    alice: User, bob: User, general: Channel
) -> None:
    """A page begins before a time, which has milliseconds on the wire."""
    first = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    for microseconds in (0, 1_000, 1_400, 1_900):
        opened = threads.open_thread(alice, message_id=say(bob, general.pk, "?").id)
        with clock.at(first + timedelta(microseconds=microseconds)):
            say(bob, opened.id, f"{microseconds}")

    def page(limit: int, before: datetime | None = None) -> tuple[list[str], bool]:
        found = queries.list_threads(alice, limit=limit, before=before)
        return [entry.replies[0].text for entry in found.threads], found.complete

    assert page(1) == page(2) == (["1900", "1400", "1000"], False)
    assert page(1, first + timedelta(microseconds=1_000)) == (["0"], True)
    assert page(3) == (["1900", "1400", "1000"], False)
    assert page(4) == (["1900", "1400", "1000", "0"], True)


def test_only_threads_with_something_unread(alice: User, thread: Channel, bob: User) -> None:
    assert queries.list_threads(alice, unread=True).threads == []
    say(bob, thread.pk, "At 12")
    [entry] = queries.list_threads(alice, unread=True).threads
    assert entry.channel.id == thread.pk
    assert len(queries.list_threads(alice).threads) == 1


def test_the_threads_of_a_lost_channel_are_lost(
    alice: User, bob: User, general: Channel, thread: Channel
) -> None:
    memberships.remove_member(alice, channel_id=general.pk, user_id=bob.pk)
    assert queries.list_threads(bob).threads == []


def test_ten_threads_take_the_queries_of_one(alice: User, bob: User, general: Channel) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            queries.list_threads(alice)
        return len(captured)

    def answer() -> None:
        opened = threads.open_thread(alice, message_id=say(bob, general.pk, "?").id)
        say(alice, opened.id, "!")

    answer()
    once = count()
    for _ in range(9):
        answer()
    assert count() == once
