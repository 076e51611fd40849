"""Access tokens: what opens the door, what no longer does, and what is kept of them."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from accounts import credentials
from accounts.actions.tokens import create_token, revoke_token
from accounts.credentials import (
    Credential,
    TokenShown,
    from_handshake,
    from_token,
    from_tokens,
    still_valid,
)
from accounts.models import AccessToken, User
from accounts.uses import Uses
from realtime.errors import InvalidCredentials, NotFound, RateLimited
from tests.accounts.conftest import Browse


def opens(plain: str) -> bool:
    try:
        credential = from_handshake({}, f"Bearer {plain}")
    except InvalidCredentials:
        return False
    return credential is not None


def key(credential: Credential) -> tuple[int, str | None, int | None]:
    return credential.user.pk, credential.session_key, credential.token_id


def test_a_token_opens_the_door_as_its_user(alice: User) -> None:
    token, plain = create_token(alice, name="bot")
    for credential in (from_handshake({}, f"bearer  {plain}"), from_token(plain, address="::1")):
        assert credential == Credential(alice, token_id=token.pk)


def test_tokens_that_come_together_open_for_whom_they_are(
    alice: User, bob: User, settings: Settings
) -> None:
    settings.LOGIN_TRIES_PER_ADDRESS_AND_MINUTE = 1
    (hers, first), (his, second) = create_token(alice, name="a"), create_token(bob, name="b")
    dead = create_token(alice, name="c")
    revoke_token(alice, token_id=dead.token.pk)
    with pytest.raises(InvalidCredentials):
        from_token("wrong", address="192.0.2.1")
    shown = [
        TokenShown(first),
        TokenShown("wrong"),
        TokenShown(second, "192.0.2.2"),
        TokenShown(dead.plain),
        TokenShown(first, "192.0.2.1"),
    ]
    hers_found, his_found = Credential(alice, token_id=hers.pk), Credential(bob, token_id=his.pk)
    assert from_tokens(shown) == [hers_found, None, his_found, None, None]


def test_only_a_hash_is_stored(alice: User) -> None:
    plain = create_token(alice, name="bot").plain
    row = AccessToken.objects.values().get()
    assert plain not in str(row)
    assert re.fullmatch("[0-9a-f]{64}", row["hash"])
    assert plain.startswith(row["prefix"])
    assert row["prefix"].startswith("maru_")


@pytest.mark.parametrize("wrong", ["", "maru_", "nonsense", "maru_" + "x" * 43, "\x00", "토큰"])
def test_wrong_tokens(alice: User, wrong: str) -> None:
    create_token(alice, name="bot")
    assert not opens(wrong)


def test_another_scheme_is_refused(alice: User) -> None:
    with pytest.raises(InvalidCredentials):
        from_handshake({}, "Basic YWxpY2U6bWFydS1kZW1v")
    assert from_handshake({}, "") is None


def test_an_expired_token_is_dead(alice: User, move_clock: Callable[[timedelta], None]) -> None:
    token, plain = create_token(alice, name="bot", days=1)
    held = (alice.pk, None, token.pk)
    assert opens(plain)
    assert still_valid([held]) == {held}
    move_clock(timedelta(days=1, seconds=1))
    assert not opens(plain)
    assert still_valid([held]) == set()


def test_a_revoked_token_is_dead(alice: User, bob: User) -> None:
    token, plain = create_token(alice, name="bot")
    with pytest.raises(NotFound):
        revoke_token(bob, token_id=token.pk)
    assert opens(plain)
    revoke_token(alice, token_id=token.pk)
    assert not opens(plain)
    assert still_valid([(alice.pk, None, token.pk)]) == set()


def test_the_token_of_somebody_shut_out_is_dead(alice: User) -> None:
    token, plain = create_token(alice, name="bot")
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert not opens(plain)
    assert still_valid([(alice.pk, None, token.pk)]) == set()


def test_a_token_counts_for_its_own_user_only(alice: User, bob: User) -> None:
    token = create_token(alice, name="bot").token
    assert still_valid([(bob.pk, None, token.pk)]) == set()


def test_wrong_tokens_are_limited_by_address(alice: User) -> None:
    for _ in range(20):
        with pytest.raises(InvalidCredentials):
            from_token("wrong", address="192.0.2.1")
    with pytest.raises(RateLimited):
        from_token("wrong", address="192.0.2.1")


def test_use_is_noted_once_a_minute(
    alice: User, move_clock: Callable[[timedelta], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "uses", Uses())
    token, plain = create_token(alice, name="bot")
    opens(plain)
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    assert timezone.now() - first < timedelta(minutes=1)
    move_clock(timedelta(seconds=30))
    opens(plain)
    token.refresh_from_db()
    assert token.last_used_at == first
    move_clock(timedelta(seconds=90))
    opens(plain)
    token.refresh_from_db()
    assert token.last_used_at > first


def test_the_page_shows_a_token_once(alice: User, browse: Browse) -> None:
    browser = browse("alice")
    page = browser.post("/settings/tokens/", {"name": "deploy", "days": 30})
    plain = page.context["created"].plain
    assert plain in page.content.decode()
    assert opens(plain)
    again = browser.get("/settings/tokens/").content.decode()
    assert "deploy" in again
    assert plain not in again
    browser.post(f"/settings/tokens/{AccessToken.objects.get().pk}/revoke/")
    assert not opens(plain)


def test_others_cannot_revoke_on_the_page(alice: User, bob: User, browse: Browse) -> None:
    token = create_token(alice, name="bot").token
    assert browse("bob").post(f"/settings/tokens/{token.pk}/revoke/").status_code == 404


def test_making_a_token_asks_for_the_password_after_a_while(
    alice: User, browse: Browse, move_clock: Callable[[timedelta], None]
) -> None:
    browser = browse("alice")
    move_clock(timedelta(minutes=11))
    answer = browser.post("/settings/tokens/", {"name": "deploy", "days": 30})
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert not AccessToken.objects.exists()


def test_the_command_prints_one_token(alice: User) -> None:
    out = StringIO()
    call_command("create_token", "alice", "--name", "probe", "--days", "2", stdout=out)
    assert opens(out.getvalue().strip())
    token = AccessToken.objects.get()
    assert token.name == "probe"
    assert token.expires_at is not None
    with pytest.raises(CommandError):
        call_command("create_token", "nobody", "--name", "probe")
