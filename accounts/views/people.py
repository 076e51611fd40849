"""Whose request it is, in a view that only people who are logged in reach."""

from typing import cast

from django.http import HttpRequest

from accounts.models import User


def person_of(request: HttpRequest) -> User:
    """login_required stands before every caller."""
    return cast(User, request.user)
