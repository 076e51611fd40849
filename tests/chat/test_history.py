"""Paging through history, and the safety net that tells what moved."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from chat import clock, queries, wire
from chat.actions import messages, reactions
from chat.models import Channel
from chat.queries import messages as reads
from tests.chat.speaking import positions, say, say_many

pytestmark = pytest.mark.django_db


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
    place: dict[str, Any],
    limit: int,
    expected: list[int],
    has_before: bool,
    has_after: bool,
) -> None:
    say_many(alice, general, 10)

    page = queries.history(alice, channel_id=general.pk, limit=limit, **place)

    assert positions(page) == expected
    assert (page.has_before, page.has_after) == (has_before, has_after)


def test_the_history_of_an_empty_channel(alice: User, general: Channel) -> None:
    page = queries.history(alice, channel_id=general.pk)

    assert page == wire.MessagePage(messages=[], has_before=False, has_after=False)


def test_history_keeps_the_places_of_deleted_messages(alice: User, general: Channel) -> None:
    _, second, _ = say_many(alice, general, 3)
    messages.delete_message(alice, message_id=second.id)

    page = queries.history(alice, channel_id=general.pk)

    assert [(m.position, m.deleted) for m in page.messages] == [(1, False), (2, True), (3, False)]


def test_only_one_place_can_be_asked_for() -> None:
    with pytest.raises(ValueError, match="only one"):
        wire.History(channel=1, before=1, after=2)


def test_history_around_a_moment(alice: User, general: Channel) -> None:
    start = timezone.now() - timedelta(days=10)
    for day in range(10):
        with clock.at(start + timedelta(days=day)):
            say(alice, general.pk, f"day {day}")

    def first_at(moment: datetime) -> str:
        page = queries.history(alice, channel_id=general.pk, at=moment, limit=1)
        return page.messages[0].text

    assert first_at(start - timedelta(days=99)) == "day 0"
    assert first_at(start + timedelta(days=3)) == "day 3"
    assert first_at(start + timedelta(days=3, seconds=1)) == "day 4"
    assert first_at(start + timedelta(days=99)) == "day 9"


def test_history_of_an_empty_channel_at_a_moment(alice: User, lobby: Channel) -> None:
    page = queries.history(alice, channel_id=lobby.pk, at=timezone.now())
    assert (page.messages, page.has_before, page.has_after) == ([], False, False)


def test_changes_beyond_a_version_are_told_as_what_they_are(
    alice: User, bob: User, general: Channel, lobby: Channel
) -> None:
    first, second = say_many(alice, general, 2)
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
    say_many(alice, general, 3)

    with CaptureQueriesContext(connection) as captured:
        assert queries.changes({general.pk: 3, lobby.pk: 0}) == []

    assert len(captured) == 1


def test_many_changes_come_in_parts(
    monkeypatch: pytest.MonkeyPatch, alice: User, general: Channel, lobby: Channel
) -> None:
    monkeypatch.setattr(reads, "CHANGES_LIMIT", 4)
    say_many(alice, general, 3, prefix="g")
    say_many(alice, lobby, 3, prefix="l")
    versions = {general.pk: 0, lobby.pk: 0}

    seen = 0
    while found := queries.changes(versions):
        for channel_id, events, reached in found:
            seen += len(events)
            versions[channel_id] = reached

    assert seen == 6
    assert versions == {general.pk: 3, lobby.pk: 3}
