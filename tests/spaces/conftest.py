"""Spaces are tested through the same door as the chat."""

from tests.door.conftest import Hall, hall

__all__ = ["Hall", "hall"]
