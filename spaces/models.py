"""How the space of a channel is furnished, where somebody has arranged it."""

from django.db import models

from chat.models import Channel


class SpaceLayout(models.Model):
    channel = models.OneToOneField(
        Channel, models.CASCADE, primary_key=True, related_name="space_layout"
    )
    # [[kind, x, y], …] as spaces.room.Piece.
    furniture = models.JSONField(default=list)
    arranged_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"space of channel {self.channel_id}"
