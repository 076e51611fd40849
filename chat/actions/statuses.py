"""What people say of themselves: presence, an emoji, a line of text."""

from django.db import transaction

from accounts.models import User
from chat import wire
from realtime import publish


def set_status(
    user: User, *, presence: str | None = None, emoji: str | None = None, text: str | None = None
) -> wire.User:
    """What is None stays; an empty emoji or text is cleared."""
    wanted = {"presence_setting": presence, "status_emoji": emoji, "status_text": text}
    changed = {column: value for column, value in wanted.items() if value is not None}
    with transaction.atomic():
        if changed:
            User.objects.filter(pk=user.pk).update(**changed)
            publish.refresh(user.pk)
        user.refresh_from_db(fields=[*wanted, "last_seen"])
        return wire.User.oneself(user)
