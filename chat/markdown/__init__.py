"""Markdown to safe HTML, once per text: escaped by default, then an allow-list, in bounded time."""

from chat.markdown.mentions import Person, possible_names
from chat.markdown.render import Body, render

__all__ = ["Body", "Person", "possible_names", "render"]
