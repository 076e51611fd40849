"""What people say about themselves."""

from typing import TypedDict, Unpack

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.dispatch import Signal

from accounts.avatars import square_avatar
from accounts.models import User
from realtime import publish

# With `user`, inside the transaction: somebody looks different from now on.
profile_changed = Signal()


class ProfileFields(TypedDict, total=False):
    display_name: str
    title: str
    status_emoji: str
    status_text: str
    status_expires_at: None
    time_zone: str
    language: str


def change_profile(user: User, **fields: Unpack[ProfileFields]) -> None:
    with transaction.atomic():
        for name, value in fields.items():
            setattr(user, name, value)
        user.save(update_fields=list(fields))
        show_profile(user)


def show_profile(user: User) -> None:
    """Tell of a change of somebody's row, inside its transaction."""
    publish.refresh(user.pk)
    profile_changed.send(User, user=user)


def change_avatar(user: User, *, upload: UploadedFile) -> None:
    """Raises InvalidData or TooLarge for what is not a fit picture."""
    picture = square_avatar(upload)
    old = user.avatar.name
    with transaction.atomic():
        user.avatar.save(picture.name, picture, save=False)
        user.save(update_fields=["avatar"])
        _replaced(user, old)


def remove_avatar(user: User) -> None:
    old = user.avatar.name
    with transaction.atomic():
        user.avatar = ""
        user.save(update_fields=["avatar"])
        _replaced(user, old)


def _replaced(user: User, old: str | None) -> None:
    show_profile(user)
    if old:
        transaction.on_commit(lambda: user.avatar.storage.delete(old))
