"""What one person keeps to themselves: saved messages, drafts, preferences, their sidebar. Only
their own sockets are told."""

from django.db import transaction

from accounts.models import Preferences, User
from chat import clock, wire
from chat.models import Draft, Membership, Message, Saved
from chat.queries.frames import channel_frame
from chat.queries.personal import preferences
from chat.queries.visibility import channel_for, message_for, own_membership
from realtime import publish
from realtime.errors import Forbidden, InvalidData


def save_message(user: User, *, message_id: int) -> None:
    """NotFound."""
    with transaction.atomic():
        message = message_for(user, message_id)
        _, is_new = Saved.objects.get_or_create(
            user=user, message=message, defaults={"timestamp": clock.now()}
        )
        if is_new:
            _tell_saved(user, message_id, saved=True)


def unsave_message(user: User, *, message_id: int) -> None:
    """Also of a message that one may no longer see. What is not saved is no error."""
    with transaction.atomic():
        removed, _ = Saved.objects.filter(user=user, message=message_id).delete()
        if removed:
            _tell_saved(user, message_id, saved=False)


def _tell_saved(user: User, message_id: int, *, saved: bool) -> None:
    change = wire.SavedChange(message=message_id, saved=saved)
    publish.push_to_others(user.pk, wire.SavedUpdated(change))


def save_draft(user: User, *, channel_id: int, text: str, reply_to: int | None = None) -> None:
    """Without text there is none any more. NotFound; InvalidData for what is replied to."""
    with transaction.atomic():
        channel = channel_for(user, channel_id)
        said = Message.objects.filter(channel=channel)
        if reply_to is not None and not said.filter(pk=reply_to).exists():
            raise InvalidData(fields={"reply_to": "There is no such message in the channel."})
        values = {"text": text, "reply_to_id": reply_to, "updated_at": clock.now()}
        draft = Draft(user=user, channel=channel, **values)
        if text:
            Draft.objects.update_or_create(user=user, channel=channel, defaults=values)
        elif not Draft.objects.filter(user=user, channel=channel).delete()[0]:
            return
        publish.push_to_others(user.pk, wire.DraftUpdated(wire.Draft.of(draft)))


def set_preferences(user: User, **changes: str | bool) -> wire.Preferences:
    """`changes` as wire.SetPreferences has them; what is absent stays."""
    with transaction.atomic():
        # The user's row may be the socket's: what another page changed meanwhile counts.
        user.refresh_from_db(fields=["language"])
        if "language" in changes:
            user.language = str(changes.pop("language"))
            user.save(update_fields=["language"])
            publish.refresh(user.pk)
        if changes:
            Preferences.objects.update_or_create(user=user, defaults=changes)
        state = preferences(user)
        event = wire.PreferencesUpdated(wire.PreferencesState(preferences=state))
        publish.push_to_others(user.pk, event)
        return state


def update_membership(
    user: User,
    *,
    channel_id: int,
    notify: str | None = None,
    muted: bool | None = None,
    starred: bool | None = None,
    section: str | None = None,
) -> wire.Channel:
    """What the channel is to oneself; what is None stays. NotFound; Forbidden outside."""
    given = {"notify": notify, "muted": muted, "starred": starred, "section": section}
    changed = {column: value for column, value in given.items() if value is not None}
    with transaction.atomic():
        own = own_membership(channel_for(user, channel_id))
        if own is None:
            raise Forbidden("Join the channel first.")
        if changed:
            Membership.objects.filter(pk=own.pk).update(**changed)
        frame = channel_frame(channel_for(user, channel_id))
        publish.push(user.pk, wire.ChannelUpdated(frame))
        return frame
