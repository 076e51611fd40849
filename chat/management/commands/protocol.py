"""Writes docs/protocol.md."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from chat.reference import reference

TARGET = settings.BASE_DIR / "docs" / "protocol.md"


class Command(BaseCommand):
    help = "Write docs/protocol.md from the types of the frames and the registry of requests."

    def handle(self, *args: Any, **options: Any) -> None:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(reference(), encoding="utf-8")
        self.stdout.write(f"Wrote {TARGET.relative_to(settings.BASE_DIR)}.")
