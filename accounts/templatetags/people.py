"""Who has no picture has initials on a quiet hue, as in the chat (components/avatar.ts)."""

import regex  # type: ignore[import-untyped]
from django import template

register = template.Library()

HUES = 8


@register.filter
def hue(user_id: int) -> int:
    return user_id % HUES


@register.filter
def initials(display_name: str) -> str:
    """김철수 is 철수 to friends; Ada Lovelace is AL. What stands in brackets is no part of it."""
    name = regex.sub(r"\(.*\)", "", display_name).strip()
    if regex.fullmatch(r"\p{Hangul}{2,}", name):
        return str(name[-2:])
    words = regex.split(r"[\s._-]+", name)
    letters = [word[0] for word in words if regex.search(r"[\p{L}\p{N}]", word)]
    return "".join(letters[:1] + letters[1:][-1:]).upper() or "?"
