"""Slash commands: what each does, and what it says when it cannot."""

import pytest
from django.utils import translation

from accounts.models import User
from chat import queries, slash, wire
from chat.models import TEXT_MAX_LENGTH, Channel, Message
from chat.requests import commands, message_limit
from chat.slash.registry import slashes
from realtime.errors import Forbidden, InvalidData, NotFound

pytestmark = pytest.mark.django_db


def run(user: User, channel: Channel, line: str, client_id: str = "1") -> wire.CommandOutcome:
    name, _space, arguments = line.removeprefix("/").partition(" ")
    return slash.run_command(
        user, channel_id=channel.pk, name=name, arguments=arguments, client_id=client_id
    )


def test_they_are_listed_in_the_language_of_the_user() -> None:
    english = {command.name: command for command in slash.list_commands()}
    with translation.override("ko"):
        korean = {command.name: command for command in slash.list_commands()}

    assert {"me", "topic", "invite", "leave", "shrug", "mute", "status", "dnd"} <= set(english)
    assert english["invite"].description == "Bring people into the channel"
    assert korean["invite"].description == "채널에 사람을 초대합니다"


def test_what_one_does_and_a_shrug(alice: User, general: Channel) -> None:
    said = run(alice, general, "/me opens the *door*").message
    assert said is not None
    assert said.html == "<p><em>opens the <em>door</em></em></p>"
    again = run(alice, general, "/me opens the *door*").message
    assert again == said, "the same client_id says it once"
    shrugged = run(alice, general, "/shrug who knows", "2").message
    assert shrugged is not None
    assert shrugged.html == r"<p>who knows ¯\_(ツ)_/¯</p>"


def test_what_a_command_makes_of_a_text_is_no_longer_than_a_message(
    alice: User, general: Channel
) -> None:
    for line in ("/me " + "a\n" * 9_000, "/shrug " + "a" * TEXT_MAX_LENGTH):
        with pytest.raises(InvalidData):
            run(alice, general, line)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "send-message",
        "edit-message",
        "run-command",
        "create-document",
        "add-comment",
        "reply-comment",
        "resolve-comment",
        "name-version",
    ],
)
def test_what_says_something_is_limited_as_messages_are(name: str) -> None:
    assert commands.by_name[name].limit is message_limit


def test_a_channel_is_led_by_commands(
    alice: User, bob: User, charlie: User, general: Channel
) -> None:
    assert run(alice, general, "/topic").notice == "There is no topic yet."
    run(alice, general, "/topic  Maps and snow ")
    assert run(bob, general, "/topic").notice == "Maps and snow"
    run(alice, general, "/rename #지도")
    general.refresh_from_db()
    assert general.name == "지도"
    assert run(bob, general, "/invite @charlie").notice == "Now here: Charlie"
    assert general.memberships.filter(user=charlie).exists()
    run(alice, general, "/remove charlie")
    assert not general.memberships.filter(user=charlie).exists()
    run(bob, general, "/leave")
    with pytest.raises(NotFound):
        run(bob, general, "/topic")


def test_what_a_channel_is_to_oneself(alice: User, general: Channel) -> None:
    def own() -> tuple[bool, bool]:
        membership = queries.ready(alice).channels[0].membership
        assert membership is not None
        return membership.muted, membership.starred

    run(alice, general, "/mute")
    run(alice, general, "/star")
    assert own() == (True, True)
    run(alice, general, "/mute")
    assert own() == (False, True)


def test_going_elsewhere(alice: User, charlie: User, general: Channel, lobby: Channel) -> None:
    assert run(alice, general, "/join #lobby").channel == lobby.pk
    said = run(alice, general, "/msg charlie are you there?")
    assert said.message is not None
    assert (said.message.text, said.channel) == ("are you there?", said.message.channel)


def test_telling_of_oneself(alice: User, general: Channel) -> None:
    run(alice, general, "/status :palm_tree: On holiday")
    alice.refresh_from_db()
    assert (alice.status_emoji, alice.status_text) == ("🌴", "On holiday")
    run(alice, general, "/status just here")
    alice.refresh_from_db()
    assert (alice.status_emoji, alice.status_text) == ("", "just here")
    for line, presence in (("/dnd", "busy"), ("/dnd", "auto"), ("/away", "away")):
        run(alice, general, line)
        alice.refresh_from_db()
        assert alice.presence_setting == presence


@pytest.mark.parametrize(
    "line",
    [
        "/me",
        "/invite",
        "/invite @nobody",
        "/nothing",
        "/msg bob",
        "/topic " + "x" * 251,
        "/join #x",
    ],
)
def test_what_cannot_be_done_is_told(alice: User, general: Channel, line: str) -> None:
    with pytest.raises(InvalidData) as refused:
        run(alice, general, line)
    assert refused.value.fields
    assert not Message.objects.exists()


def test_rights_are_those_of_the_action_behind(bob: User, charlie: User, general: Channel) -> None:
    with pytest.raises(Forbidden):
        run(bob, general, "/topic Mine now")
    for line in ("/me peeks", "/topic", "/mute"):
        with pytest.raises(NotFound):
            run(charlie, general, line)


def test_no_name_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        slash.slash("me", "", "")(slashes["me"].handler)
