"""What chat does when accounts tells of something."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from accounts.models import User
from chat.actions.welcome import welcome


@receiver(user_logged_in)
def welcome_newcomer(user: User, **kwargs: Any) -> None:
    if not user.memberships.exists():
        welcome(user)
