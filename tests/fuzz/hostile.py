"""Values that break programs: at the borders of types, of storage, of text."""

from random import Random
from typing import Any

TEXTS = [
    "",
    " ",
    "\x00",
    "\x00\x1f\x7f\x85",
    "\u2028\u2029\u202e\u200b\ufeff",
    "\ufffe\uffff\U0010ffff",
    "é" + "\u0301" * 60,
    "각" * 70,
    "👩‍👩‍👧‍👦" * 9,
    "ﷺ" * 30,
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "' OR 1=1; --",
    "%s %n %00",
    "{{ 7*7 }}{% raise %}",
    "../../etc/passwd",
    "İ",
    "ß",
    "ı",
    "true",
    "0",
    "-1",
    "1e999",
    "null",
    "x" * 65,
    "x" * 300,
    "x" * 20_001,
    "@alice @bob @" + "김" * 40,
    "```" * 400,
    "*" * 1_500,
    "[" * 1_500,
    "(" * 1_500,
    "> " * 1_500,
    "|a|\n|-|\n" * 300,
    "http://" + "a." * 400,
    "\\" * 999,
    "&#0;&#x110000;&nbsp;" * 50,
    "👍",
    "❤",
    "☕️",
    "#️⃣",
]

NUMBERS = [
    0, -1, 1, 2, 49, 50, 51, 200, 201, 500, 2**31, 2**53, 2**63 - 1, 2**63, 2**64, -(2**63) - 1,
    10**30, 0.5, -0.0, 1e308, 5e-324,
]  # fmt: skip


def value(random: Random, depth: int = 0) -> Any:
    """Any JSON at all."""
    kind = random.randrange(9 if depth < 4 else 6)
    if kind < 2:
        return random.choice(NUMBERS)
    if kind < 4:
        return text(random)
    if kind < 6:
        return random.choice([None, True, False])
    if kind == 6:
        return [value(random, depth + 1) for _ in range(random.randrange(4))]
    if kind == 7:
        return {text(random)[:40]: value(random, depth + 1) for _ in range(random.randrange(4))}
    return random.choice([[1] * 600, [[[[[[[[]]]]]]]], {"": {"": {"": []}}}])


def text(random: Random) -> str:
    chosen = random.choice(TEXTS)
    if random.random() < 0.3:
        place = random.randrange(len(chosen) + 1)
        chosen = chosen[:place] + random.choice(TEXTS)[:50] + chosen[place:]
    if random.random() < 0.2:
        chosen += "".join(letter(random) for _ in range(random.randrange(12)))
    return chosen


def letter(random: Random) -> str:
    """Any character that UTF-8 can carry."""
    code = random.choice([0x80, 0x800, 0x10000, 0x110000])
    found = chr(random.randrange(code))
    return "x" if "\ud800" <= found <= "\udfff" else found
