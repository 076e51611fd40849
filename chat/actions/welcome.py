"""Nobody new stands in an empty hall."""

from django.db import transaction

from accounts.models import User
from chat.actions.channels import create_channel
from chat.actions.memberships import join_channel
from chat.models import Channel

FIRST_CHANNEL = "general"


def welcome(user: User) -> None:
    """Joins the channels that everybody is in; whoever comes first opens the first of them."""
    with transaction.atomic():
        if not Channel.objects.exists():
            first = create_channel(user, kind=Channel.Kind.PUBLIC, name=FIRST_CHANNEL)
            Channel.objects.filter(pk=first.id).update(is_default=True)
        defaults = Channel.objects.filter(is_default=True, kind="public", archived=False)
        for channel_id in defaults.order_by("pk").values_list("pk", flat=True):
            join_channel(user, channel_id=channel_id)
