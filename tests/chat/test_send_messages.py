"""Saying something: once and only once, in order, each on its own."""

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from chat import queries, wire
from chat.actions import messages, sending
from chat.actions.messages import Send
from chat.models import Channel, Membership, Mention, Message
from realtime import statements
from realtime.errors import DomainError, InvalidData, NotFound
from tests.chat.told import Told

pytestmark = pytest.mark.django_db


def sends(author: User, channel: Channel, count: int, prefix: str = "c") -> list[Send]:
    return [Send(author, channel.pk, f"message {n}", f"{prefix}{n}") for n in range(count)]


def test_what_was_said_is_there(bob: User, alice: User, general: Channel) -> None:
    sent = messages.send_message(bob, channel_id=general.pk, text="**안녕** @alice", client_id="1")

    [read] = queries.open_channel(alice, channel_id=general.pk).messages
    assert read == sent
    assert (read.position, read.version, read.mentions) == (1, 1, [alice.pk])
    assert read.html == (
        f'<p><strong>안녕</strong> <span class="mention" data-user="{alice.pk}">@Alice</span></p>'
    )


def test_positions_and_versions_have_no_gap(
    alice: User, bob: User, general: Channel, lobby: Channel
) -> None:
    batch = [
        Send((alice, bob)[n % 2], (general, lobby)[n % 3 % 2].pk, str(n), f"c{n}")
        for n in range(30)
    ]
    batch.insert(7, Send(bob, 999_999, "nowhere", "lost"))

    results = messages.send_messages(batch)

    assert isinstance(results[7], NotFound)
    for channel in (general, lobby):
        rows = Message.objects.filter(channel=channel).order_by("position")
        numbers = list(range(1, len(rows) + 1))
        assert [row.position for row in rows] == numbers
        assert [row.version for row in rows] == numbers
        channel.refresh_from_db()
        assert channel.last_position == channel.version == len(rows)


def test_results_stand_in_the_order_of_the_sends(alice: User, general: Channel) -> None:
    results = messages.send_messages(sends(alice, general, 100))

    found = [result.text for result in results if isinstance(result, wire.Message)]
    assert found == [f"message {n}" for n in range(100)]
    ids = [result.id for result in results if isinstance(result, wire.Message)]
    rows = Message.objects.in_bulk(ids)
    assert [rows[pk].text for pk in ids] == found


def test_the_same_client_id_again_returns_the_message_and_tells_nobody(
    told: Told, alice: User, general: Channel, lobby: Channel
) -> None:
    first = messages.send_message(alice, channel_id=general.pk, text="once", client_id="same")
    told.take()

    again = messages.send_message(alice, channel_id=general.pk, text="twice", client_id="same")
    elsewhere = messages.send_message(alice, channel_id=lobby.pk, text="thrice", client_id="same")

    assert first == again == elsewhere
    assert told.take() == []
    assert Message.objects.count() == 1


def test_the_same_client_id_within_a_batch(told: Told, alice: User, general: Channel) -> None:
    told.take()
    results = messages.send_messages([Send(alice, general.pk, "hi", "same")] * 3)

    assert results[0] == results[1] == results[2]
    assert Message.objects.count() == 1
    assert told.names() == ["new-message"]


def test_two_people_may_use_the_same_client_id(alice: User, bob: User, general: Channel) -> None:
    one, two = messages.send_messages(
        [Send(alice, general.pk, "a", "same"), Send(bob, general.pk, "b", "same")]
    )

    assert one != two
    assert Message.objects.count() == 2


def test_a_repeat_shows_the_message_as_it_is_now(alice: User, general: Channel) -> None:
    first = messages.send_message(alice, channel_id=general.pk, text="old", client_id="1")
    messages.edit_message(alice, message_id=first.id, text="new")

    again = messages.send_message(alice, channel_id=general.pk, text="old", client_id="1")

    assert again.text == "new"


def test_who_was_removed_does_not_see_what_became_of_their_message(
    bob: User, general: Channel
) -> None:
    messages.send_message(bob, channel_id=general.pk, text="mine", client_id="1")
    Membership.objects.filter(user=bob).delete()

    with pytest.raises(NotFound):
        messages.send_message(bob, channel_id=general.pk, text="mine", client_id="1")


def test_the_writer_has_read_what_they_wrote(
    told: Told, alice: User, bob: User, general: Channel
) -> None:
    messages.send_messages([*sends(alice, general, 3), *sends(bob, general, 2)])

    positions = dict(Membership.objects.values_list("user__username", "read_position"))
    assert positions == {"alice": 3, "bob": 5}
    assert "read-updated" not in told.names()


@pytest.mark.parametrize("count", [1, 100])
def test_the_number_of_queries_does_not_grow_with_the_list(
    count: int, alice: User, bob: User, general: Channel, lobby: Channel, thread: Channel
) -> None:
    places = [general.pk, lobby.pk, thread.pk]
    batch = [
        Send((alice, bob)[n % 2], places[n % 3], f"@alice {n} @nobody", f"c{n}")
        for n in range(count * 6)
    ]

    with CaptureQueriesContext(connection) as captured:
        results = messages.send_messages(batch)

    assert all(isinstance(result, wire.Message) for result in results)
    assert len([q for q in captured if "SAVEPOINT" not in q["sql"]]) <= 15


def test_a_plain_message_takes_few_queries(alice: User, general: Channel) -> None:
    messages.send_messages(sends(alice, general, 1))

    with CaptureQueriesContext(connection) as captured:
        messages.send_messages(sends(alice, general, 50, prefix="d"))

    assert len([q for q in captured if "SAVEPOINT" not in q["sql"]]) <= 5


def test_a_reply_stands_in_the_same_channel(alice: User, general: Channel, lobby: Channel) -> None:
    first = messages.send_message(alice, channel_id=general.pk, text="?", client_id="1")
    reply = messages.send_message(
        alice, channel_id=general.pk, text="!", client_id="2", reply_to=first.id
    )

    with pytest.raises(InvalidData) as refusal:
        messages.send_message(
            alice, channel_id=lobby.pk, text="!", client_id="3", reply_to=first.id
        )

    assert reply.reply_to == first.id
    assert refusal.value.fields == {"reply_to": "There is no such message in the channel."}


def test_a_mention_is_remembered_once(alice: User, bob: User, general: Channel) -> None:
    sent = messages.send_message(alice, channel_id=general.pk, text="@bob @bob @Bob", client_id="1")

    assert sent.mentions == [bob.pk]
    assert list(Mention.objects.values_list("user_id", flat=True)) == [bob.pk]


def test_an_edit_changes_who_is_mentioned(alice: User, bob: User, general: Channel) -> None:
    sent = messages.send_message(alice, channel_id=general.pk, text="@bob", client_id="1")

    edited = messages.edit_message(alice, message_id=sent.id, text="@alice")

    assert edited.mentions == [alice.pk]
    assert edited.edited_at is not None
    assert (edited.position, edited.version) == (1, 2)


def test_an_edit_that_changes_nothing_is_no_change(
    told: Told, alice: User, general: Channel
) -> None:
    sent = messages.send_message(alice, channel_id=general.pk, text="same", client_id="1")
    told.take()

    assert messages.edit_message(alice, message_id=sent.id, text="same") == sent
    assert told.take() == []


def test_a_tombstone_keeps_nothing_of_what_was_said(
    told: Told, alice: User, bob: User, general: Channel
) -> None:
    sent = messages.send_message(alice, channel_id=general.pk, text="@bob oops", client_id="1")

    gone = messages.delete_message(alice, message_id=sent.id)
    told.take()
    again = messages.delete_message(alice, message_id=sent.id)

    assert again == gone
    assert told.take() == []
    assert (gone.text, gone.html, gone.mentions, gone.reactions) == ("", "", [], [])
    row = Message.objects.get()
    assert (row.text, row.html) == ("", "")
    assert not Mention.objects.exists()


def test_a_batch_of_hostile_mentions_is_stored(alice: User, bob: User, general: Channel) -> None:
    hostile = [
        " ".join(f"@가나다라마바사아자차카타파하{n}{m}" for m in range(60)) for n in range(20)
    ]
    batch = [Send(alice, general.pk, f"@bob {text}", f"c{n}") for n, text in enumerate(hostile)]

    results = messages.send_messages(batch)

    assert [r.mentions for r in results if isinstance(r, wire.Message)] == [[bob.pk]] * 20


# --- when the database fails -----------------------------------------------------------------


class Refusal(Exception):
    """What the driver would say, and it does not pass by itself: check_violation."""

    sqlstate = "23514"


class Failing:
    """Fails the first `times` batches, and every one that holds the poison."""

    def __init__(self, times: int, error: type[Exception], poison: str = "") -> None:
        self.times, self.error, self.poison = times, error, poison
        self.sizes: list[int] = []

    def __call__(self, model: type, columns: list[str], rows: list[tuple[object, ...]]) -> object:
        self.sizes.append(len(rows))
        if len(self.sizes) <= self.times or any(self.poison in row for row in rows):
            raise self.error("planned") from Refusal()
        return statements.insert(model, columns, rows)


@pytest.mark.parametrize("error", [OperationalError, IntegrityError])
def test_a_batch_that_fails_once_is_stored_at_the_second_try(
    monkeypatch: pytest.MonkeyPatch, alice: User, general: Channel, error: type[Exception]
) -> None:
    failing = Failing(1, error, poison="\x00")
    monkeypatch.setattr(sending, "insert", failing)

    results = messages.send_messages(sends(alice, general, 5))

    assert failing.sizes == [5, 5]
    assert [result.position for result in results if isinstance(result, wire.Message)] == [
        1, 2, 3, 4, 5,
    ]  # fmt: skip


def test_one_poisoned_item_fails_alone(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    told: Told,
    alice: User,
    general: Channel,
) -> None:
    told.take()
    monkeypatch.setattr(sending, "insert", Failing(0, IntegrityError, poison="message 2"))

    results = messages.send_messages(sends(alice, general, 5))

    failed = [result for result in results if isinstance(result, DomainError)]
    assert [error.code for error in failed] == ["internal"]
    assert f"Incident {failed[0].incident} in" in caplog.text
    assert results.index(failed[0]) == 2
    assert [r.position for r in results if isinstance(r, wire.Message)] == [1, 2, 3, 4]
    assert told.names() == ["new-message"] * 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("text", "trips"), [("hi", 2), ("hi @alice", 3)])
def test_a_transaction_begins_and_ends_along_with_its_statements(
    alice: User, general: Channel, text: str, trips: int
) -> None:
    with CaptureQueriesContext(connection) as captured:
        sent = messages.send_message(alice, channel_id=general.pk, text=text, client_id="a")

    asked = [query["sql"] for query in captured if "; " in query["sql"]]
    if connection.vendor == "postgresql":
        assert len(asked) == trips
        assert asked[0].startswith("BEGIN; ")
        assert asked[-1].endswith("; COMMIT")
        assert all("COMMIT" not in sql for sql in asked[:-1])
    assert Mention.objects.filter(message=sent.id).count() == trips - 2
