"""Reads that belong together see one moment, whatever others write meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection

from accounts.models import User
from chat import wire
from chat.actions.memberships import leave_channel
from chat.actions.messages import send_message
from chat.actions.personal import save_message
from chat.models import Channel, Message
from chat.queries import personal
from chat.queries.snapshot import one_moment


def elsewhere(action: Callable[[], object]) -> None:
    def act() -> None:
        action()
        connection.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(act).result()


def send_elsewhere(author: User, channel: Channel) -> None:
    elsewhere(
        lambda: send_message(author, channel_id=channel.pk, text="Hello", client_id="elsewhere")
    )


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_seen(alice: User, general: Channel) -> None:
    with one_moment():
        before = Message.objects.count()
        send_elsewhere(alice, general)
        assert Message.objects.count() == before
    assert Message.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_moment_ends_with_an_error(alice: User, general: Channel) -> None:
    with pytest.raises(DatabaseError), one_moment():
        Message.objects.extra(where=["nonsense"]).count()
    send_elsewhere(alice, general)
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_leaves_meanwhile_is_shown_what_was_saved(
    bob: User, alice: User, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_elsewhere(alice, general)
    message = Message.objects.get()
    save_message(bob, message_id=message.pk)
    channels_by_id = personal.channels_by_id

    def left_before(viewer: User, channel_ids: set[int]) -> dict[int, wire.Channel]:
        elsewhere(lambda: leave_channel(bob, channel_id=general.pk))
        return channels_by_id(viewer, channel_ids)

    monkeypatch.setattr(personal, "channels_by_id", left_before)
    assert [saved.message.id for saved in personal.list_saved(bob)] == [message.pk]
    monkeypatch.undo()
    assert personal.list_saved(bob) == []
