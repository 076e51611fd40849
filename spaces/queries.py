"""The space of a channel, for who may read the channel."""

from accounts.models import User
from chat.models import Channel
from chat.queries.visibility import channel_for, visible_channels
from spaces.models import SpaceLayout
from spaces.room import Piece, Room


def room_for(viewer: User, channel_id: int) -> Room:
    """NotFound if the channel does not exist or the viewer may not see it."""
    channel: Channel = channel_for(viewer, channel_id)
    layout = SpaceLayout.objects.filter(channel=channel).first()
    if layout is None:
        return Room(channel.pk)
    return Room(channel.pk, tuple(Piece(*piece) for piece in layout.furniture))


def may_enter(viewer: User, channel_ids: set[int]) -> set[int]:
    """Those of the channels that the viewer may see."""
    rows = visible_channels(viewer).filter(pk__in=channel_ids)
    return set(rows.values_list("pk", flat=True))
