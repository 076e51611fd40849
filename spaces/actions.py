"""Furnishing the space of a channel."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from chat.actions.memberships import check_manager
from chat.actions.rows import lock_channel
from chat.queries.visibility import channel_for
from realtime import publish, topics
from realtime.errors import Forbidden
from spaces import wire
from spaces.models import SpaceLayout
from spaces.room import Piece, Room


def arrange_space(actor: User, *, channel_id: int, furniture: Sequence[Piece]) -> wire.Arrangement:
    """For owners and admins of the channel. NotFound; Forbidden, also in an archived channel."""
    with transaction.atomic():
        lock_channel(channel_id)
        channel = channel_for(actor, channel_id)
        check_manager(actor, channel)
        if channel.archived:
            raise Forbidden("The channel is archived.")
        SpaceLayout.objects.update_or_create(
            channel=channel, defaults={"furniture": [list(piece) for piece in furniture]}
        )
        room = Room(channel.pk, tuple(furniture))
        arrangement = wire.Arrangement(channel=channel.pk, objects=wire.furniture_of(room))
        publish.publish(topics.space(channel.pk), wire.SpaceArranged(arrangement))
        publish.order("arrange_space", channel=channel.pk, furniture=[list(p) for p in furniture])
        return arrangement
