from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self) -> None:
        from chat.reference import wires
        from documents import requests, wire  # noqa: F401 - requests join the registry

        wires.append(wire)
