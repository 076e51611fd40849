"""Reads that belong together see one moment, whatever others write meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection

from accounts.models import User
from chat.actions.messages import send_message
from chat.models import Channel, Message
from chat.queries.snapshot import one_moment


def send_elsewhere(author: User, channel: Channel) -> None:
    def send() -> None:
        send_message(author, channel_id=channel.pk, text="Hello", client_id="elsewhere")
        connection.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(send).result()


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
