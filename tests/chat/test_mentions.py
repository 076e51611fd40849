"""Whom a message calls, and how many calls are unread."""

from functools import partial

import pytest

from accounts.models import User
from chat import queries, wire
from chat.actions import memberships, mentions, messages, reading
from chat.models import Channel, Mention
from tests.chat.speaking import say
from tests.chat.told import Told
from tests.chat.verify import verify_event

pytestmark = pytest.mark.django_db


def unread_mentions(user: User, channel_id: int) -> int:
    [own] = [c.membership for c in queries.ready(user).channels if c.id == channel_id]
    assert own is not None
    return own.mention_count


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
