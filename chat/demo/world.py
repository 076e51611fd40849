"""Makes the demo world, at once or not at all."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.demo.people import make_people
from chat.demo.player import Player, read_all
from chat.demo.routine import builds, routine
from chat.demo.script import read_scenes
from chat.demo.touches import touch
from chat.models import Channel, Message

MESSAGES = 2_000
EVERYBODY_JOINS = ["general", "잡담"]
# What apps above put into it, given the people by the names of the scenes.
furnishers: list[Callable[[Mapping[str, User]], None]] = []
ALICE_HAS_NOT_READ = {"general": 3, "dev": 5, "음악": 1, "이영희": 3, "bob": 2}


def make_world() -> int:
    """The number of messages made: none if there are any already."""
    if Message.objects.exists():
        return 0
    dice = Random(1443)  # noqa: S311 - the year in which Hangul was made; no secret
    now = timezone.now()
    lines = [*read_scenes(now, dice), *routine(now, dice)]
    lines += builds(now, dice, MESSAGES - len(lines))
    lines.sort(key=lambda line: line.moment)
    for line in lines:
        line.moment = min(line.moment, now - timedelta(minutes=1))
    with transaction.atomic():
        people = make_people()
        player = Player(people, dice)
        player.open_first(EVERYBODY_JOINS, lines)
        player.play(lines)
        Channel.objects.filter(name__in=EVERYBODY_JOINS).update(is_default=True)
        for furnish in furnishers:
            furnish(people)
        for name, user in people.items():
            read_all(user, but=ALICE_HAS_NOT_READ if name == "alice" else {})
        touch(people)
    return len(lines)
