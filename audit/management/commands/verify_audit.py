"""`manage.py verify_audit [--holds NUMBER:HASH]` walks the audit log; exit code 1 if it breaks."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.models import Entry
from audit.verify import verify


class Command(BaseCommand):
    help = "Checks that nothing in the audit log was changed, removed or put in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--holds",
            metavar="NUMBER:HASH",
            help="what an earlier run printed: fails if that entry is gone or another",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        walk = verify()
        if walk.problem:
            raise CommandError(walk.problem)
        if options["holds"]:
            check_holds(options["holds"])
        self.stdout.write(f"{walk.number} entries hold. Note down: {walk.number}:{walk.hash}")


def check_holds(noted: str) -> None:
    number, _, noted_hash = noted.partition(":")
    if not number.isdecimal() or not noted_hash:
        raise CommandError("--holds takes NUMBER:HASH, as printed by an earlier run.")
    if int(number) and not Entry.objects.filter(number=number, hash=noted_hash).exists():
        raise CommandError(f"Entry {number} is gone, or is not the one that was noted.")
