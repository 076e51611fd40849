"""Every write × {outsider, member, owner}: what is done, what is refused, and that a refusal of
what one may not see looks like nothing is there."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from accounts.models import User
from chat import queries, wire
from chat.actions import (
    channels,
    memberships,
    messages,
    moderation,
    pins,
    reactions,
    reading,
    threads,
)
from chat.actions.rows import lock_channel
from chat.models import Channel, Membership, Message
from chat.queries.visibility import Access, Place, visible_channels
from realtime.errors import Conflict, DomainError, Forbidden, NotFound
from realtime.posts import Control
from tests.chat.told import Told

pytestmark = pytest.mark.django_db

OK = None


@dataclass
class World:
    """`bobs` is a message of Bob's in `place`; Dana is one whom nobody has invited."""

    place: Channel
    bobs: wire.Message
    dana: User


Act = Callable[[User, World], object]

ACTS: dict[str, Act] = {
    "send": lambda u, w: messages.send_message(
        u, channel_id=w.place.pk, text="hi", client_id="new"
    ),
    "edit": lambda u, w: messages.edit_message(u, message_id=w.bobs.id, text="changed"),
    "delete": lambda u, w: messages.delete_message(u, message_id=w.bobs.id),
    "react": lambda u, w: reactions.add_reaction(u, message_id=w.bobs.id, emoji="👍"),
    "unreact": lambda u, w: reactions.remove_reaction(u, message_id=w.bobs.id, emoji="👍"),
    "pin": lambda u, w: pins.pin_message(u, message_id=w.bobs.id),
    "unpin": lambda u, w: pins.unpin_message(u, message_id=w.bobs.id),
    "open thread": lambda u, w: threads.open_thread(u, message_id=w.bobs.id),
    "join": lambda u, w: memberships.join_channel(u, channel_id=w.place.pk),
    "leave": lambda u, w: memberships.leave_channel(u, channel_id=w.place.pk),
    "mark read": lambda u, w: reading.mark_read(u, channel_id=w.place.pk, position=1),
    "add member": lambda u, w: memberships.add_member(u, channel_id=w.place.pk, user_id=w.dana.pk),
    "remove member": lambda u, w: memberships.remove_member(
        u, channel_id=w.place.pk, user_id=w.bobs.sender.id
    ),
    "rename": lambda u, w: channels.update_channel(u, channel_id=w.place.pk, name="other"),
    "reserve": lambda u, w: channels.update_channel(u, channel_id=w.place.pk, posting="owners"),
    "archive": lambda u, w: channels.update_channel(u, channel_id=w.place.pk, archived=True),
    "open": lambda u, w: queries.open_channel(u, channel_id=w.place.pk),
    "catch up": lambda u, w: queries.open_channel(u, channel_id=w.place.pk, since=0),
    "history": lambda u, w: queries.history(u, channel_id=w.place.pk),
    "list members": lambda u, w: queries.list_members(u, channel_id=w.place.pk),
}

Answer = type[DomainError] | None
Answers = dict[str, tuple[Answer, ...]]

# Of a private channel; (Charlie outside, Bob a member who wrote the message, Alice the owner).
PRIVATE: Answers = {
    "send": (NotFound, OK, OK),
    "edit": (NotFound, OK, Forbidden),
    "delete": (NotFound, OK, OK),
    "react": (NotFound, OK, OK),
    "unreact": (NotFound, OK, OK),
    "pin": (NotFound, OK, OK),
    "unpin": (NotFound, OK, OK),
    "open thread": (NotFound, OK, OK),
    "join": (NotFound, OK, OK),
    "leave": (NotFound, OK, OK),
    "mark read": (NotFound, OK, OK),
    "add member": (NotFound, OK, OK),
    "remove member": (NotFound, Forbidden, OK),
    "rename": (NotFound, Forbidden, OK),
    "reserve": (NotFound, Forbidden, OK),
    "archive": (NotFound, Forbidden, OK),
    "open": (NotFound, OK, OK),
    "catch up": (NotFound, OK, OK),
    "history": (NotFound, OK, OK),
    "list members": (NotFound, OK, OK),
}

# Everybody sees a public channel; who is not in it only looks, joins, and follows threads.
PUBLIC: Answers = {name: (Forbidden, *answers[1:]) for name, answers in PRIVATE.items()} | {
    "open thread": (OK, OK, OK),
    "join": (OK, OK, OK),
    "leave": (OK, OK, OK),
    "open": (OK, OK, OK),
    "catch up": (OK, OK, OK),
    "history": (OK, OK, OK),
    "list members": (OK, OK, OK),
}

# Nobody owns a direct conversation.
DIRECT = PRIVATE | {
    "delete": (NotFound, OK, Forbidden),
    "leave": (NotFound, Forbidden, Forbidden),
    "add member": (NotFound, Forbidden, Forbidden),
    "remove member": (NotFound, Forbidden, Forbidden),
    "rename": (NotFound, Forbidden, Forbidden),
    "reserve": (NotFound, Forbidden, Forbidden),
    "archive": (NotFound, Forbidden, Forbidden),
}

# In a thread the owner of its parent decides.
THREAD = PRIVATE | {
    "open thread": (NotFound, Forbidden, Forbidden),
    "add member": (NotFound, Forbidden, Forbidden),
    "rename": (NotFound, Forbidden, Forbidden),
    "reserve": (NotFound, Forbidden, Forbidden),
    "archive": (NotFound, Forbidden, Forbidden),
}

TABLES = {"private": PRIVATE, "public": PUBLIC, "direct": DIRECT, "thread": THREAD}
CASES = [
    pytest.param(kind, act, who, answer, id=f"{kind}-{act.replace(' ', '-')}-{who}")
    for kind, table in TABLES.items()
    for act, answers in table.items()
    for who, answer in zip(("charlie", "bob", "alice"), answers, strict=True)
]


@pytest.fixture
def world(
    request: pytest.FixtureRequest, make_user: Callable[..., User], bob: User
) -> Callable[[str], World]:
    fixtures = {"private": "general", "public": "lobby", "direct": "direct", "thread": "thread"}

    def make(kind: str) -> World:
        place: Channel = request.getfixturevalue(fixtures[kind])
        bobs = messages.send_message(bob, channel_id=place.pk, text="Bob's", client_id="bobs")
        return World(place, bobs, make_user("dana"))

    return make


def snapshot() -> list[object]:
    """Everything that a refused act could have changed."""
    tables = [Channel, Membership, Message]
    return [list(table.objects.order_by("pk").values()) for table in tables]  # type: ignore[attr-defined]


def test_the_tables_name_every_act() -> None:
    assert all(table.keys() == ACTS.keys() for table in TABLES.values())


@pytest.mark.parametrize(("kind", "act", "who", "answer"), CASES)
def test_who_may_do_what(
    request: pytest.FixtureRequest,
    told: Told,
    world: Callable[[str], World],
    kind: str,
    act: str,
    who: str,
    answer: Answer,
) -> None:
    made = world(kind)
    user: User = request.getfixturevalue(who)
    told.take()
    if answer is OK:
        ACTS[act](user, made)
        return
    before = snapshot()

    with pytest.raises(answer) as refusal:
        ACTS[act](user, made)

    assert snapshot() == before
    assert told.take() == []
    if answer is NotFound:
        made.place.pk, made.bobs = 999_999, made.bobs.model_copy(update={"id": 999_999})
        with pytest.raises(NotFound) as unknown:
            ACTS[act](user, made)
        assert str(unknown.value) == str(refusal.value)


@pytest.mark.parametrize("act", ["send", "edit", "delete", "react", "pin", "unpin", "add member"])
def test_nothing_is_written_in_an_archived_channel(
    act: str, world: Callable[[str], World], alice: User, bob: User
) -> None:
    made = world("private")
    channels.update_channel(alice, channel_id=made.place.pk, archived=True)

    with pytest.raises(Forbidden):
        ACTS[act](bob, made)


OWNERS_ACTS = ["send", "pin", "unpin", "edit"]


@pytest.mark.parametrize("act", [*OWNERS_ACTS, "delete", "react", "open thread", "open"])
def test_where_owners_write_the_others_read_react_and_reply(
    act: str, world: Callable[[str], World], alice: User, bob: User
) -> None:
    made = world("private")
    channels.update_channel(alice, channel_id=made.place.pk, posting="owners")
    if act not in OWNERS_ACTS:
        ACTS[act](bob, made)
        return
    with pytest.raises(Forbidden):
        ACTS[act](bob, made)
    if act != "edit":
        ACTS[act](alice, made)


def test_a_thread_is_open_where_owners_write_and_admins_write_too(
    world: Callable[[str], World], alice: User, bob: User, general: Channel
) -> None:
    made = world("thread")
    channels.update_channel(alice, channel_id=general.pk, posting="owners")
    for act in OWNERS_ACTS:
        ACTS[act](bob, made)
    with pytest.raises(Forbidden):
        messages.send_message(bob, channel_id=general.pk, text="hi", client_id="as a member")
    Membership.objects.filter(channel=general, user=bob).update(role="admin")
    messages.send_message(bob, channel_id=general.pk, text="hi", client_id="as an admin")


@pytest.mark.parametrize("act", ["send", "react", "edit"])
def test_nothing_is_written_in_a_thread_of_an_archived_channel(
    act: str, world: Callable[[str], World], alice: User, bob: User, general: Channel
) -> None:
    made = world("thread")
    channels.update_channel(alice, channel_id=general.pk, archived=True)

    with pytest.raises(Forbidden):
        ACTS[act](bob, made)


@pytest.mark.parametrize("act", ["edit", "react", "unreact", "pin", "open thread"])
def test_a_tombstone_is_not_changed(act: str, world: Callable[[str], World], bob: User) -> None:
    made = world("private")
    messages.delete_message(bob, message_id=made.bobs.id)

    with pytest.raises(Conflict):
        ACTS[act](bob, made)


@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_guest_sees_only_where_they_are_invited(
    act: str, world: Callable[[str], World], charlie: User, direct: Channel
) -> None:
    made = world("public")
    elsewhere = Channel.objects.create(kind="private", name="elsewhere")
    Membership.objects.create(channel=elsewhere, user=charlie, role="guest")

    with pytest.raises(NotFound):
        ACTS[act](charlie, made)


@pytest.mark.parametrize("way", ["leaves", "is removed"])
def test_a_guest_whose_last_channel_is_gone_is_no_more_than_a_guest(
    told: Told, alice: User, bob: User, general: Channel, lobby: Channel, way: str
) -> None:
    User.objects.filter(pk=alice.pk).update(is_superuser=True)
    alice.refresh_from_db()
    own = Membership.objects.get(channel=general, user=bob)
    memberships.leave_channel(bob, channel_id=lobby.pk)
    moderation.change_role(alice, own, role="guest")
    actor = bob if way == "leaves" else alice
    if way == "leaves":
        memberships.leave_channel(actor, channel_id=general.pk)
    else:
        memberships.remove_member(actor, channel_id=general.pk, user_id=bob.pk)

    bob.refresh_from_db()
    assert not visible_channels(bob).exists()
    assert not Access.read({(lobby.pk, bob.pk)}).sees(bob.pk, Place.of(lobby))
    with pytest.raises(Forbidden):
        channels.create_channel(bob, kind="public", name="mine")
    with pytest.raises(NotFound):
        channels.open_direct(bob, user_ids=[alice.pk])
    browser = Client()
    browser.force_login(bob)  # nobody welcomes them into the channels of everybody
    assert not bob.memberships.exists()

    memberships.add_member(alice, channel_id=lobby.pk, user_id=bob.pk)
    made = channels.create_channel(alice, kind="public", name="other", member_ids=[bob.pk])
    roles = bob.memberships.values_list("channel", "role")
    assert dict(roles) == {lobby.pk: "guest", made.id: "guest"}
    for row in bob.memberships.all():
        moderation.change_role(alice, row, role="member")
    assert channels.create_channel(bob, kind="public", name="mine").membership


def test_who_becomes_a_guest_hears_no_thread_of_a_channel_that_they_are_not_in(
    told: Told, alice: User, bob: User, charlie: User, general: Channel, lobby: Channel
) -> None:
    said = messages.send_message(alice, channel_id=lobby.pk, text="hi", client_id="in the lobby")
    opened = threads.open_thread(charlie, message_id=said.id)
    memberships.add_member(alice, channel_id=general.pk, user_id=charlie.pk)
    own = Membership.objects.get(channel=general, user=charlie)
    User.objects.filter(pk=alice.pk).update(is_superuser=True)
    alice.refresh_from_db()
    told.take()

    moderation.change_role(alice, own, role="guest")

    assert Control("unfollow", {"user_ids": [charlie.pk], "topic": f"channel.{opened.id}"}) in (
        told.take()
    )
    assert queries.feeds([charlie.pk]) == {charlie.pk: {f"channel.{general.pk}": 0}}


def test_who_is_put_out_while_they_open_a_thread_hears_nothing_of_it(
    alice: User, bob: User, root: wire.Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    def put_out_first(channel_id: int) -> Channel | None:
        memberships.remove_member(alice, channel_id=channel_id, user_id=bob.pk)
        return lock_channel(channel_id)

    monkeypatch.setattr(threads, "lock_channel", put_out_first)
    with pytest.raises(NotFound):
        threads.open_thread(bob, message_id=root.id)
    assert not bob.memberships.filter(channel__kind="thread").exists()


def test_who_has_left_a_private_channel_sees_neither_it_nor_its_threads(
    alice: User, bob: User, general: Channel, thread: Channel
) -> None:
    memberships.remove_member(alice, channel_id=general.pk, user_id=bob.pk)

    for channel in (general, thread):
        with pytest.raises(NotFound):
            queries.open_channel(bob, channel_id=channel.pk)
    assert queries.ready(bob).channels == []
    assert queries.feeds([bob.pk]) == {bob.pk: {}}


def test_an_owner_is_removed_by_owners_only(
    alice: User, bob: User, charlie: User, general: Channel
) -> None:
    Membership.objects.filter(channel=general, user=bob).update(role="admin")
    memberships.add_member(alice, channel_id=general.pk, user_id=charlie.pk)

    memberships.remove_member(bob, channel_id=general.pk, user_id=charlie.pk)
    with pytest.raises(Forbidden):
        memberships.remove_member(bob, channel_id=general.pk, user_id=alice.pk)
