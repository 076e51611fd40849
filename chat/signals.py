"""What chat does when accounts tells of something."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from accounts.actions.bans import shut_out
from accounts.actions.profiles import profile_changed
from accounts.models import User
from chat.actions.memberships import pass_on_places
from chat.actions.statuses import show_user
from chat.actions.welcome import welcome


@receiver(user_logged_in)
def welcome_newcomer(user: User, **kwargs: Any) -> None:
    if not user.is_guest and not user.memberships.exists():
        welcome(user)


@receiver(profile_changed)
def show_changed_profile(user: User, **kwargs: Any) -> None:
    show_user(user)


@receiver(shut_out)
def pass_on_places_of_who_is_shut_out(user_ids: list[int], **kwargs: Any) -> None:
    pass_on_places(user_ids)


@receiver(pre_delete, sender=User)
def pass_on_places_of_who_is_deleted(instance: User, **kwargs: Any) -> None:
    pass_on_places([instance.pk])
