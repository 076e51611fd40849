"""Where allauth asks us: may somebody sign up, log in, and from which address."""

import unicodedata
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts import invited
from accounts.actions.log_in import limited_try
from accounts.addresses import address_of
from accounts.models import User
from accounts.sessions import is_fresh
from audit.record import record
from realtime.errors import InvalidCredentials, RateLimited


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_taken": _("This username is taken."),
        "too_many_login_attempts": _("Too many wrong tries. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        if settings.SIGNUP == "invitation":
            return invited.invitation_of(request) is not None
        return bool(settings.SIGNUP == "open")

    def clean_username(self, username: str, shallow: bool = False) -> str:
        return super().clean_username(unicodedata.normalize("NFKC", username), shallow)

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        with transaction.atomic():
            invitation = take_place(request)
            saved = super().save_user(request, user, form, commit)
            note_sign_up(saved, invitation)
        return saved

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: our own limits stand around authenticate(), shared with the sockets."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        name = credentials.get("username") or credentials.get("email") or ""
        try:
            with limited_try(name=name, address=address_of(request)):
                user = super().authenticate(request, **credentials)
                if user is None:
                    raise InvalidCredentials
        except InvalidCredentials:
            return None
        except RateLimited as error:
            raise self.validation_error("too_many_login_attempts") from error
        return user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        # Who logged in a moment ago is not asked for the same password again.
        return super().is_reauthentication_required(app=app, **kwargs) and not is_fresh(
            self.request
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        user.display_name = str(data.get("name") or "")[:80]
        return user

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: BaseForm | None = None
    ) -> User:
        with transaction.atomic():
            invitation = take_place(request) if form is None else None
            user: User = super().save_user(request, sociallogin, form)
            if form is None:
                note_sign_up(user, invitation)
        return user


def take_place(request: HttpRequest) -> int | None:
    """Use up one place of the invitation; when only those open sign-up, without one nobody is
    saved: between the page and the form another may have taken the last place."""
    invitation = invited.accept(request)
    if invitation is None and settings.SIGNUP == "invitation":
        raise ImmediateHttpResponse(render(request, "account/signup_closed.html"))
    return invitation


def note_sign_up(user: AbstractBaseUser, invitation: int | None) -> None:
    person = cast(User, user)
    record(person, "user.signed-up", person)
    if invitation is not None:
        record(person, "invitation.used", f"invitation {invitation}")
