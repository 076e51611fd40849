"""What Django and allauth do to somebody's ways in, written into the audit log."""

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from audit.record import record


def acting() -> User | None:
    """Who asks for the page that is being answered; None for a stranger or the machine."""
    person = getattr(context.request, "user", None)
    return person if isinstance(person, User) else None


def door() -> dict[str, str]:
    """Beside `acting`, of what is done on pages and on the command line alone."""
    return {} if context.request is not None else {"door": "command line"}


@receiver(user_logged_in)
def note_log_in(user: User, **kwargs: Any) -> None:
    record(user, "session.logged-in", user, {"door": "page"})


@receiver(user_logged_out)
def note_log_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(user, "session.logged-out", user)


@receiver(account.email_added)
def note_added_email(user: User, email_address: EmailAddress, **kwargs: Any) -> None:
    record(acting(), "email.added", user, {"email": email_address.email})


@receiver(account.email_removed)
def note_removed_email(user: User, email_address: EmailAddress, **kwargs: Any) -> None:
    record(acting(), "email.removed", user, {"email": email_address.email})


@receiver(account.email_changed)
def note_changed_email(user: User, to_email_address: EmailAddress, **kwargs: Any) -> None:
    record(acting(), "email.changed", user, {"email": to_email_address.email})


@receiver(account.email_confirmed)
def note_confirmed_email(email_address: EmailAddress, **kwargs: Any) -> None:
    record(acting(), "email.confirmed", email_address.user, {"email": email_address.email})


def note_second_factor(action: str) -> Any:
    def note(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
        record(acting(), action, user, {"type": str(authenticator.type)})

    return note


for signal, action in (
    (mfa.authenticator_added, "second-factor.added"),
    (mfa.authenticator_removed, "second-factor.removed"),
    (mfa.authenticator_reset, "second-factor.reset"),
):
    signal.connect(note_second_factor(action), weak=False)
