"""Texts into bodies: the people they name are looked up at once, then each is rendered."""

from collections.abc import Sequence

from accounts.models import User
from chat.markdown import Body, Person, possible_names, render


def render_texts(texts: Sequence[str]) -> list[Body]:
    """One query, if any text has an "@". Outside a transaction: rendering takes its time."""
    names = {name for text in texts if "@" in text for name in possible_names(text)}
    people: dict[str, Person] = {}
    if names:
        rows = User.objects.filter(username__in=names, is_active=True)
        for pk, username, shown in rows.values_list("pk", "username", "display_name"):
            people[username] = Person(pk, shown)
    return [render(text, people) for text in texts]
