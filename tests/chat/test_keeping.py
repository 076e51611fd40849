"""What a channel keeps about its messages: pins, earlier texts, mentions, who has seen them;
and the threads that somebody follows."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from chat import clock, queries, wire
from chat.actions import memberships, mentions, messages, personal, pins, reading, threads
from chat.models import Channel, Edit, Mention, Message
from realtime.errors import Conflict, Forbidden, NotFound
from tests.chat.told import Told
from tests.chat.verify import verify_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(alice: User, bob: User, charlie: User) -> list[User]:
    return [alice, bob, charlie]


def say(author: User, channel_id: int, text: str) -> wire.Message:
    number = Message.objects.filter(sender=author).count()
    return messages.send_message(
        author, channel_id=channel_id, text=text, client_id=f"{author.pk} {number}"
    )


def unread_mentions(user: User, channel_id: int) -> int:
    [own] = [c.membership for c in queries.ready(user).channels if c.id == channel_id]
    assert own is not None
    return own.mention_count


# --- pins ---


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


# --- earlier texts ---


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


# --- mentions ---


@pytest.mark.parametrize(
    ("text", "broadcast"),
    [("@channel!", "channel"), ("@모두에게", "channel"), ("@지금요", "here"), ("@here", "here")],
)
def test_a_broadcast_mentions_everybody(
    told: Told,
    people: list[User],
    alice: User,
    bob: User,
    general: Channel,
    text: str,
    broadcast: str,
) -> None:
    received = verify_event(told, people, lambda: say(bob, general.pk, f"{text} @alice"))

    assert received["alice"][0].data["broadcast"] == broadcast
    assert unread_mentions(alice, general.pk) == 1
    assert unread_mentions(bob, general.pk) == 0


def test_here_calls_who_is_here(
    told: Told, people: list[User], alice: User, bob: User, charlie: User, general: Channel
) -> None:
    memberships.add_member(alice, channel_id=general.pk, user_id=charlie.pk)
    told.absent = {charlie.pk}
    told.take()
    received = verify_event(told, people, lambda: say(bob, general.pk, "@here, lunch?"))

    called = received["alice"][0].data
    assert (called["broadcast"], called["mentions"]) == ("here", [alice.pk])
    assert unread_mentions(charlie, general.pk) == 0
    # Who came later is not called by an edit, and nobody is called less.
    told.absent = set()
    edited = messages.edit_message(bob, message_id=called["id"], text="@here, lunch at 1?")
    assert edited.mentions == [alice.pk]
    assert unread_mentions(alice, general.pk) == 1


def test_here_in_a_crowd_is_the_channel(
    bob: User, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mentions, "HERE_AT_MOST", 0)
    called = say(bob, general.pk, "@here")
    assert (called.broadcast, called.mentions) == ("channel", [])


def test_a_channel_called_and_here_is_a_channel(bob: User, general: Channel) -> None:
    assert say(bob, general.pk, "@here and @channel").broadcast == "channel"
    assert say(bob, general.pk, "@channels are great").broadcast is None


def test_what_is_read_mentions_no_longer(
    told: Told, people: list[User], alice: User, bob: User, general: Channel
) -> None:
    for text in ("@alice", "nothing", "@channel", "@bob", "@alice again"):
        say(bob, general.pk, text)
    assert unread_mentions(alice, general.pk) == 3

    received = verify_event(
        told, people, lambda: reading.mark_read(alice, channel_id=general.pk, position=2)
    )

    assert received["alice"][0].data["mention_count"] == 2


def test_a_mention_that_is_deleted_is_taken_back(
    told: Told, people: list[User], alice: User, bob: User, general: Channel
) -> None:
    called, named = say(bob, general.pk, "@channel"), say(bob, general.pk, "@alice")

    for message in (named, called):
        received = verify_event(
            told, people, partial(messages.delete_message, bob, message_id=message.id)
        )
        assert [e.name for e in received["alice"]] == ["message-deleted", "read-updated"]
    assert unread_mentions(alice, general.pk) == 0
    assert not Mention.objects.exists()


def test_an_edit_calls_nobody_anew(
    told: Told, people: list[User], bob: User, root: wire.Message
) -> None:
    received = verify_event(
        told, people, lambda: messages.edit_message(bob, message_id=root.id, text="@channel Lunch")
    )
    assert received["alice"][0].data["broadcast"] is None


def test_display_names_are_mentioned_too(
    alice: User, bob: User, charlie: User, general: Channel
) -> None:
    User.objects.filter(pk=alice.pk).update(display_name="Alice Kwon")
    User.objects.filter(pk=bob.pk).update(display_name="박하늘")

    assert say(bob, general.pk, "@Alice Kwon, look").mentions == [alice.pk]
    assert say(alice, general.pk, "@박하늘님이 봤어요").mentions == [bob.pk]
    assert say(alice, general.pk, "@Alice Kwonder").mentions == [alice.pk]
    User.objects.filter(pk=charlie.pk).update(display_name="박하늘")
    assert say(alice, general.pk, "@박하늘님").mentions == [], "two people have the name"


# --- who has seen it ---


def test_who_has_read_as_far_is_seen(alice: User, bob: User, charlie: User, lobby: Channel) -> None:
    message = say(alice, lobby.pk, "Look")
    assert queries.list_seen(alice, message_id=message.id) == wire.SeenList(users=[], count=0)
    reading.mark_read(bob, channel_id=lobby.pk, position=message.position)

    seen = queries.list_seen(alice, message_id=message.id)

    assert ([user.username for user in seen.users], seen.count) == (["bob"], 1)


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_who_does_not_share_is_not_seen_and_sees_nobody(
    alice: User, bob: User, lobby: Channel, who: str
) -> None:
    message = say(alice, lobby.pk, "Look")
    reading.mark_read(bob, channel_id=lobby.pk, position=message.position)
    personal.set_preferences({"alice": alice, "bob": bob}[who], share_reading=False)

    assert queries.list_seen(alice, message_id=message.id).count == 0


# --- threads ---


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


# --- jump to date ---


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
