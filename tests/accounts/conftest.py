"""Browsers at the pages, and a clock that can be moved."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.client import PASSWORD

Browse = Callable[..., Client]


@pytest.fixture
def browse(db: None) -> Browse:
    """browse("alice"): a browser logged in through the page; browse(): one that is not."""

    def open_browser(username: str = "", password: str = PASSWORD, **headers: str) -> Client:
        client = Client(headers={"Accept-Language": "en", **headers})
        if username:
            answer = client.post("/accounts/login/", {"login": username, "password": password})
            assert answer.status_code == 302, answer.context["form"].errors
        return client

    return open_browser


@pytest.fixture
def move_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """move_clock(timedelta(minutes=1)): from now on it is a minute later, also for limits."""
    real = timezone.now

    def move(by: timedelta) -> None:
        def later() -> datetime:
            return real() + by

        monkeypatch.setattr(timezone, "now", later)

    return move


@pytest.fixture
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time.time() of now for the whole test: no code of an authenticator app, which counts for
    half a minute, grows old between its reckoning and its check."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
