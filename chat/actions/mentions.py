"""Texts into bodies: the people they name are looked up at once, then each is rendered."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q

from accounts.models import User
from chat.actions.sends import Send
from chat.markdown import Body, Person, possible_names, render
from chat.models import Membership
from realtime import publish

NAMES_PER_QUERY = (
    5_000  # databases take some ten thousand places; a batch of hostile texts has more
)
# Every reader of the message gets the ids of whom `@here` calls: a larger crowd is called as
# `@channel` calls it.
HERE_AT_MOST = 500


def render_texts(texts: Sequence[str]) -> list[Body]:
    """One query, if any text has an "@". Outside a transaction: rendering takes its time."""
    names = {name for text in texts if "@" in text for name in possible_names(text)}
    people = _people(sorted(names))
    return [render(text, people) for text in texts]


def call_present(send: Send, body: Body) -> Body:
    """`@here` mentions the members who are here. Before the transaction, which must not wait."""
    if body.broadcast != "here":
        return body
    members = Membership.objects.filter(channel=send.channel_id).exclude(user=send.author)
    present = publish.present(list(members.values_list("user_id", flat=True)))
    if len(present) > HERE_AT_MOST:
        return replace(body, broadcast="channel")
    return replace(body, mentions=(*body.mentions, *sorted(present - {*body.mentions})))


def _people(names: Sequence[str]) -> dict[str, Person | None]:
    """By user name and, where nobody has it as user name, by display name: None if several do."""
    people: dict[str, Person | None] = {}
    shown_as: dict[str, Person | None] = {}
    for start in range(0, len(names), NAMES_PER_QUERY):
        some = names[start : start + NAMES_PER_QUERY]
        called = Q(username__in=some) | Q(display_name__in=some)
        rows = User.objects.filter(called, is_active=True).order_by("pk")
        for pk, username, shown in rows.values_list("pk", "username", "display_name"):
            people[username] = person = Person(pk, shown)
            if shown != username:
                shown_as[shown] = None if shown in shown_as else person
    return shown_as | people
