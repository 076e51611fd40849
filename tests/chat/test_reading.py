"""How far people have read, and who is seen to have."""

import pytest

from accounts.models import User
from chat import queries, wire
from chat.actions import memberships, personal, reading
from chat.models import Channel
from realtime.errors import Forbidden
from tests.chat.speaking import say, say_many
from tests.chat.told import Told

pytestmark = pytest.mark.django_db


def test_a_read_position_goes_forward_only(
    told: Told, alice: User, bob: User, general: Channel
) -> None:
    say_many(bob, general, 5)
    told.take()

    assert reading.mark_read(alice, channel_id=general.pk, position=3).read_position == 3
    assert reading.mark_read(alice, channel_id=general.pk, position=2).read_position == 3
    assert reading.mark_read(alice, channel_id=general.pk, position=3).read_position == 3
    assert told.names() == ["read-updated"]


def test_a_read_position_goes_back_by_force(alice: User, bob: User, general: Channel) -> None:
    say_many(bob, general, 5)
    reading.mark_read(alice, channel_id=general.pk, position=5)

    assert (
        reading.mark_read(alice, channel_id=general.pk, position=1, force=True).read_position == 1
    )
    assert queries.ready(alice).channels[0].membership == wire.Membership(
        role="owner",
        read_position=1,
        notify="all",
        muted=False,
        starred=False,
        section="",
        mention_count=0,
    )


def test_nobody_has_read_what_was_not_said(alice: User, bob: User, general: Channel) -> None:
    say_many(bob, general, 5)

    assert reading.mark_read(alice, channel_id=general.pk, position=999).read_position == 5


def test_who_only_looks_has_no_read_position(charlie: User, lobby: Channel) -> None:
    with pytest.raises(Forbidden):
        reading.mark_read(charlie, channel_id=lobby.pk, position=1)


def test_who_joins_has_nothing_unread(alice: User, charlie: User, lobby: Channel) -> None:
    say_many(alice, lobby, 5)

    joined = memberships.join_channel(charlie, channel_id=lobby.pk)

    assert joined.membership is not None
    assert joined.membership.read_position == joined.last_position == 5


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
