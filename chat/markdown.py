"""Markdown to safe HTML, once per text. (placeholder until the renderer is in)"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Body:
    text: str
    html: str
    mentions: tuple[int, ...] = ()


def possible_names(text: str) -> set[str]:
    return set()


def render(text: str, people: Mapping[str, Person]) -> Body:
    return Body(text, f"<p>{escape(text, quote=False)}</p>")
