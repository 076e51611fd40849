"""Reads the scenes of the demo world: plain text, so that anybody can write more.

# 점심 | public | 오늘 뭐 먹지?       a channel: name | kind | topic | members, without: all;
# alice bob | direct                  a direct conversation: who is in it
@ 57 11:40                            a scene: days ago, time in Seoul; `@ now 90`: minutes ago
alice: Lunch?                         somebody says something
| in two lines                        … and goes on
> bob: Yes!                           an answer in the thread of the last message
+ 🍜 bob charlie                      reactions to what was said last
~ Lunch at noon?                      … which is edited
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

SCENES = Path(__file__).parent / "scenes"
SEOUL = ZoneInfo("Asia/Seoul")

SAID = re.compile(r"(> )?(\w+): (.+)")
SECONDS_PER_CHARACTER = 0.4


@dataclass(frozen=True)
class Place:
    """A channel; `people` by the names of the script, none: everybody."""

    kind: str
    name: str = ""
    topic: str = ""
    people: tuple[str, ...] = ()

    @classmethod
    def of(cls, heading: str) -> "Place":
        name, kind, *more = (part.strip() for part in heading.split("|"))
        if kind == "direct":
            return cls(kind, people=tuple(name.split()))
        topic, people = (*more, "", "")[:2]
        return cls(kind, name, topic, tuple(people.split()))


@dataclass
class Line:
    """Something said, and what became of it."""

    place: Place
    author: str
    text: str
    moment: datetime
    in_thread: bool = False
    reactions: list[tuple[str, str]] = field(default_factory=list)
    edited: str = ""


def read_scenes(now: datetime, dice: Random) -> list[Line]:
    """All scenes, as if they ended at `now`."""
    lines: list[Line] = []
    for path in sorted(SCENES.glob("*.txt")):
        lines += Reader(now, dice).read(path.read_text(encoding="utf-8").splitlines())
    return lines


class Reader:
    def __init__(self, now: datetime, dice: Random) -> None:
        self.now, self.dice = now, dice
        self.place = Place("")
        self.moment = now
        self.lines: list[Line] = []

    def read(self, script: Iterable[str]) -> list[Line]:
        for text in script:
            self._step(text)
        return self.lines

    def _step(self, text: str) -> None:
        sign, _, rest = text.partition(" ")
        if sign == "#":
            self.place = Place.of(rest)
        elif sign == "@":
            self.moment = self._scene(rest)
        elif sign == "|":
            self.lines[-1].text += f"\n{rest}"
        elif sign == "+":
            emoji, *people = rest.split()
            self.lines[-1].reactions += [(emoji, person) for person in people]
        elif sign == "~":
            self.lines[-1].edited = rest
        elif said := SAID.fullmatch(text):
            self._say(*said.groups())
        else:
            raise ValueError(f"This is not part of a scene: {text}")

    def _scene(self, text: str) -> datetime:
        days, clock = text.split()
        if days == "now":
            return self.now - timedelta(minutes=int(clock))
        hours, minutes = map(int, clock.split(":"))
        return on_day(self.now, int(days), time(hours, minutes))

    def _say(self, thread: str | None, author: str, text: str) -> None:
        typing = min(len(text) * SECONDS_PER_CHARACTER, 40)
        self.moment += timedelta(seconds=self.dice.uniform(4, 25) + typing)
        self.lines.append(Line(self.place, author, text, self.moment, in_thread=bool(thread)))


def on_day(now: datetime, days_ago: int, clock: time) -> datetime:
    day = now.astimezone(SEOUL).date() - timedelta(days=days_ago)
    return datetime.combine(day, clock, SEOUL)
