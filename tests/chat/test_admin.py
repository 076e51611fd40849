"""The admin of channels, messages and memberships: quick, and what is done there is told."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.paginator import MAX_COUNT
from chat import wire
from chat.actions import messages, moderation
from chat.actions.messages import Send
from chat.models import Channel, Membership, Message
from realtime.errors import Forbidden
from tests.accounts.conftest import Browse, browse
from tests.chat.told import Told
from tests.chat.verify import verify_event

pytestmark = pytest.mark.django_db

__all__ = ["browse"]  # a fixture

LISTS = ["channel", "message", "membership"]


@pytest.fixture
def owner(make_user: Callable[..., User]) -> User:
    """Owns the server, and is in no channel."""
    return make_user("owner", is_staff=True, is_superuser=True)


@pytest.fixture
def admin(owner: User, general: Channel, browse: Browse) -> Client:
    return browse("owner")


def act(admin: Client, model: str, action: str, *ids: int) -> None:
    answer = admin.post(
        f"/admin/chat/{model}/", {"action": action, "_selected_action": [str(i) for i in ids]}
    )
    assert answer.status_code == 302


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("query", ["", "?q=lunch", "?q=nothing", "?deleted__exact=1", "?kind=x"])
def test_lists_and_searches(
    admin: Client, thread: Channel, direct: Channel, model: str, query: str
) -> None:
    assert admin.get(f"/admin/chat/{model}/{query}", follow=True).status_code == 200


@pytest.mark.parametrize("model", LISTS)
def test_no_list_counts_or_grows_without_bound(
    admin: Client, make_user: Callable[..., User], general: Channel, model: str
) -> None:
    people = User.objects.bulk_create(User(username=f"user{n}") for n in range(120))
    Membership.objects.bulk_create(Membership(channel=general, user=user) for user in people)
    Channel.objects.bulk_create(Channel(kind="public", name=f"room {n}") for n in range(120))
    messages.send_messages([Send(people[n], general.pk, f"hi {n}", "x") for n in range(120)])
    admin.get("/admin/")

    with CaptureQueriesContext(connection) as captured:
        page = admin.get(f"/admin/chat/{model}/").content.decode()

    assert len(captured) <= 12
    assert page.count('name="_selected_action"') == 50
    assert page.count("<option") < 40
    counts = [query["sql"] for query in captured if "COUNT" in query["sql"]]
    assert all(f"LIMIT {MAX_COUNT}" in sql for sql in counts), counts


@pytest.mark.parametrize("model", LISTS)
def test_a_page_of_one_holds_no_list_of_others(
    admin: Client, general: Channel, root: wire.Message, model: str
) -> None:
    pk = {"channel": general.pk, "message": root.id, "membership": Membership.objects.all()[0].pk}

    page = admin.get(f"/admin/chat/{model}/{pk[model]}/change/").content.decode()

    assert page.count("<option") < 20


def test_messages_are_deleted_for_everybody(
    told: Told, admin: Client, alice: User, bob: User, general: Channel, root: wire.Message
) -> None:
    other = messages.send_message(bob, channel_id=general.pk, text="?", client_id="other")

    received = verify_event(
        told,
        [alice, bob],
        lambda: act(admin, "message", "delete_for_everybody", root.id, other.id),
    )

    assert [event.name for event in received["alice"]] == ["message-deleted"] * 2
    assert not Message.objects.exclude(text="").exists()


def test_channels_are_archived_and_opened_again(
    told: Told, admin: Client, alice: User, bob: User, lobby: Channel, direct: Channel
) -> None:
    archived = verify_event(
        told, [alice, bob], lambda: act(admin, "channel", "archive", lobby.pk, direct.pk)
    )
    lobby.refresh_from_db()
    assert lobby.archived
    assert [event.name for event in archived["bob"]] == ["channel-updated"]

    verify_event(told, [alice, bob], lambda: act(admin, "channel", "reopen", lobby.pk))
    lobby.refresh_from_db()
    assert not lobby.archived


def test_members_are_removed_but_not_out_of_direct_conversations(
    told: Told, admin: Client, alice: User, bob: User, general: Channel, direct: Channel
) -> None:
    rows = list(Membership.objects.filter(user=bob).values_list("pk", flat=True))
    assert len(rows) == 2

    received = verify_event(
        told, [alice, bob], lambda: act(admin, "membership", "remove_from_channel", *rows)
    )

    assert [event.name for event in received["alice"]] == ["user-left"]
    assert [row.channel for row in Membership.objects.filter(user=bob)] == [direct]


def test_a_channel_is_renamed_and_everybody_is_told(
    told: Told, admin: Client, alice: User, bob: User, general: Channel, lobby: Channel
) -> None:
    url = f"/admin/chat/channel/{general.pk}/change/"
    form = {"name": "회의", "topic": "", "archived": "", "posting": "owners"}

    received = verify_event(told, [alice, bob], lambda: admin.post(url, form))
    admin.post(url, {**form, "name": "Lobby"})

    general.refresh_from_db()
    assert (general.name, general.posting) == ("회의", "owners")
    assert [event.name for event in received["bob"]] == ["channel-updated"]


def test_a_role_is_changed_and_its_holder_is_told(
    told: Told, admin: Client, bob: User, general: Channel
) -> None:
    row = Membership.objects.get(channel=general, user=bob)

    received = verify_event(
        told,
        [bob],
        lambda: admin.post(f"/admin/chat/membership/{row.pk}/change/", {"role": "admin"}),
    )

    row.refresh_from_db()
    assert row.role == "admin"
    assert [event.name for event in received["bob"]] == ["channel-updated"]


def test_only_who_has_the_permission_moderates(
    alice: User, general: Channel, root: wire.Message
) -> None:
    row = Membership.objects.filter(channel=general)[0]

    for refused in (
        lambda: moderation.delete_messages(alice, message_ids=[root.id]),
        lambda: moderation.archive_channels(alice, channel_ids=[general.pk], archived=True),
        lambda: moderation.remove_members(alice, membership_ids=[row.pk]),
        lambda: moderation.change_channel(alice, general, columns=["topic"]),
        lambda: moderation.change_role(alice, row, role="guest"),
    ):
        with pytest.raises(Forbidden):
            refused()
