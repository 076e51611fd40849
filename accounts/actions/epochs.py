"""Telling open sockets that what their user may see or do has changed."""

from collections.abc import Iterable

from django.db.models import F

from accounts.models import User


def step_epoch(user_ids: Iterable[int]) -> None:
    User.objects.filter(pk__in=list(user_ids)).update(epoch=F("epoch") + 1)
