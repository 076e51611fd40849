"""What one person keeps to themselves: preferences, drafts, saved messages, their sidebar."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from pydantic import ValidationError as InvalidFrame

from accounts.actions.profiles import change_profile
from accounts.models import User
from chat import queries, wire
from chat.actions import memberships, messages, personal, statuses
from chat.models import Channel, Draft, Membership
from realtime.errors import Forbidden, InvalidData, NotFound
from tests.chat.told import Sent, Told
from tests.chat.verify import verify_event

pytestmark = pytest.mark.django_db


def only_for(received: dict[str, list[Sent]], username: str) -> Sent:
    """The one event that came, and it came to that user."""
    assert [name for name, events in received.items() if events] == [username]
    [event] = received[username]
    return event


# --- preferences ---


def test_preferences_are_changed_in_parts(told: Told, people: list[User], alice: User) -> None:
    personal.set_preferences(alice, theme="dark", language="ko")

    received = verify_event(
        told, people, lambda: personal.set_preferences(alice, clock="24", share_reading=False)
    )

    event = only_for(received, "alice")
    assert event.name == "preferences-updated"
    state = queries.ready(alice).preferences
    assert (state.theme, state.language, state.clock, state.share_reading) == (
        "dark",
        "ko",
        "24",
        False,
    )


@pytest.mark.parametrize("data", [{"theme": "pink"}, {"enter_sends": "yes"}, {"language": "de"}])
def test_a_preference_is_one_of_what_there_is(data: dict[str, object]) -> None:
    with pytest.raises(InvalidFrame):
        wire.SetPreferences.model_validate(data)


# --- drafts ---


def test_a_draft_comes_and_goes(
    told: Told, people: list[User], alice: User, root: wire.Message
) -> None:
    def save(text: str, reply_to: int | None = None) -> Sent:
        received = verify_event(
            told,
            people,
            lambda: personal.save_draft(
                alice, channel_id=root.channel, text=text, reply_to=reply_to
            ),
        )
        return only_for(received, "alice")

    assert save("Well", root.id).data["reply_to"] == root.id
    assert save("Well, ").data["reply_to"] is None
    assert save("").data["text"] == ""
    assert not Draft.objects.exists()
    told.take()
    personal.save_draft(alice, channel_id=root.channel, text="")
    assert told.take() == []


def test_a_draft_goes_with_the_membership(
    told: Told, people: list[User], alice: User, bob: User, general: Channel
) -> None:
    personal.save_draft(bob, channel_id=general.pk, text="I wanted to say")

    verify_event(
        told,
        people,
        lambda: memberships.remove_member(alice, channel_id=general.pk, user_id=bob.pk),
    )

    assert not Draft.objects.exists()


def test_a_draft_replies_to_a_message_of_its_channel(
    alice: User, root: wire.Message, lobby: Channel
) -> None:
    with pytest.raises(InvalidData):
        personal.save_draft(alice, channel_id=lobby.pk, text="Hm", reply_to=root.id)


def test_an_outsider_writes_no_draft(charlie: User, general: Channel) -> None:
    with pytest.raises(NotFound):
        personal.save_draft(charlie, channel_id=general.pk, text="Hm")


# --- saved messages ---


def test_a_message_is_saved_once(
    told: Told, people: list[User], alice: User, root: wire.Message
) -> None:
    received = verify_event(told, people, lambda: personal.save_message(alice, message_id=root.id))
    assert only_for(received, "alice").data == {"message": root.id, "saved": True}
    personal.save_message(alice, message_id=root.id)
    assert told.take() == []

    [saved] = queries.list_saved(alice)
    assert saved.message.id == root.id
    assert saved.channel.id == root.channel

    received = verify_event(
        told, people, lambda: personal.unsave_message(alice, message_id=root.id)
    )
    assert only_for(received, "alice").data["saved"] is False
    assert queries.list_saved(alice) == []


def test_what_is_saved_comes_in_pages(alice: User, general: Channel) -> None:
    ids = [
        messages.send_message(alice, channel_id=general.pk, text="x", client_id=str(n)).id
        for n in range(5)
    ]
    for pk in ids:
        personal.save_message(alice, message_id=pk)

    first = queries.list_saved(alice, limit=3)
    second = queries.list_saved(alice, before=first[-1].id, limit=3)

    assert [entry.message.id for entry in (*first, *second)] == ids[::-1]


def test_what_one_may_not_see_is_not_in_the_list(
    alice: User, bob: User, charlie: User, general: Channel, root: wire.Message
) -> None:
    with pytest.raises(NotFound):
        personal.save_message(charlie, message_id=root.id)
    personal.save_message(bob, message_id=root.id)
    memberships.remove_member(alice, channel_id=general.pk, user_id=bob.pk)

    assert queries.list_saved(bob) == []


# --- the sidebar ---


def test_a_membership_is_changed_in_parts(
    told: Told, people: list[User], bob: User, general: Channel
) -> None:
    personal.update_membership(bob, channel_id=general.pk, starred=True, section="팀")

    received = verify_event(
        told,
        people,
        lambda: personal.update_membership(
            bob, channel_id=general.pk, notify="mentions", muted=True
        ),
    )

    own = only_for(received, "bob").data["membership"]
    assert (own["starred"], own["section"], own["notify"], own["muted"]) == (
        True,
        "팀",
        "mentions",
        True,
    )
    assert not Membership.objects.exclude(user=bob).filter(muted=True).exists()


def test_who_only_looks_has_no_membership_to_change(charlie: User, lobby: Channel) -> None:
    with pytest.raises(Forbidden):
        personal.update_membership(charlie, channel_id=lobby.pk, muted=True)


def test_a_section_is_counted_in_graphemes() -> None:
    family = "👨‍👩‍👧‍👦"
    assert wire.UpdateMembership(channel=1, section=family * 20).section == family * 20
    jamo = "\u1112\u1161\u11ab"  # 한, as a file name of a Mac has it
    assert wire.UpdateMembership(channel=1, section=jamo).section == "한"
    for section in ("x" * 41, "한" * 41, "a\nb"):
        with pytest.raises(InvalidFrame):
            wire.UpdateMembership(channel=1, section=section)


# --- status and profile ---


def test_a_status_expires(told: Told, alice: User) -> None:
    soon = timezone.now() + timedelta(minutes=5)
    shown = statuses.set_status(alice, emoji="🍜", text="Lunch", expires_at=soon)
    assert shown.status == wire.Status(emoji="🍜", text="Lunch", expires_at=soon)

    User.objects.filter(pk=alice.pk).update(status_expires_at=timezone.now())
    alice.refresh_from_db()

    assert queries.ready(alice).user.status == wire.Status(emoji="", text="", expires_at=None)
    lasting = statuses.set_status(alice, text="Back")
    assert lasting.status == wire.Status(emoji="🍜", text="Back", expires_at=None)


@pytest.mark.parametrize("moment", ["tomorrow", "2026-01-01T00:00:00", "0001-01-01T00:00:00Z", 5])
def test_a_moment_is_a_time_with_an_offset(moment: object) -> None:
    with pytest.raises(InvalidFrame):
        wire.SetStatus.model_validate({"expires_at": moment})


def test_everybody_who_knows_somebody_hears_of_their_new_name(
    told: Told, people: list[User], alice: User, general: Channel, make_user: Callable[..., User]
) -> None:
    guest = make_user("gil")
    place = Channel.objects.create(kind="private", name="elsewhere")
    Membership.objects.create(channel=place, user=guest, role="guest")

    received = verify_event(
        told, [*people, guest], lambda: change_profile(alice, display_name="Alice K.")
    )

    assert [name for name, events in received.items() if events] == ["alice", "bob", "charlie"]
    [event] = received["bob"]
    assert event.data["user"]["display_name"] == "Alice K."


def test_a_status_is_told_only_where_it_changed(told: Told, alice: User) -> None:
    statuses.set_status(alice, presence="busy")
    assert told.names() == []
    statuses.set_status(alice, text="At lunch")
    assert told.names() == ["user-updated"]


def test_a_name_is_stored_composed(alice: User) -> None:
    change_profile(alice, display_name="\u1112\u1161\u11ab", title="\u1100\u1161")

    alice.refresh_from_db()
    assert (alice.display_name, alice.title) == ("한", "가")


def test_a_profile(alice: User, bob: User, general: Channel, lobby: Channel) -> None:
    change_profile(bob, title="Map maker")

    profile = queries.show_user(alice, user_id=bob.pk, presence="away")

    assert profile.title == "Map maker"
    assert profile.shared_channels == [general.pk, lobby.pk]
    assert (profile.user.id, profile.user.presence) == (bob.pk, "away")
    with pytest.raises(NotFound):
        queries.show_user(alice, user_id=10**9, presence="offline")


def test_a_guest_knows_whom_they_share_a_channel_with(
    alice: User, bob: User, charlie: User, general: Channel
) -> None:
    Membership.objects.filter(channel=general, user=bob).update(role="guest")

    assert queries.show_user(bob, user_id=alice.pk, presence="offline").user.id == alice.pk
    with pytest.raises(NotFound):
        queries.show_user(bob, user_id=charlie.pk, presence="offline")
