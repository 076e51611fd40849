"""The house: what this hall is called and how it looks."""

from collections.abc import Collection

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import House, User
from audit.record import record
from chat import wire
from realtime import publish, topics
from realtime.errors import Forbidden


def change_house(
    actor: User,
    *,
    name: str,
    accent: str,
    logo: "ContentFile[bytes] | None" = None,
    remove_logo: bool = False,
) -> House:
    """accounts.change_house; Forbidden without it. `logo` comes from square_avatar."""
    if not actor.has_perm("accounts.change_house"):
        raise Forbidden
    with transaction.atomic():
        house = House.ours()
        old, changed = house.logo.name, _changed(house, name, accent)
        house.name, house.accent = name, accent
        if logo is not None:
            house.logo.save(str(logo.name), logo, save=False)
        elif remove_logo:
            house.logo = ""
        house.save()
        if old and old != house.logo.name:
            transaction.on_commit(lambda: house.logo.storage.delete(old))
        publish.order("forget_house")
        publish.publish(topics.EVERYONE, wire.HouseUpdated(wire.HouseState.of(house)))
        logo_changed = {"logo"} if old != house.logo.name else set()
        record(actor, "house.changed", house, {"changed": sorted({*changed} | logo_changed)})
        return house


def _changed(house: House, name: str, accent: str) -> Collection[str]:
    wanted = {"name": name, "accent": accent}
    return [column for column, value in wanted.items() if getattr(house, column) != value]
