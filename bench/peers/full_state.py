"""Maru's settings with spaces that send everything at every tick, as a first draft would."""

from typing import Any

from chatproject.settings import *  # noqa: F403
from chatproject.settings import INSTALLED_APPS
from realtime.posts import Post

INSTALLED_APPS = [*INSTALLED_APPS, "bench.peers.full_state_app.FullStateConfig"]


def whole_update(space: Any) -> Post | None:
    """In place of Space.update."""
    from spaces import wire

    if not space.moved:
        return None
    space.moved.clear()
    return wire.post(wire.GameStateUpdate, space.whole({}))
