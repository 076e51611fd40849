"""Direct conversations and threads are made once; statuses and reactions are what people chose."""

import pytest
from pydantic import ValidationError as InvalidFrame

from accounts.models import User
from chat import queries, wire
from chat.actions import channels, messages, reactions, statuses, threads
from chat.models import Channel
from realtime.errors import Forbidden, InvalidData, NotFound
from realtime.posts import Control
from tests.chat.told import Sent, Told

pytestmark = pytest.mark.django_db


# --- direct conversations ------------------------------------------------------------------------


def test_a_direct_conversation_is_the_same_every_time(
    told: Told, alice: User, bob: User, charlie: User
) -> None:
    first = channels.open_direct(alice, user_ids=[bob.pk, charlie.pk])
    told.take()

    again = channels.open_direct(alice, user_ids=[charlie.pk, bob.pk, bob.pk, alice.pk])
    from_bob = channels.open_direct(bob, user_ids=[alice.pk, charlie.pk])

    assert first == again
    assert from_bob.id == first.id
    assert told.take() == []
    assert [m.username for m in first.members or []] == ["alice", "bob", "charlie"]


def test_other_people_make_another_conversation(alice: User, bob: User, charlie: User) -> None:
    two = channels.open_direct(alice, user_ids=[bob.pk])
    three = channels.open_direct(alice, user_ids=[bob.pk, charlie.pk])

    assert two.id != three.id


def test_with_oneself_it_is_a_notebook(alice: User) -> None:
    notebook = channels.open_direct(alice, user_ids=[alice.pk])

    assert [m.username for m in notebook.members or []] == ["alice"]


def test_a_conversation_with_nobody_known(alice: User, bob: User) -> None:
    with pytest.raises(NotFound):
        channels.open_direct(alice, user_ids=[999_999])
    User.objects.filter(pk=bob.pk).update(is_active=False)
    with pytest.raises(NotFound):
        channels.open_direct(alice, user_ids=[bob.pk])


def test_a_conversation_of_too_many(alice: User) -> None:
    with pytest.raises(InvalidData):
        channels.open_direct(alice, user_ids=range(1_000, 1_010))


# --- threads -------------------------------------------------------------------------------------


def test_a_thread_is_the_same_every_time(
    told: Told, alice: User, bob: User, root: wire.Message
) -> None:
    first = threads.open_thread(alice, message_id=root.id)
    told.take()

    assert threads.open_thread(alice, message_id=root.id) == first
    assert threads.open_thread(bob, message_id=root.id).id == first.id
    assert told.take() == []
    assert (first.kind, first.parent, first.root_message) == ("thread", root.channel, root.id)


def test_the_first_message_shows_its_thread(
    alice: User, bob: User, general: Channel, root: wire.Message
) -> None:
    opened = threads.open_thread(alice, message_id=root.id)
    for number, author in enumerate([alice, bob, alice]):
        reply = messages.send_message(
            author, channel_id=opened.id, text="re", client_id=f"r{number}"
        )

    [shown] = queries.open_channel(bob, channel_id=general.pk).messages

    assert shown.thread == wire.ThreadSummary(
        channel=opened.id,
        reply_count=3,
        last_reply_at=reply.timestamp,
        participants=[alice.pk, bob.pk],
    )
    assert shown.position == root.position
    assert shown.version == queries.open_channel(bob, channel_id=general.pk).channel.version == 5


def test_a_batch_of_replies_is_one_change_of_the_first_message(
    told: Told, alice: User, thread: Channel, general: Channel
) -> None:
    general.refresh_from_db()
    told.take()
    batch = [messages.Send(alice, thread.pk, str(n), f"b{n}") for n in range(5)]

    messages.send_messages(batch)

    told_of_root = [event for event in told.events() if event.name == "message-updated"]
    assert [event.version for event in told_of_root] == [general.version + 1]


def test_a_thread_has_no_threads(alice: User, bob: User, thread: Channel) -> None:
    reply = messages.send_message(bob, channel_id=thread.pk, text="re", client_id="re")

    with pytest.raises(Forbidden):
        threads.open_thread(alice, message_id=reply.id)


def test_a_reader_of_a_public_channel_writes_in_its_threads(
    told: Told, bob: User, charlie: User, lobby: Channel
) -> None:
    first = messages.send_message(bob, channel_id=lobby.pk, text="?", client_id="1")
    opened = threads.open_thread(charlie, message_id=first.id)

    sent = messages.send_message(charlie, channel_id=opened.id, text="!", client_id="2")

    assert sent.position == 1
    assert [channel.id for channel in queries.ready(charlie).channels] == [opened.id]


def test_who_wrote_the_first_message_hears_of_the_replies(
    told: Told, alice: User, bob: User, root: wire.Message
) -> None:
    told.take()
    opened = threads.open_thread(alice, message_id=root.id)

    follows = [order.arguments for order in told.take() if isinstance(order, Control)]
    assert {user for order in follows for user in order["user_ids"]} == {alice.pk, bob.pk}
    assert opened.member_count == 2


# --- people --------------------------------------------------------------------------------------


def test_a_status_is_changed_in_parts(told: Told, alice: User) -> None:
    statuses.set_status(alice, emoji="🌴", text="On holiday")
    told.take()

    user = statuses.set_status(alice, presence="busy", text="")

    assert user.status == wire.Status(emoji="🌴", text="", expires_at=None)
    assert user.presence == "busy"
    order, shown = told.take()
    assert isinstance(order, Control)
    assert (order.name, order.arguments) == ("refresh", {"user_id": alice.pk})
    assert isinstance(shown, Sent)
    assert (shown.name, shown.topic) == ("user-updated", "everyone")


@pytest.mark.parametrize("emoji", ["x", "👍👍", "", " ", ":thumbsup:", "\x00"])
def test_a_reaction_is_one_emoji(emoji: str) -> None:
    with pytest.raises(InvalidFrame):
        wire.AddReaction(message=1, emoji=emoji)


@pytest.mark.parametrize("emoji", ["👍", "❤️", "👨‍👩‍👧‍👦", "🇰🇷", "1️⃣", "👍🏽"])
def test_an_emoji_may_be_of_many_characters(emoji: str) -> None:
    assert wire.AddReaction(message=1, emoji=emoji).emoji == emoji


@pytest.mark.parametrize("forms", [("❤", "❤️"), ("⛄", "⛄️"), ("☀", "☀️")])
def test_all_forms_of_an_emoji_are_one_reaction(forms: tuple[str, str]) -> None:
    assert len({wire.AddReaction(message=1, emoji=form).emoji for form in forms}) == 1


def test_a_message_takes_only_so_many_kinds_of_reactions(
    monkeypatch: pytest.MonkeyPatch, alice: User, bob: User, root: wire.Message
) -> None:
    monkeypatch.setattr(reactions, "KINDS_PER_MESSAGE", 2)
    for emoji in ("👍", "🎉"):
        reactions.add_reaction(alice, message_id=root.id, emoji=emoji)

    with pytest.raises(Forbidden):
        reactions.add_reaction(bob, message_id=root.id, emoji="🍜")
    joined = reactions.add_reaction(bob, message_id=root.id, emoji="🎉")

    assert [(r.emoji, r.users) for r in joined.reactions] == [
        ("👍", [alice.pk]),
        ("🎉", [alice.pk, bob.pk]),
    ]
