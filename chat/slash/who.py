"""Whom the arguments of a slash command name."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from chat.queries.people import known_people
from chat.slash.registry import Call, wrong

PEOPLE_PER_COMMAND = 50


def named_people(call: Call, names: str) -> list[User]:
    """`@name` or `name`, several with spaces between; InvalidData for one that nobody has."""
    wanted = [name.lstrip("@").rstrip(",") for name in names.split()]
    if len(wanted) > PEOPLE_PER_COMMAND:
        told = _("At most %(limit)d people at once.") % {"limit": PEOPLE_PER_COMMAND}
        raise wrong(told)
    return [_named(call, name) for name in wanted]


def _named(call: Call, name: str) -> User:
    people = known_people(call.user).filter(is_active=True)
    called = people.filter(Q(username__iexact=name) | Q(display_name=name)).order_by("pk")
    found = list(called[:2])
    exact = [person for person in found if person.username.lower() == name.lower()]
    if len(found) != 1 and not exact:
        raise wrong(_("Nobody is called %(name)s.") % {"name": name})
    return (exact or found)[0]
