"""Text made to be slow, or to smuggle markup through: bounded work, and only what is allowed.

Work is counted in calls of functions, which a busy machine does not change; the time is told."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from random import Random
from time import thread_time
from typing import Any

import pytest

from chat.markdown import Person, render
from chat.markdown.render import TAGS
from tests.fuzz import hostile

SEED = int(os.environ.get("FUZZ_SEED", "1"))
TEXTS = max(200, int(os.environ.get("FUZZ_FRAMES", "3000")) // 50)
LENGTH = 20_000  # what a message may have
# Just under the limits of what is rendered, and the longest there is.
TIMES = (190, 290, 990, LENGTH)
CALLS_LIMIT = 250_000  # about 40 ms

PEOPLE = {name: Person(n, name) for n, name in enumerate(("alice", "bob", "김철수"), start=1)}
UNITS = [
    "@", "@a", "@alice ", "@김", "[", "](", "[a](b)", "![", "*", "**", "*a ", "_", "_a_", "~~", "`",
    "` ", "``` ", "> ", ">", "- ", "1. ", "# ", "|", "|a|\n", "|-", "<", "<a>", "&amp;", "&", "\\",
    "\\\\*", "http://a.", "www.", "a@b.", ":", "\n", "\n\n", " ", "\t", "(", ")", "](<", '"', "가",
    "́", "👩‍", "\x00", "a*", "*_", "[[]", "~", "<!--", "]]>", "://",
]  # fmt: skip


def calls_of(work: Callable[[], object]) -> int:
    count = 0

    def note(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", UNITS)
def test_work_is_bounded(unit: str) -> None:
    for times in TIMES:
        text = "a" + (unit * times)[:LENGTH]
        assert calls_of(partial(render, text, PEOPLE)) < CALLS_LIMIT, (unit, times)


def texts(random: Random) -> Iterator[str]:
    """Runs of units beside hostile text."""
    for _ in range(TEXTS):
        parts = []
        for _ in range(random.randrange(1, 12)):
            unit = random.choice([random.choice(UNITS), hostile.text(random)])
            parts.append(unit * random.choice([1, 1, 2, 7, 60, 900]))
        yield "".join(parts)[:LENGTH]


# What may stand in the HTML at all.
TAG = re.compile(r"</?([a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"<>]*\")*) ?/?>")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")  # as browsers find it
SCHEMES = {"http", "https", "mailto"}
ATTRIBUTES = {"href", "class", "start", "data-user", "target", "rel", "align"}


def test_a_seeded_stream_of_texts(tell: Callable[[str], None]) -> None:
    worst, slowest = 0.0, ""
    for text in texts(Random(SEED)):
        begin = thread_time()
        html = render(text, PEOPLE).html
        spent = thread_time() - begin
        if spent > worst:
            worst, slowest = spent, text
        left = TAG.sub(check_tag, html)
        assert "<" not in left, f"seed {SEED}: {text!r} became {html!r}"
    tell(f"seed {SEED}: {TEXTS:,} texts, at most {worst * 1000:.0f} ms: {slowest[:50]!r}")


def check_tag(match: "re.Match[str]") -> str:
    tag, attributes = match.groups()
    assert tag in TAGS
    for name, value in re.findall(r'([a-z-]+)="([^"]*)"', attributes):
        assert name in ATTRIBUTES
        scheme = SCHEME.match(re.sub(r"[\x00-\x20]", "", unescape(value)))
        assert name != "href" or scheme is None or scheme[1].lower() in SCHEMES, value
    return ""
