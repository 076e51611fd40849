"""`manage.py create_token USER --name NAME [--days N]` prints one access token, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions.tokens import create_token
from accounts.models import User


class Command(BaseCommand):
    help = "Prints a new access token of a user."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="the username")
        parser.add_argument("--name", required=True, help="what the token is for")
        parser.add_argument("--days", type=int, help="how long it lives; without: until revoked")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active user {options['user']!r}.")
        created = create_token(user, name=options["name"], days=options["days"])
        self.stdout.write(created.plain)
