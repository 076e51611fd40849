"""What must happen at every log-in, log-out, new password and new right of the staff, whichever
door it came through."""

from collections.abc import Collection
from typing import Any

from allauth.core import context
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import sessions
from accounts.actions.passwords import end_sessions_of_old_password
from accounts.actions.rights import tell_rights
from accounts.audited import acting, door
from accounts.models import RIGHTS, User
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


@receiver(pre_save, sender=User)
def remember_old_rights(
    instance: User, raw: bool, update_fields: Collection[str] | None, **kwargs: Any
) -> None:
    """None where they stay, and where rows come from a backup with the entries about them."""
    is_asked = not raw and (update_fields is None or not {*RIGHTS}.isdisjoint(update_fields))
    rows = User.objects.filter(pk=instance.pk).values(*RIGHTS)
    nobodys = dict.fromkeys(RIGHTS, False)
    instance._old_rights = (rows.first() or nobodys) if is_asked else None  # type: ignore[attr-defined]


@receiver(post_save, sender=User)
def tell_new_rights(instance: User, **kwargs: Any) -> None:
    rights = {right: getattr(instance, right) for right in RIGHTS}
    if instance._old_rights not in (None, rights):  # type: ignore[attr-defined]
        tell_rights(acting(), user=instance, details={**rights, **door()})


def _has_new_password(user: User) -> bool:
    # What set_password() leaves for save(); Django itself reads it there.
    return getattr(user, "_password", None) is not None


def _own_session(user: User) -> str:
    """The session in which the user is setting the password right now, if that is how it is set."""
    request = context.request
    is_own = request is not None and request.user.pk == user.pk
    return sessions.name_of(request) if is_own else ""
