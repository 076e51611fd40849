"""What goes into the audit log: each deed once, by whom, from where, and no secret."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib import admin as django_admin
from django.contrib.auth.models import AbstractBaseUser
from django.core import mail
from django.core.management import call_command
from django.test import Client

from accounts.actions.bans import deactivate_users, reactivate_users
from accounts.actions.invitations import create_invitation, revoke_invitation
from accounts.actions.sessions import end_sessions
from accounts.actions.tokens import create_token, revoke_token
from accounts.admin.base import QuickAdmin
from accounts.credentials import from_password, from_token
from accounts.models import LoginAttempt, User
from audit.models import Entry
from audit.verify import verify
from chat.actions.channels import create_channel, update_channel
from chat.actions.memberships import add_member, join_channel, leave_channel, remove_member
from chat.actions.messages import delete_message, send_message
from chat.models import Channel
from realtime.database import in_database
from realtime.errors import InvalidCredentials, RateLimited
from tests.accounts.conftest import Browse
from tests.accounts.test_second_factor import set_up
from tests.client import PASSWORD, connect
from tests.serving import Address

NEW_PASSWORD = "another-hall-77"


def told(since: int = 0) -> list[tuple[str, str, str]]:
    """(who, what, to whom) of the entries after number `since`."""
    assert verify().problem == ""
    rows = Entry.objects.filter(number__gt=since)
    return [(entry.actor_name, entry.action, entry.subject) for entry in rows]


def last() -> Entry:
    return Entry.objects.latest("number")


def count() -> int:
    return Entry.objects.count()


def test_log_in_and_log_out(alice: User, browse: Browse) -> None:
    browser = browse("alice")
    browser.post("/accounts/logout/")
    me = f"user {alice.pk}: alice"
    assert told() == [("alice", "session.logged-in", me), ("alice", "session.logged-out", me)]
    assert {entry.address for entry in Entry.objects.all()} == {"127.0.0.1"}


def test_a_password_over_the_socket(alice: User) -> None:
    from_password("alice", PASSWORD, address="192.0.2.1")
    assert (last().action, last().details) == ("session.logged-in", {"door": "socket"})


def test_the_use_of_a_token_is_not_told(alice: User) -> None:
    token = create_token(alice, name="bot").plain
    before = count()
    from_token(token, address="192.0.2.1")
    assert told(before) == []


def test_used_up_tries_are_told_once(alice: User) -> None:
    for _ in range(5):
        with pytest.raises(InvalidCredentials):
            from_password("Alice", "wrong", address="192.0.2.1")
    for _ in range(5):
        with pytest.raises(RateLimited):
            from_password("alice", "wrong", address="192.0.2.1")
    assert told() == [("", "session.limit-reached", f"user {alice.pk}: alice")]


def test_what_was_typed_as_a_name_is_not_told(alice: User) -> None:
    for _ in range(5):
        with pytest.raises(InvalidCredentials):
            from_password(NEW_PASSWORD, "alice", address="192.0.2.1")
    assert told() == [("", "session.limit-reached", "")]


def test_a_new_password(alice: User, browse: Browse) -> None:
    browser, _ = browse("alice"), browse("alice")
    before = count()
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    browser.post("/accounts/password/change/", form)
    assert told(before) == [
        ("alice", "session.ended", ""),
        ("alice", "password.changed", f"user {alice.pk}: alice"),
    ]


def test_a_password_by_mail_is_nobody_s_deed_yet(alice: User, browse: Browse) -> None:
    browser = browse()
    browser.post("/accounts/password/reset/", {"email": alice.email})
    link = re.search(r"http://testserver(\S+)", str(mail.outbox[-1].body))
    assert link
    page = browser.get(link[1])
    browser.post(page["Location"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert told()[-1] == ("", "password.changed", f"user {alice.pk}: alice")


def test_an_address_and_a_second_factor(
    alice: User, browse: Browse, standing_clock: None, django_capture_on_commit_callbacks: Any
) -> None:
    browser = browse("alice")
    before = count()
    browser.post("/accounts/email/", {"action_add": "", "email": "new@example.com"})
    with django_capture_on_commit_callbacks(execute=True):
        set_up(browser)
    browser.post("/accounts/2fa/totp/deactivate/")
    whats = [what for _, what, _ in told(before)]
    assert whats[0] == "email.added"
    assert "second-factor.added" in whats
    assert whats[-1] == "second-factor.removed"


def test_tokens(alice: User) -> None:
    token = create_token(alice, name="bot", days=1).token
    revoke_token(alice, token_id=token.pk)
    name = f"access token {token.pk}: bot"
    assert told() == [("alice", "token.created", name), ("alice", "token.revoked", name)]


def test_invitations(owner: User, browse: Browse) -> None:
    used = create_invitation(owner, max_uses=1, days=1)
    browser = browse()
    browser.get(f"/invitation/{used.code}/")
    form = {
        "username": "dana",
        "display_name": "Dana",
        "email": "dana@example.com",
        "password1": NEW_PASSWORD,
    }
    assert browser.post("/accounts/signup/", form).status_code == 302
    revoke_invitation(owner, invitation_id=used.invitation.pk)
    name = f"invitation {used.invitation.pk}"
    whats = [entry[:2] for entry in told()]
    assert ("alice", "invitation.created", name) in told()
    assert ("dana", "user.signed-up") in whats
    assert ("dana", "invitation.used", name) in told()
    assert told()[-1] == ("alice", "invitation.revoked", name)


def test_bans(owner: User, bob: User) -> None:
    deactivate_users(owner, users=[bob])
    bob.refresh_from_db()
    deactivate_users(owner, users=[bob])
    reactivate_users(owner, users=[bob])
    name = f"user {bob.pk}: bob"
    assert told() == [("alice", "user.banned", name), ("alice", "user.unbanned", name)]


def test_sessions_ended_from_the_list(alice: User, browse: Browse) -> None:
    browse("alice"), browse("alice")
    before = count()
    end_sessions(alice, user=alice)
    end_sessions(alice, user=alice)
    assert told(before) == [("alice", "session.ended", "")]
    assert last().details == {"users": [alice.pk], "count": 2}


def test_what_others_do_to_channels(
    general: Channel, alice: User, bob: User, charlie: User
) -> None:
    add_member(bob, channel_id=general.pk, user_id=charlie.pk)
    add_member(bob, channel_id=general.pk, user_id=charlie.pk)
    remove_member(alice, channel_id=general.pk, user_id=charlie.pk)
    update_channel(alice, channel_id=general.pk, topic="New", name="hall")
    update_channel(alice, channel_id=general.pk, archived=True)
    update_channel(alice, channel_id=general.pk, archived=False)
    before, after = f"channel {general.pk}: general", f"channel {general.pk}: hall"
    assert told() == [
        ("bob", "member.added", before),
        ("alice", "member.removed", before),
        ("alice", "channel.updated", after),
        ("alice", "channel.archived", after),
        ("alice", "channel.reopened", after),
    ]
    assert Entry.objects.get(number=3).details == {"changed": ["name", "topic"]}


def test_what_people_do_themselves_is_not_told(alice: User, bob: User, general: Channel) -> None:
    made = create_channel(alice, kind="public", name="open")
    join_channel(bob, channel_id=made.id)
    message = send_message(bob, channel_id=made.id, text="hi", client_id="1")
    delete_message(bob, message_id=message.id)
    leave_channel(bob, channel_id=made.id)
    assert told() == []


def test_the_deletion_of_somebody_else_s_message(general: Channel, alice: User, bob: User) -> None:
    message = send_message(bob, channel_id=general.pk, text="sesame", client_id="1")
    for _ in range(2):
        delete_message(alice, message_id=message.id)
    assert told() == [("alice", "message.deleted", f"message {message.id}")]
    assert last().details == {"channel": general.pk, "sender": bob.pk}


def test_changes_in_the_admin(admin: Client, bob: User) -> None:
    before = count()
    page = admin.get(f"/admin/accounts/user/{bob.pk}/change/")
    form = {
        name: value
        for name, value in page.context["adminform"].form.initial.items()
        if value not in (None, "", False) and name != "password"
    }
    answer = admin.post(
        f"/admin/accounts/user/{bob.pk}/change/", form | {"is_staff": "on", "is_bot": ""}
    )
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    name = f"user {bob.pk}: bob"
    assert told(before) == [
        ("alice", "user.rights-changed", name),
        ("alice", "admin.changed", name),
    ]
    assert Entry.objects.get(number=before + 1).details == {"is_staff": True, "is_superuser": False}


def test_owners_made_and_passwords_set_on_the_command_line(
    bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"username": "dana", "email": "dana@example.com", "interactive": False}
    call_command("createsuperuser", **options, verbosity=0)
    dana = User.objects.get(username="dana")
    bob.is_staff = True
    bob.save()
    bob.save()
    bob.title = "Gardener"
    bob.save(update_fields=["title"])
    monkeypatch.setattr("getpass.getpass", lambda prompt: NEW_PASSWORD)
    call_command("changepassword", "bob", stdout=StringIO())
    assert told() == [
        ("", "user.rights-changed", f"user {dana.pk}: dana"),
        ("", "user.rights-changed", f"user {bob.pk}: bob"),
        ("", "password.changed", f"user {bob.pk}: bob"),
    ]
    assert [entry.details for entry in Entry.objects.all()] == [
        {"is_staff": True, "is_superuser": True, "door": "command line"},
        {"is_staff": True, "is_superuser": False, "door": "command line"},
        {"door": "command line"},
    ]


def test_every_page_of_the_admin_notes_what_is_done_there() -> None:
    others = {
        model
        for model, page in django_admin.site._registry.items()
        if not isinstance(page, QuickAdmin)
    }
    assert others == set()


async def test_where_it_came_from_is_told_of_sockets(
    server: Address, alice: User, bob: User, general: Channel
) -> None:
    async with connect(server.socket_url) as client:
        await client.login("alice")
        await client.request("remove-member", channel=general.pk, user=bob.pk)
    entries = await in_database(lambda: [(e.action, e.address) for e in Entry.objects.all()])
    assert entries == [("session.logged-in", "127.0.0.1"), ("member.removed", "127.0.0.1")]


def test_no_secret_is_in_the_log(admin: Client, owner: User, bob: User, browse: Browse) -> None:
    hall = create_channel(owner, kind="private", name="hall", member_ids=[bob.pk])
    plain = create_token(owner, name="bot").plain
    code = create_invitation(owner, max_uses=1, days=1).code
    message = send_message(bob, channel_id=hall.id, text="sesame", client_id="1")
    delete_message(owner, message_id=message.id)
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    browse("alice").post("/accounts/password/change/", form)
    written = json.dumps(list(Entry.objects.values()), default=str)
    assert "token.created" in written
    cookie = admin.cookies["sessionid"].value
    hashes = [user.password for user in User.objects.all()]
    for secret in (plain, code, "sesame", PASSWORD, NEW_PASSWORD, cookie, *hashes):
        assert secret not in written


def test_the_log_in_the_admin_is_only_read(admin: Client) -> None:
    number = last().number
    page = admin.get("/admin/audit/entry/?q=alice&area=session")
    assert "session.logged-in" in page.content.decode()
    assert "session.logged-in" in admin.get(f"/admin/audit/entry/{number}/change/").content.decode()
    assert admin.get("/admin/audit/entry/add/").status_code == 403
    assert admin.get(f"/admin/audit/entry/{number}/delete/").status_code == 403
    assert admin.post(f"/admin/audit/entry/{number}/change/", {"subject": "x"}).status_code == 403
    assert 'value="delete_selected"' not in page.content.decode()


def test_the_log_in_the_admin_is_found_by_area(admin: Client, owner: User) -> None:
    create_token(owner, name="bot")
    listed = admin.get("/admin/audit/entry/?area=token").context["cl"].result_list
    assert [entry.action for entry in listed] == ["token.created"]


def test_old_wrong_tries_go_and_their_entry_stays(
    alice: User, move_clock: Callable[[timedelta], None]
) -> None:
    for _ in range(5):
        with pytest.raises(InvalidCredentials):
            from_password("alice", "wrong", address="192.0.2.1")
    move_clock(LoginAttempt.KEPT + timedelta(days=1))
    with pytest.raises(InvalidCredentials):
        from_password("bob", "wrong", address="192.0.2.1")
    assert LoginAttempt.objects.count() == 1
    assert [what for _, what, _ in told()] == ["session.limit-reached"]


def test_entries_outlive_their_people(alice: User) -> None:
    create_token(alice, name="bot")
    assert isinstance(alice, AbstractBaseUser)
    pk = alice.pk
    alice.delete()
    assert (last().actor_id, last().actor_name) == (pk, "alice")
    assert verify().problem == ""
