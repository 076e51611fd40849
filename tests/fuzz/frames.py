"""Frames made from the registry: every field of every request right, wrong, missing or hostile,
and then the bytes of the frame themselves mutated."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from chat.requests import commands
from tests.fuzz import hostile
from tests.fuzz.world import World

# What makes a channel or ends the log-in comes seldom: the others need something to work on.
SELDOM = {"create-channel", "open-direct", "logout", "login", "leave-channel", "remove-member"}
NAMES = [name for name in sorted(commands.by_name) for _ in range(1 if name in SELDOM else 6)]

FAR_REF = 10**15  # however it is mutated, it is not the ref of another frame
ALPHABET = '{}[]":,\\0123456789.eE+-truefalsn \x00\x1f\x7f가👍'


class Frames:
    def __init__(self, random: Random, world: World) -> None:
        self.random, self.world = random, world
        self.fields: dict[str, Callable[[], Any]] = {
            "channel": lambda: random.choice(world.channels),
            "message": lambda: random.choice(world.messages),
            "reply_to": lambda: random.choice([None, *world.messages]),
            "user": lambda: random.choice(world.users),
            "users": lambda: random.sample(world.users, 2),
            "members": lambda: random.sample(world.users, 2),
            "text": lambda: hostile.text(random),
            "name": lambda: f"room {random.randrange(10**9)}",
            "client_id": lambda: f"{random.randrange(10**9)}",
            "emoji": lambda: random.choice(["👍", "🎉", "❤", ""]),
            "kind": lambda: random.choice(["public", "private", "direct", "thread"]),
            "presence": lambda: random.choice(["auto", "away", "busy"]),
            "since": lambda: random.randrange(50),
            "position": lambda: random.randrange(50),
            "limit": lambda: random.randrange(1, 60),
        }

    def next(self, ref: int) -> tuple[str | bytes, bool]:
        """A frame, and whether it is an envelope with that `ref` (so that a reply must come)."""
        is_request = self.random.random() < 0.6
        request = self.request(ref if is_request else FAR_REF + ref)
        frame = json.dumps(request, ensure_ascii=self.random.random() < 0.5)
        return (frame, True) if is_request else (self.mutated(frame), False)

    def request(self, ref: int) -> dict[str, Any]:
        name = self.random.choice(NAMES)
        data: Any = self.data(name)
        if self.random.random() < 0.03:
            data = hostile.value(self.random)
        return {"event": name, "ref": ref, "data": data}

    def data(self, name: str) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for field, info in commands.by_name[name].data.model_fields.items():
            chance = self.random.random()
            if chance < 0.1 or (not info.is_required() and chance < 0.5):
                continue
            data[field] = self.field(field)
        if self.random.random() < 0.05:
            data[hostile.text(self.random)[:50]] = hostile.value(self.random)
        return data

    def field(self, name: str) -> Any:
        right = self.fields.get(name)
        if right is None or self.random.random() < 0.45:
            return hostile.value(self.random)
        return right()

    def mutated(self, frame: str) -> str | bytes:
        random = self.random
        place = random.randrange(len(frame) + 1)
        here, rest = frame[:place], frame[place:]
        mutations: list[Callable[[], str | bytes]] = [
            lambda: here,
            lambda: here + rest[random.randrange(1, 9) :],
            lambda: here + random.choice(ALPHABET) + rest,
            lambda: here + "".join(random.choices(ALPHABET, k=8)) + rest[8:],
            lambda: here + random.choice(["NaN", "-Infinity", "1e999", "9" * 5_000]) + rest,
            lambda: here + random.choice([r"\ud800", r"\udc00x", r"\u0000", r"\x", "\\"]) + rest,
            lambda: frame.replace("{", '{"a":' * random.choice([1, 50, 300, 3_000]), 1),
            lambda: frame.replace('"data": ', '"data": ' + "[" * random.choice([3, 300, 30_000])),
            lambda: frame.replace('"ref": ', random.choice(['"ref": -', '"ref": 1e', '"ref": "'])),
            lambda: frame.replace('"event"', '"event": 1, "event"'),
            lambda: json.dumps(hostile.value(random)),
            lambda: frame + frame,
            lambda: frame.encode(),
            lambda: random.randbytes(random.randrange(60)),
        ]
        return random.choice(mutations)()
