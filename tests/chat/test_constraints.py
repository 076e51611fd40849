"""What the database itself refuses, whoever asks."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from chat.models import Channel, Membership, Mention, Message, Reaction

pytestmark = pytest.mark.django_db


def message(channel: Channel, sender: User, number: int, **fields: object) -> Message:
    values: dict[str, object] = {
        "position": number,
        "version": number,
        "created_version": number,
        "client_id": str(number),
        "timestamp": timezone.now(),
        **fields,
    }
    return Message.objects.create(channel=channel, sender=sender, **values)


@pytest.mark.parametrize(
    "same", [{"position": 1}, {"version": 1}, {"client_id": "1"}], ids=lambda same: next(iter(same))
)
def test_a_message_has_its_own_place(
    same: dict[str, object], alice: User, general: Channel
) -> None:
    message(general, alice, 1)
    message(general, alice, 2)

    with pytest.raises(IntegrityError), transaction.atomic():
        message(general, alice, 3, **same)


def test_a_client_id_is_used_once_in_all_channels(
    alice: User, general: Channel, lobby: Channel
) -> None:
    message(general, alice, 1)

    with pytest.raises(IntegrityError), transaction.atomic():
        message(lobby, alice, 2, client_id="1")


def test_one_membership_for_a_pair(alice: User, general: Channel) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(channel=general, user=alice)


def test_one_mention_and_one_reaction_of_a_kind(alice: User, bob: User, general: Channel) -> None:
    sent = message(general, alice, 1)
    Mention.objects.create(message=sent, user=bob, channel=general, position=1)
    Reaction.objects.create(message=sent, user=bob, emoji="👍")

    with pytest.raises(IntegrityError), transaction.atomic():
        Mention.objects.create(message=sent, user=bob, channel=general, position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.create(message=sent, user=bob, emoji="👍")
    Reaction.objects.create(message=sent, user=bob, emoji="🎉")


def test_one_direct_channel_for_a_set_of_people(alice: User) -> None:
    Channel.objects.create(kind="direct", direct_key="1,2")

    with pytest.raises(IntegrityError), transaction.atomic():
        Channel.objects.create(kind="direct", direct_key="1,2")


def test_one_thread_for_a_message(alice: User, general: Channel) -> None:
    sent = message(general, alice, 1)
    Channel.objects.create(kind="thread", parent=general, root_message=sent)

    with pytest.raises(IntegrityError), transaction.atomic():
        Channel.objects.create(kind="thread", parent=general, root_message=sent)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "thread"},
        {"kind": "direct"},
        {"kind": "public", "name": "x", "direct_key": "1,2"},
        {"kind": "public", "name": "GENERAL"},
    ],
)
def test_a_channel_is_of_one_kind(fields: dict[str, str], general: Channel) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Channel.objects.create(**fields)
