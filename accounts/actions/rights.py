"""What staff may do who do not own the house: Django's permissions, by their names."""

from collections.abc import Collection

from django.contrib.auth.models import Permission
from django.db import transaction

from accounts.actions.epochs import step_epoch
from accounts.models import User
from audit.record import record
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
        step_epoch([user.pk])
        publish.refresh(user.pk)
        record(None, "user.rights-changed", user, {"rights": " ".join(sorted(rights))})
