from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from chat.actions.talk import on_talk
        from chat.demo.world import furnishers
        from chat.reference import wires
        from documents import requests, slash, wire  # noqa: F401 - they join the registries
        from documents.demo import furnish
        from documents.rooms import lose, tell_awareness
        from documents.source import DocumentFeed
        from documents.talk import heard
        from realtime.controls import ORDERS
        from realtime.hub import on_unfollow
        from realtime.source import feeds

        wires.append(wire)
        feeds["document"] = DocumentFeed()
        ORDERS["tell_awareness"] = tell_awareness
        on_unfollow.append(lose)
        on_talk.append(heard)
        furnishers.append(furnish)
