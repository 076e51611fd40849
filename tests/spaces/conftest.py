"""Spaces are tested through the same door as the chat."""

import pytest

from spaces import requests
from tests.door.conftest import Hall, _full_limits, hall

__all__ = ["Hall", "_full_limits", "hall"]


@pytest.fixture(autouse=True)
def _full_steps() -> None:
    requests.input_limit.clear()
