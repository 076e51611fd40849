"""Who is meant by `@…`. Korean puts no space behind a name: `@김철수님이` means 김철수, so a
mention is the longest beginning that somebody is called, by user name or display name. Not within a
Latin word: `@bobby` is never bob.
"""

import re
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown_it.rules_inline import StateInline

NAME_MAX_LENGTH = 32
MENTIONS_PER_MESSAGE = 50

# One more than a name: whether a name may end at its 32nd character depends on the next.
# Display names may have two spaces inside.
WORD = rf"[\w.-]{{1,{NAME_MAX_LENGTH + 1}}}"
RUN = re.compile(rf"(?<![A-Za-z0-9_.@-])@({WORD}(?: {WORD}){{0,2}})")

# What calls everybody in the channel; nobody's user name (ACCOUNT_USERNAME_BLACKLIST).
BROADCASTS = {"channel": "channel", "here": "here", "모두": "channel", "지금": "here"}


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str


def possible_names(text: str) -> set[str]:
    """Every name that the text may mention, to be looked up before it is rendered."""
    runs = dict.fromkeys(match[1] for match in RUN.finditer(text))
    names: set[str] = set()
    for run in list(runs)[:MENTIONS_PER_MESSAGE]:
        for name in _beginnings(run):
            names |= {name, name.lower()}
    return names


def _beginnings(run: str) -> Iterator[str]:
    """Where a name may end, the longest first."""
    for end in range(min(len(run), NAME_MAX_LENGTH), 0, -1):
        inside_word = end < len(run) and _is_latin(run[end - 1]) and _is_latin(run[end])
        if not inside_word and run[end - 1] not in ".- ":
            yield run[:end]


def _is_latin(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")


def mention_rule(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule; `env` has the people by name, None where a name is that of
    several, and collects who was found."""
    match = RUN.match(state.src, state.pos) if state.src[state.pos] == "@" else None
    if match is None:
        return False
    people: Mapping[str, Person | None] = state.env["people"]
    for name in _beginnings(match[1]):
        known = next((form for form in (name, name.lower()) if form in people), None)
        if known is None and name not in BROADCASTS:
            continue
        person = people[known] if known and name not in BROADCASTS else None
        if person is None and name not in BROADCASTS:
            return False
        if not silent:
            _push(state, name, person)
        state.pos += 1 + len(name)
        return True
    return False


def _push(state: StateInline, name: str, person: Person | None) -> None:
    token = state.push("mention", "", 0)
    token.content = name if person is None else person.name
    if person is None:
        state.env["broadcasts"].add(BROADCASTS[name])
    else:
        token.meta = {"user": person.id}
        state.env["mentioned"].setdefault(person.id)


def render_mention(
    self: Any, tokens: Any, index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    token = tokens[index]
    user = f' data-user="{token.meta["user"]}"' if token.meta else ""
    return f'<span class="mention"{user}>@{escape(token.content)}</span>'
