"""What one person keeps to themselves."""

from accounts.models import User
from chat import queries, wire
from chat.actions import personal
from chat.requests.registry import commands


@commands.request(wire.SetPreferences)
def set_preferences(user: User, data: wire.SetPreferences) -> wire.PreferencesState:
    changes = data.model_dump(exclude_none=True)
    return wire.PreferencesState(preferences=personal.set_preferences(user, **changes))


@commands.request(wire.SaveDraft)
def save_draft(user: User, data: wire.SaveDraft) -> None:
    personal.save_draft(user, channel_id=data.channel, text=data.text, reply_to=data.reply_to)


@commands.request(wire.UpdateMembership)
def update_membership(user: User, data: wire.UpdateMembership) -> wire.ChannelReply:
    channel = personal.update_membership(
        user,
        channel_id=data.channel,
        notify=data.notify,
        muted=data.muted,
        starred=data.starred,
        section=data.section,
    )
    return wire.ChannelReply(channel=channel)


@commands.request(wire.SaveMessage)
def save_message(user: User, data: wire.SaveMessage) -> None:
    personal.save_message(user, message_id=data.message)


@commands.request(wire.UnsaveMessage)
def unsave_message(user: User, data: wire.UnsaveMessage) -> None:
    personal.unsave_message(user, message_id=data.message)


@commands.request(wire.ListSaved)
def list_saved(user: User, data: wire.ListSaved) -> wire.SavedList:
    return wire.SavedList(saved=queries.list_saved(user, before=data.before, limit=data.limit))
