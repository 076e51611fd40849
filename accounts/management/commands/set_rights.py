"""`manage.py set_rights USER [RIGHT …]`: USER is of the staff, with these rights alone."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions.rights import set_rights
from accounts.models import User
from realtime.errors import InvalidData


class Command(BaseCommand):
    help = "Makes somebody staff with these rights, such as accounts.change_user, and no others."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="the username")
        parser.add_argument("rights", nargs="*", metavar="RIGHT", help="app.verb_model")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active user {options['user']!r}.")
        try:
            set_rights(user, rights=options["rights"])
        except InvalidData as error:
            raise CommandError(
                f"There is no such right: {(error.fields or {})['rights']}"
            ) from error
