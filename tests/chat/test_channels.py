"""Channels, direct conversations and threads: made once, named once, seen by the right people."""

from collections.abc import Callable

import pytest
from pydantic import ValidationError as InvalidFrame

from accounts.actions.bans import deactivate_users
from accounts.models import User
from audit.models import Entry
from chat import queries, wire
from chat.actions import channels, memberships
from chat.models import Channel, Membership, Message
from realtime import topics
from realtime.errors import Conflict, Forbidden, NotFound
from realtime.posts import Control
from tests.chat.told import Told

pytestmark = pytest.mark.django_db


# --- public and private --------------------------------------------------------------------------


def test_who_makes_a_channel_owns_it(alice: User, bob: User) -> None:
    made = channels.create_channel(
        alice, kind="private", name="회의", topic="매주 월요일", member_ids=[bob.pk, alice.pk]
    )

    assert (made.name, made.topic, made.member_count) == ("회의", "매주 월요일", 2)
    assert made.membership is not None
    assert made.membership.role == "owner"
    assert dict(Membership.objects.values_list("user__username", "role")) == {
        "alice": "owner",
        "bob": "member",
    }


@pytest.mark.parametrize("name", ["general", "GENERAL"])
def test_a_name_is_taken_once(bob: User, general: Channel, name: str) -> None:
    with pytest.raises(Conflict):
        channels.create_channel(bob, kind="public", name=name)
    assert Channel.objects.count() == 1


def test_a_channel_with_an_unknown_member_is_not_made(alice: User, told: Told) -> None:
    with pytest.raises(NotFound):
        channels.create_channel(alice, kind="public", name="new", member_ids=[999_999])
    assert not Channel.objects.exists()
    assert told.take() == []


def test_guests_make_no_channels(charlie: User, lobby: Channel) -> None:
    Membership.objects.create(channel=lobby, user=charlie, role="guest")

    with pytest.raises(Forbidden):
        channels.create_channel(charlie, kind="public", name="mine")


@pytest.mark.parametrize(
    ("name", "kept"), [("  회의 ", "회의"), ("a" * 80, "a" * 80), ("한", "한")]
)
def test_a_name_is_trimmed_and_composed(name: str, kept: str) -> None:
    assert wire.CreateChannel(kind="public", name=name).name == kept


@pytest.mark.parametrize(
    "name", ["", "   ", "a" * 81, "two\nlines", "bell\x07", "a\x00b", "a\u2028b"]
)
def test_a_name_that_is_refused(name: str) -> None:
    with pytest.raises(InvalidFrame):
        wire.CreateChannel(kind="public", name=name)


def test_a_renamed_channel_may_keep_its_name_and_not_take_another(
    alice: User, general: Channel, lobby: Channel
) -> None:
    renamed = channels.update_channel(alice, channel_id=lobby.pk, name="Lobby", topic="Hi")
    assert (renamed.name, renamed.topic) == ("Lobby", "Hi")

    with pytest.raises(Conflict):
        channels.update_channel(alice, channel_id=lobby.pk, name="General")


def test_an_archived_channel_can_be_read_and_brought_back(alice: User, general: Channel) -> None:
    channels.update_channel(alice, channel_id=general.pk, archived=True)
    assert queries.open_channel(alice, channel_id=general.pk).channel.archived

    assert not channels.update_channel(alice, channel_id=general.pk, archived=False).archived


def test_joining_twice_is_the_same_as_once(told: Told, charlie: User, lobby: Channel) -> None:
    first = memberships.join_channel(charlie, channel_id=lobby.pk)
    told.take()

    assert memberships.join_channel(charlie, channel_id=lobby.pk) == first
    assert told.take() == []
    assert first.member_count == 3


def test_leaving_twice_is_the_same_as_once(told: Told, bob: User, lobby: Channel) -> None:
    left = memberships.leave_channel(bob, channel_id=lobby.pk)
    told.take()

    assert memberships.leave_channel(bob, channel_id=lobby.pk) == left
    assert told.take() == []
    assert (left.member_count, left.membership) == (1, None)


@pytest.mark.parametrize(
    ("roles", "owners"),
    [
        ({"bob": "member", "dana": "admin", "erin": "admin"}, {"dana"}),
        ({"bob": "guest", "dana": "member", "erin": "member"}, {"dana"}),
        ({"bob": "owner", "dana": "admin"}, {"bob"}),
        ({"bob": "guest"}, set()),
        ({}, set()),
    ],
)
@pytest.mark.parametrize("how", ["leave", "remove", "shut out", "delete"])
def test_when_the_last_owner_goes_somebody_else_owns_the_channel(
    make_user: Callable[..., User],
    alice: User,
    general: Channel,
    roles: dict[str, str],
    owners: set[str],
    how: str,
) -> None:
    general.memberships.exclude(user=alice).delete()
    for name, role in roles.items():
        user = User.objects.filter(username=name).first() or make_user(name)
        Membership.objects.create(channel=general, user=user, role=role)

    match how:
        case "leave":
            memberships.leave_channel(alice, channel_id=general.pk)
        case "remove":
            memberships.remove_member(alice, channel_id=general.pk, user_id=alice.pk)
        case "shut out":
            deactivate_users(make_user("staff", is_superuser=True), users=[alice])
        case "delete":
            Message.objects.all().delete()
            alice.delete()

    left = general.memberships.filter(role="owner", user__is_active=True)
    assert set(left.values_list("user__username", flat=True)) == owners
    noted = Entry.objects.filter(action="member.role", actor_name="").count()
    assert noted == (owners == {"dana"})


def test_losing_a_membership_ends_the_live_subscription(
    told: Told, alice: User, bob: User, general: Channel, thread: Channel
) -> None:
    told.take()
    memberships.remove_member(alice, channel_id=general.pk, user_id=bob.pk)

    orders = told.take()
    ended = [order.arguments for order in orders if isinstance(order, Control)]
    assert {order["topic"] for order in ended} == {
        topics.channel(general.pk),
        topics.channel(thread.pk),
    }
    assert all(order["user_ids"] == [bob.pk] for order in ended)


def test_a_membership_that_comes_or_goes_steps_the_epoch(
    alice: User, charlie: User, general: Channel
) -> None:
    charlie.refresh_from_db()
    start = charlie.epoch

    memberships.add_member(alice, channel_id=general.pk, user_id=charlie.pk)
    charlie.refresh_from_db()
    assert charlie.epoch == start + 1

    memberships.remove_member(alice, channel_id=general.pk, user_id=charlie.pk)
    charlie.refresh_from_db()
    assert charlie.epoch == start + 2


def test_feeds_are_the_channels_that_one_is_in(
    alice: User, general: Channel, lobby: Channel, thread: Channel, charlie: User
) -> None:
    feeds = queries.feeds([alice.pk, charlie.pk])
    assert set(feeds[alice.pk]) == {topics.channel(c.pk) for c in (general, lobby, thread)}
    assert feeds[alice.pk][topics.channel(thread.pk)] == 1
    assert feeds[charlie.pk] == {}


def test_the_list_of_channels_holds_what_one_sees(
    alice: User, charlie: User, general: Channel, lobby: Channel, thread: Channel, direct: Channel
) -> None:
    def names(user: User, **filters: str) -> list[str]:
        return [c.name or c.kind for c in queries.list_channels(user, **filters)]

    assert names(charlie) == ["lobby"]
    assert names(alice) == ["direct", "general", "lobby"]
    assert names(alice, kind="thread") == ["thread"]
    assert names(alice, query="OBB") == ["lobby"]


def test_members_come_in_pages(alice: User, bob: User, general: Channel) -> None:
    first, more = queries.list_members(alice, channel_id=general.pk, limit=1)
    second, no_more = queries.list_members(
        alice, channel_id=general.pk, after=first[0].user.id, limit=1
    )

    assert (first[0].user.username, first[0].role, more) == ("alice", "owner", True)
    assert (second[0].user.username, second[0].role, no_more) == ("bob", "member", False)


def test_a_crowd_is_listed_to_its_end(alice: User, general: Channel) -> None:
    """In the largest pages that one can ask for, as the page of the members does."""
    crowd = User.objects.bulk_create([User(username=f"guest{n}") for n in range(600)])
    Membership.objects.bulk_create([Membership(channel=general, user=one) for one in crowd])
    first, more = queries.list_members(alice, channel_id=general.pk, limit=500)
    last = first[-1].user.id
    rest, no_more = queries.list_members(alice, channel_id=general.pk, after=last, limit=500)
    assert (len(first), more, no_more) == (500, True, False)
    members = general.memberships.order_by("user").values_list("user", flat=True)
    assert [member.user.id for member in first + rest] == list(members)


def test_people_are_found_by_the_beginning_of_a_name(
    alice: User, bob: User, charlie: User, lobby: Channel
) -> None:
    assert [u.username for u in queries.list_users(alice, query="b")] == ["bob"]
    assert len(queries.list_users(alice)) == 3

    Membership.objects.create(channel=lobby, user=charlie, role="guest")
    memberships.leave_channel(bob, channel_id=lobby.pk)
    assert [u.username for u in queries.list_users(charlie)] == ["alice", "charlie"]


KIM = ("ㄱ", "ㄱㅊㅅ", "기", "김", "김ㅊ", "김처", "김철ㅅ", "김첤")
KIM_ON_LATIN_KEYS = ("r", "rla", "rlacj", "rlacjft", "rlacjftn", "rct")
OTHERS = ("ㄱㅅ", "긴", "김촐", "rlaqh", "철수", "ㅣ", ".*", "[", "김(")


def test_a_korean_name_is_found_however_it_is_typed(alice: User) -> None:
    kim = User.objects.create(username="chulsoo", display_name="김철수")
    for typed in (*KIM, *KIM_ON_LATIN_KEYS, *OTHERS):
        found = [person.id for person in queries.list_users(alice, query=typed)]
        assert (kim.id in found) is (typed not in OTHERS), typed


def test_a_repeated_request_does_not_conflict_with_itself(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = channels.create_channel(alice, kind="public", name="once")
    monkeypatch.setattr(channels, "may_have_happened", lambda: True)
    assert channels.create_channel(alice, kind="public", name="once").id == made.id
    with pytest.raises(Conflict):
        channels.create_channel(bob, kind="public", name="once")
