"""What chat does when accounts tells of something."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from accounts.actions.profiles import profile_changed
from accounts.models import User
from chat.actions.statuses import show_user
from chat.actions.welcome import welcome


@receiver(user_logged_in)
def welcome_newcomer(user: User, **kwargs: Any) -> None:
    if not user.memberships.exists():
        welcome(user)


@receiver(profile_changed)
def show_changed_profile(user: User, **kwargs: Any) -> None:
    show_user(user)
