"""Fills an empty database with the demo world."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chat.demo.people import CAST, PASSWORD
from chat.demo.world import make_world


class Command(BaseCommand):
    help = "Fill an empty database with ten people and sixty days of their talk (only with DEBUG)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo world has a known password: it is for DEBUG only.")
        self.stdout.write("Making the demo world …")
        count = make_world()
        if count:
            self.stdout.write(f"{len(CAST)} people have said {count} things to each other.")
        else:
            self.stdout.write("There are messages already; nothing to do.")
        self.stdout.write(f"Log in as alice, bob or charlie with the password {PASSWORD}.")
