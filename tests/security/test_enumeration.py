"""Nobody learns from us who has an account, beyond what a taken username must tell."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import Browse
from tests.client import PASSWORD


def seen(answer: Any, *typed: str) -> tuple[int, str, str]:
    """What a visitor is shown, without what differs from page to page anyway."""
    text = answer.content.decode()
    text = re.sub(r'(csrfmiddlewaretoken" value|nonce|data-csrf-token)="[^"]*"', "", text)
    for each in typed:
        text = text.replace(each, "…")
    return answer.status_code, answer.headers.get("Location", ""), text


@pytest.fixture
def closed(db: None) -> User:
    return User.objects.create_user("closed", "closed@example.com", PASSWORD, is_active=False)


@pytest.fixture
def hashing(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How much was spent on passwords since it was last asked."""
    count = 0

    @contextmanager
    def counted() -> Iterator[None]:
        nonlocal count
        count += 1
        yield

    for name in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, name)

        def spent(self: Argon2PasswordHasher, *args: str, real: object = real) -> object:
            with counted():
                return real(self, *args)  # type: ignore[operator]

        monkeypatch.setattr(Argon2PasswordHasher, name, spent)

    def ask() -> int:
        nonlocal count
        spent, count = count, 0
        return spent

    return ask


@pytest.mark.parametrize("known", ["alice", "alice@example.com", "closed", "closed@example.com"])
def test_a_wrong_log_in_tells_nothing(
    alice: User, closed: User, hashing: Callable[[], int], known: str
) -> None:
    unknown = known.replace("alice", "nobody").replace("closed", "nobody")
    found = []
    for name in (known, unknown):
        hashing()
        form = {"login": name, "password": "not-the-password"}
        found.append((seen(Client().post("/accounts/login/", form), name), hashing()))
    assert found[0] == found[1]
    assert found[0][1] >= 1


def test_a_forgotten_password_tells_nothing(alice: User, closed: User) -> None:
    answers = set()
    for number, name in enumerate(("alice", "nobody", "closed"), start=1):
        email = f"{name}@example.com"
        answer = Client().post("/accounts/password/reset/", {"email": email}, follow=True)
        assert answer.redirect_chain
        answers.add(seen(answer, email))
        assert [message.to for message in mail.outbox[number - 1 :]] == [[email]]
    assert len(answers) == 1


def test_signing_up_tells_nothing_about_addresses(alice: User, browse: Browse) -> None:
    answers = set()
    for name, email in (("dana", "alice@example.com"), ("erin", "erin@example.com")):
        form = {
            "username": name,
            "display_name": "Somebody",
            "email": email,
            "password1": "a-quiet-hall-42",
        }
        answers.add(seen(browse().post("/accounts/signup/", form), name, email))
    assert len(answers) == 1


def test_an_invitation_that_never_was_looks_like_one_that_is_over(db: None) -> None:
    answers = {seen(Client().get(f"/invitation/{code}/"), code) for code in ("x" * 43, "y" * 43)}
    [(status, _, _)] = answers
    assert status == 404


def test_limits_are_kept_where_a_restart_does_not_reach() -> None:
    backend: Any = settings.CACHES["default"]
    assert backend["BACKEND"].endswith("DatabaseCache")
    assert backend["OPTIONS"]["MAX_ENTRIES"] >= 100_000
