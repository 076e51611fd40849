"""Walks and where they end, by the server's rules: walks.json holds the browser to the same.

`python -m tests.spaces.walks` writes it anew.
"""

import json
from pathlib import Path
from random import Random
from typing import Any

from spaces.room import Room
from spaces.state import shown_furniture

FILE = Path(__file__).with_suffix(".json")
WALKS, STEPS = 12, 25


def walks() -> dict[str, Any]:
    dice, room = Random(7), Room(7)
    return {
        "objects": list(shown_furniture(room).values()),
        "walks": [_walk(room, dice, number) for number in range(WALKS)],
    }


def _walk(room: Room, dice: Random, number: int) -> list[dict[str, float]]:
    x, y = room.entrance(number)
    steps = []
    for _ in range(STEPS):
        dx, dy = dice.choice([-1, 0, 1]) * dice.uniform(0, 90), dice.uniform(-90, 70)
        x, y = room.walk(x, y, dx, dy)
        steps.append({"dx": dx, "dy": dy, "x": x, "y": y})
    return steps


def text() -> str:
    return json.dumps(walks()) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
