"""What must happen at every log-in, log-out and new password, whichever door it came through."""

from typing import Any

from allauth.core import context
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import sessions
from accounts.actions.passwords import end_sessions_of_old_password
from accounts.audited import acting
from accounts.models import User
from realtime import publish
from realtime.envelope import CloseCode


@receiver(user_logged_in)
def begin_session(request: HttpRequest, **kwargs: Any) -> None:
    sessions.begin(request)


@receiver(user_logged_out)
def close_sockets(request: HttpRequest, **kwargs: Any) -> None:
    name = sessions.name_of(request)
    if name:
        publish.disconnect(CloseCode.REVOKED, session_key=name)


@receiver(pre_save, sender=User)
def remember_old_password(instance: User, **kwargs: Any) -> None:
    if _has_new_password(instance):
        old = User.objects.filter(pk=instance.pk).first()
        instance._old_password_session = old and sessions.password_session(old)  # type: ignore[attr-defined]


@receiver(post_save, sender=User)
def end_other_sessions(instance: User, created: bool, **kwargs: Any) -> None:
    if _has_new_password(instance) and not created:
        end_sessions_of_old_password(
            acting(),
            user=instance,
            old_name=instance._old_password_session,  # type: ignore[attr-defined]
            except_name=_own_session(instance),
        )


def _has_new_password(user: User) -> bool:
    # What set_password() leaves for save(); Django itself reads it there.
    return getattr(user, "_password", None) is not None


def _own_session(user: User) -> str:
    """The session in which the user is setting the password right now, if that is how it is set."""
    request = context.request
    is_own = request is not None and request.user.pk == user.pk
    return sessions.name_of(request) if is_own else ""
