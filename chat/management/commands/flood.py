"""Talks live in a channel, at a given rate, until it is interrupted."""

import itertools
import time
import uuid
from argparse import ArgumentParser
from collections.abc import Iterator
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from chat.actions.messages import Send, send_messages
from chat.demo.script import read_scenes
from chat.models import Channel

FASTEST_ROUND_SECONDS = 0.02


class Command(BaseCommand):
    help = "Let the members of a channel talk, N messages a second, until Ctrl+C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("channel", help="its name")
        parser.add_argument("--rate", type=float, default=2.0, help="messages a second (default 2)")
        parser.add_argument("--count", type=int, help="stop after so many")

    def handle(self, *args: Any, **options: Any) -> None:
        channel = Channel.objects.filter(name__iexact=options["channel"]).first()
        if channel is None:
            raise CommandError(f"There is no channel {options['channel']}.")
        members = list(User.objects.filter(memberships__channel=channel, is_active=True))
        if not members or options["rate"] <= 0:
            raise CommandError("Nobody is there, or the rate is not above 0.")
        self.stdout.write(f"{len(members)} people talk in {channel}. Ctrl+C ends it.")
        sends = itertools.islice(_talk(channel, members), options["count"])
        try:
            _pace(sends, options["rate"])
        except KeyboardInterrupt:
            self.stdout.write("They fall silent.")


def _talk(channel: Channel, members: list[User]) -> Iterator[Send]:
    """What people say in the demo world, for ever, in any order."""
    dice = Random()
    texts = [line.text for line in read_scenes(timezone.now(), dice)]
    while True:
        yield Send(dice.choice(members), channel.pk, dice.choice(texts), uuid.uuid4().hex)


def _pace(sends: Iterator[Send], rate: float) -> None:
    """One round after the other; at a high rate several messages go in one round."""
    round_seconds = max(1 / rate, FASTEST_ROUND_SECONDS)
    due, start, sent = 0.0, time.monotonic(), 0
    while batch := list(itertools.islice(sends, max(int(due) - sent, 1))):
        send_messages(batch)
        sent += len(batch)
        time.sleep(max(start + sent / rate - time.monotonic(), 0))
        due = (time.monotonic() - start + round_seconds) * rate
