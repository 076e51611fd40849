"""Who logs in for the first time finds people."""

import pytest
from django.test import Client

from accounts.models import User
from chat.actions.channels import create_channel
from chat.models import Channel, Membership
from tests.client import PASSWORD

pytestmark = pytest.mark.django_db


def log_in(user: User) -> None:
    page = Client().post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    assert page.status_code == 302


def test_the_first_person_opens_the_first_channel(alice: User) -> None:
    log_in(alice)
    channel = Channel.objects.get()
    assert (channel.name, channel.kind, channel.is_default) == ("general", "public", True)
    assert Membership.objects.get().role == "owner"


def test_everybody_after_joins_the_default_channels_alone(alice: User, bob: User) -> None:
    log_in(alice)
    create_channel(alice, kind="public", name="random")
    log_in(bob)
    assert [row.channel.name for row in bob.memberships.select_related("channel")] == ["general"]


def test_who_is_somewhere_already_is_left_alone(alice: User, bob: User) -> None:
    log_in(alice)
    create_channel(alice, kind="private", name="secret", member_ids=[bob.pk])
    log_in(bob)
    assert [row.channel.name for row in bob.memberships.select_related("channel")] == ["secret"]
