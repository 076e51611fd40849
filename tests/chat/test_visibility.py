"""The rule of who sees what stands twice, as a query and as Access.sees: they agree."""

import itertools

import pytest

from accounts.models import User
from chat.models import Channel, Membership
from chat.queries.visibility import Access, Place, visible_channels

pytestmark = pytest.mark.django_db


def test_the_query_and_the_batch_decide_alike(
    alice: User, bob: User, charlie: User, general: Channel, lobby: Channel, thread: Channel,
    direct: Channel,
) -> None:  # fmt: skip
    Membership.objects.filter(channel=lobby, user=bob).update(role="guest")
    hidden = Channel.objects.create(kind="public", name="without bob")
    people = [alice, bob, charlie]
    places = Channel.objects.select_related("parent")

    access = Access.read({(place.pk, user.pk) for place in places for user in people})

    assert hidden not in visible_channels(bob)
    assert len(places) == 5
    for user, place in itertools.product(people, places):
        assert access.sees(user.pk, Place.of(place)) == (place in visible_channels(user))
