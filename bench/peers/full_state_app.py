"""The app that puts the full state in the place of updates (full_state.py)."""

from django.apps import AppConfig


class FullStateConfig(AppConfig):
    name = "bench.peers"
    label = "full_state"

    def ready(self) -> None:
        from bench.peers.full_state import whole_update
        from spaces.space import Space

        setattr(Space, "update", whole_update)  # noqa: B010
