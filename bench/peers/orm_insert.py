"""A consumer as the documentation shows it: store what comes with the ORM, answer with its id."""

import os
from typing import Any, ClassVar

import django
import environ
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.routing import ProtocolTypeRouter
from django.apps import apps
from django.conf import settings
from django.db import connection, models

settings.configure(
    SECRET_KEY="of-no-use",
    INSTALLED_APPS=["channels"],
    DATABASES={"default": environ.Env.db_url_config(os.environ["DATABASE_URL"])},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()


class Note(models.Model):
    author = models.BigIntegerField()
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Note"]] = models.Manager()

    class Meta:
        app_label = "channels"

    def __str__(self) -> str:
        return self.text


class Consumer(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        note = await database_sync_to_async(Note.objects.create)(author=1, text=content["text"])
        await self.send_json({"id": note.pk})


def create_table() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(apps.get_model("channels", "note"))
    connection.close()


create_table()
application = ProtocolTypeRouter({"websocket": Consumer.as_asgi()})
