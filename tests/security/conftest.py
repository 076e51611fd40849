"""Browsers, a clock, and an owner with the keys of the house."""

import pytest
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import Browse, browse, move_clock, standing_clock

__all__ = ["browse", "move_clock", "standing_clock"]


@pytest.fixture
def owner(alice: User) -> User:
    """Without an entry in the audit log, which is the tests' own."""
    User.objects.filter(pk=alice.pk).update(is_staff=True, is_superuser=True)
    alice.refresh_from_db()
    return alice


@pytest.fixture
def admin(owner: User, browse: Browse) -> Client:
    """Alice's browser, logged in a moment ago."""
    return browse("alice")
