"""What a channel keeps about its messages."""

from accounts.models import User
from chat import queries, wire
from chat.actions import pins
from chat.requests.registry import commands


@commands.request(wire.PinMessage)
def pin_message(user: User, data: wire.PinMessage) -> wire.MessageReply:
    return wire.MessageReply(message=pins.pin_message(user, message_id=data.message))


@commands.request(wire.UnpinMessage)
def unpin_message(user: User, data: wire.UnpinMessage) -> wire.MessageReply:
    return wire.MessageReply(message=pins.unpin_message(user, message_id=data.message))


@commands.request(wire.ListPins)
def list_pins(user: User, data: wire.ListPins) -> wire.PinList:
    return wire.PinList(pins=queries.list_pins(user, channel_id=data.channel))


@commands.request(wire.ListEdits)
def list_edits(user: User, data: wire.ListEdits) -> wire.EditList:
    return wire.EditList(edits=queries.list_edits(user, message_id=data.message))


@commands.request(wire.ListSeen)
def list_seen(user: User, data: wire.ListSeen) -> wire.SeenList:
    return queries.list_seen(user, message_id=data.message)


@commands.request(wire.ListThreads)
def list_threads(user: User, data: wire.ListThreads) -> wire.ThreadList:
    return queries.list_threads(user, before=data.before, unread=data.unread, limit=data.limit)
