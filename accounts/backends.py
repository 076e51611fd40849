"""allauth's look at names and passwords, with the same work for every name. Itself it would try who
is found by an address twice, and the time would tell which addresses are known.
"""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class EvenBackend(AuthenticationBackend):
    def authenticate(
        self, request: HttpRequest | None, **credentials: Any
    ) -> AbstractBaseUser | None:
        self.tried: set[Any] = set()
        return super().authenticate(request, **credentials)

    def _check_password(
        self, user: AbstractBaseUser | None, password: str
    ) -> AbstractBaseUser | None:
        if user is None or user.pk in self.tried:
            return None
        self.tried.add(user.pk)
        return super()._check_password(user, password)
