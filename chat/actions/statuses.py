"""What people say of themselves: presence, an emoji, a line of text."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from chat import wire
from chat.queries.people import strangers
from realtime import publish, topics

SHOWN = ("status_emoji", "status_text", "status_expires_at")


def set_status(
    user: User,
    *,
    presence: str | None = None,
    emoji: str | None = None,
    text: str | None = None,
    expires_at: datetime | None = None,
) -> wire.User:
    """What is None stays; an empty emoji or text is cleared. A new one without `expires_at`
    lasts."""
    given = {"presence_setting": presence, "status_emoji": emoji, "status_text": text}
    wanted: dict[str, str | datetime | None]
    wanted = {column: value for column, value in given.items() if value is not None}
    if emoji is not None or text is not None or expires_at is not None:
        wanted["status_expires_at"] = expires_at
    with transaction.atomic():
        before = User.objects.filter(pk=user.pk).values_list(*SHOWN).first()
        if wanted:
            User.objects.filter(pk=user.pk).update(**wanted)
            publish.refresh(user.pk)
        user.refresh_from_db(fields=[*given, "status_expires_at", "last_seen"])
        if before != tuple(getattr(user, column) for column in SHOWN):
            show_user(user)
        return wire.User.oneself(user)


def show_user(user: User) -> None:
    """Tells everybody who may know this user how they are now; inside the transaction that changed
    them."""
    event = wire.UserUpdated(wire.UserChange(user=wire.User.oneself(user)))
    publish.publish(topics.EVERYONE, event, skip_users=strangers(user))
