from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "spaces"

    def ready(self) -> None:
        from chat.reference import wires
        from spaces import (  # noqa: F401 - orders joins those of the workers
            orders,
            requests,
            wire,
        )

        wires.append(wire)
