"""Many who open a channel at once: one read for all, and yet each gets what is theirs."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from chat import queries
from chat.actions import memberships, messages, reactions, reading, threads
from chat.actions.messages import send_message
from chat.models import Channel
from chat.queries import Opening
from chat.queries.opening import Pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> Pages:
    return Pages()


def opened(pages: Pages, users: list[User], channel: Channel, since: int | None = None) -> Any:
    """What each of them gets who open it at once; None for who has to be looked at."""
    found = pages.open_all([Opening(user.pk, channel.pk, since) for user in users])
    return [each and json.loads(each.json) for each in found]


def fresh(user: User, channel: Channel, since: int | None = None) -> Any:
    return queries.open_channel(user, channel_id=channel.pk, since=since).model_dump(mode="json")


def test_everybody_gets_what_each_would_get_alone(
    pages: Pages, alice: User, bob: User, charlie: User, general: Channel, direct: Channel
) -> None:
    for channel in (general, direct):
        send_message(alice, channel_id=channel.pk, text="@bob, noon?", client_id=f"{channel.pk}")
        reading.mark_read(alice, channel_id=channel.pk, position=1)
        for since in (None, 0, 1):
            people = [alice, bob, bob, charlie]
            alone = [*(fresh(user, channel, since) for user in people[:3]), None]
            assert opened(pages, people, channel, since) == alone
            assert opened(pages, people, channel, since) == alone, "the second time too"
    assert not pages.open_all([Opening(charlie.pk, general.pk, None)])[0]


def test_what_was_read_once_is_not_read_again(
    pages: Pages, alice: User, bob: User, general: Channel
) -> None:
    send_message(alice, channel_id=general.pk, text="Noon?", client_id="a")
    opened(pages, [alice], general)
    with CaptureQueriesContext(connection) as queries_:
        opened(pages, [alice, bob] * 20, general)
    assert not [query for query in queries_ if "chat_message" in query["sql"]]
    assert len(queries_) <= 4, "both reads, and the borders of a transaction"


Change = Callable[[User, User, Channel, int], object]

CHANGES: dict[str, Change] = {
    "a message": lambda a, b, c, m: send_message(a, channel_id=c.pk, text="2", client_id="2"),
    "an edit": lambda a, b, c, m: messages.edit_message(a, message_id=m, text="again"),
    "a deletion": lambda a, b, c, m: messages.delete_message(a, message_id=m),
    "a reaction": lambda a, b, c, m: reactions.add_reaction(b, message_id=m, emoji="🎉"),
    "a thread": lambda a, b, c, m: threads.open_thread(b, message_id=m),
    "another name": lambda a, b, c, m: User.objects.filter(pk=a.pk).update(display_name="Ally"),
    "another member": lambda a, b, c, m: memberships.remove_member(
        a, channel_id=c.pk, user_id=b.pk
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_it_is_as_a_fresh_read(
    pages: Pages, alice: User, bob: User, general: Channel, change: str
) -> None:
    said = send_message(alice, channel_id=general.pk, text="Noon?", client_id="a")
    for since in (None, 0):
        opened(pages, [alice, bob], general, since)
    CHANGES[change](alice, bob, general, said.id)
    is_out = change == "another member"
    for since in (None, 0):
        expected = [fresh(alice, general, since), None if is_out else fresh(bob, general, since)]
        assert opened(pages, [alice, bob], general, since) == expected


def test_threads_are_left_to_the_rule(pages: Pages, alice: User, thread: Channel) -> None:
    assert opened(pages, [alice], thread) == [None]


def test_what_is_kept_is_bounded(
    pages: Pages, alice: User, general: Channel, lobby: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(pages, [alice], general)
    monkeypatch.setattr("chat.queries.opening.KEPT_BYTES", pages.size)
    send_message(alice, channel_id=lobby.pk, text="Noon?", client_id="a")
    opened(pages, [alice], lobby)
    assert pages.size == sum(page.size for page in pages.kept.values())
    opened(pages, [alice], general)
    assert list(pages.kept) == [(general.pk, None)]
    for since in range(100, 120):  # a page without messages takes room too
        opened(pages, [alice], general, since)
    assert len(pages.kept) <= 2
    monkeypatch.setattr("chat.queries.opening.LARGEST_KEPT_BYTES", 1)
    pages.clear()
    assert opened(pages, [alice], general) == [fresh(alice, general)]
    assert not pages.kept
    assert pages.size == 0
