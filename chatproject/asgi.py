"""HTTP goes to Django, sockets to the consumers."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path, re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatproject.settings")
pages = get_asgi_application()  # sets Django up: what follows needs its models

from chat.consumers import ChatConsumer  # noqa: E402
from documents.consumers import DocumentConsumer  # noqa: E402
from operations.consumers import AdminConsumer  # noqa: E402
from realtime.consumer import refuse  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": pages,
        "websocket": URLRouter(
            [
                path("ws/chat/", ChatConsumer.as_asgi()),
                # The stock provider joins its room's name to an address: no slash at the end.
                re_path(r"^ws/documents/(?P<document_id>\d{1,18})/?$", DocumentConsumer.as_asgi()),
                path("ws/admin/", AdminConsumer.as_asgi()),
                re_path("", refuse),  # type: ignore[arg-type]
            ]
        ),
    }
)
