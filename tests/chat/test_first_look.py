"""What the chat page carries of a channel: what its reader may see, and nothing that can act."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from chat.actions import channels, messages, reading
from chat.actions.messages import Send
from chat.models import Channel, Message

pytestmark = pytest.mark.django_db

CARRIED = re.compile(r'<script id="first-look" type="application/json">(.*?)</script>', re.S)
FOUND = re.compile(r'<article class="message[^"]* found" data-message="(\d+)">')


def page(viewer: User, address: str, **cookies: str) -> str:
    client = Client()
    client.force_login(viewer)
    for name, value in cookies.items():
        client.cookies[name.replace("_", "-")] = value
    return client.get(address).content.decode()


def carried(viewer: User, address: str, **cookies: str) -> dict[str, Any] | None:
    found = CARRIED.search(page(viewer, address, **cookies))
    return json.loads(found[1]) if found else None


def test_who_may_not_see_a_channel_gets_nothing_of_it(
    alice: User, bob: User, charlie: User, direct: Channel
) -> None:
    messages.send_message(alice, channel_id=direct.pk, text="Between us", client_id="1")
    look = carried(bob, f"/c/{direct.pk}")
    assert look
    assert [message["text"] for message in look["messages"]] == ["Between us"]
    for address in (f"/c/{direct.pk}", "/"):
        assert "Between us" not in page(charlie, address, last_channel=str(direct.pk))
    assert carried(charlie, f"/c/{direct.pk}") is None
    assert "Between us" not in page(bob, "/shell"), "what a browser keeps after a log-out"


def test_the_front_door_leads_where_one_was_last(bob: User, lobby: Channel) -> None:
    oldest = carried(bob, "/")
    assert oldest
    for cookie, expected in {str(lobby.pk): lobby.pk, "9" * 30: oldest["channel"]["id"]}.items():
        look = carried(bob, "/", last_channel=cookie)
        assert look
        assert look["channel"]["id"] == expected
    assert carried(bob, f"/c/{lobby.pk}?panel=pins") is None


def test_what_people_write_stays_text(alice: User, bob: User, lobby: Channel) -> None:
    text = "</script><script>alert(1)</script><img src=x onerror=alert(1)> **bold**"
    messages.send_message(bob, channel_id=lobby.pk, text=text, client_id="1")
    channels.update_channel(alice, channel_id=lobby.pk, topic="<b onclick=alert(1)>")
    shown = page(bob, f"/c/{lobby.pk}")
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "<b onclick" not in shown
    assert "<strong>bold</strong>" in shown
    look = carried(bob, f"/c/{lobby.pk}")
    assert look
    assert look["messages"][-1]["text"] == text


def test_where_only_owners_write_it_has_no_field(alice: User, bob: User, lobby: Channel) -> None:
    for posting, fields in (("everyone", 1), ("owners", 0)):
        channels.update_channel(alice, channel_id=lobby.pk, posting=posting)
        assert page(bob, f"/c/{lobby.pk}").count("<textarea") == fields
        assert page(alice, f"/c/{lobby.pk}").count("<textarea") == 1


def test_it_begins_at_the_first_unread_message(alice: User, bob: User, lobby: Channel) -> None:
    batch = [Send(alice, lobby.pk, f"message {n}", f"c{n}") for n in range(1, 121)]
    messages.send_messages(batch)
    reading.mark_read(bob, channel_id=lobby.pk, position=20)
    look = carried(bob, f"/c/{lobby.pk}")
    assert look
    positions = [message["position"] for message in look["messages"]]
    assert 21 in positions
    assert (look["has_before"], look["has_after"]) == (positions[0] > 1, True)
    assert page(bob, f"/c/{lobby.pk}").count('class="day is-new"') == 1


def test_it_begins_around_the_message_that_the_address_names(
    alice: User, bob: User, charlie: User, direct: Channel
) -> None:
    batch = [Send(alice, direct.pk, f"message {n}", f"c{n}") for n in range(1, 121)]
    messages.send_messages(batch)
    ids = dict(Message.objects.filter(channel=direct).values_list("position", "pk"))
    address = f"/c/{direct.pk}/m/40"
    assert carried(charlie, address) is None
    look = carried(bob, address)
    assert look
    positions = [message["position"] for message in look["messages"]]
    assert positions[0] < 40 < positions[-1] < 120
    assert (look["has_before"], look["has_after"]) == (True, True)
    assert FOUND.findall(page(bob, address)) == [str(ids[40])]
    # What was deleted is not shown: the next one is as near as one gets.
    messages.delete_message(alice, message_id=ids[40])
    assert FOUND.findall(page(bob, address)) == [str(ids[41])]
    assert FOUND.findall(page(bob, f"/c/{direct.pk}/m/{10**14}")) == []
