"""Who is of the staff, who owns the house, and what staff may do who do not: Django's permissions,
by their names."""

from collections.abc import Collection, Mapping

from django.contrib.auth.models import Permission
from django.db import transaction

from accounts.actions.epochs import step_epoch
from accounts.audited import door
from accounts.models import User
from audit.record import Value, record
from realtime import publish
from realtime.errors import InvalidData


def set_rights(user: User, *, rights: Collection[str]) -> None:
    """`user` is of the staff, with these rights ("accounts.change_user") and no others. InvalidData
    for a right that there is not."""
    rows = Permission.objects.select_related("content_type")
    found = {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
    unknown = sorted({*rights} - {*found})
    if unknown:
        raise InvalidData(fields={"rights": ", ".join(unknown)})
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_staff=True)
        user.user_permissions.set([found[right] for right in rights])
        tell_rights(None, user=user, details={"rights": " ".join(sorted(rights)), **door()})


def tell_rights(actor: User | None, *, user: User, details: Mapping[str, Value]) -> None:
    """Of the staff or not, an owner or not: once it is stored."""
    step_epoch([user.pk])
    publish.refresh(user.pk)
    record(actor, "user.rights-changed", user, details)
