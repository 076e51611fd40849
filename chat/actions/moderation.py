"""What staff may do in every channel, whoever is in it. Clients are told as of any other change.

Each needs the permission of the admin that its docstring names; Forbidden without it.
"""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from audit.record import record
from chat.actions.channels import save_channel, show_channel
from chat.actions.memberships import NAMED, expel, note, set_role
from chat.actions.messages import bury
from chat.actions.rows import lock_channel
from chat.models import Channel, Membership, Message
from realtime.errors import Forbidden


def delete_messages(actor: User, *, message_ids: Iterable[int]) -> int:
    """chat.delete_message. The number of new tombstones."""
    _check(actor, "chat.delete_message")
    return sum(_delete(actor, message_id) for message_id in message_ids)


def _delete(actor: User, message_id: int) -> bool:
    """One transaction each: a long list does not hold a busy channel."""
    place = Message.objects.filter(pk=message_id).values_list("channel", flat=True).first()
    with transaction.atomic():
        channel = lock_channel(place) if place else None
        message = Message.objects.filter(pk=message_id, deleted=False).first()
        if channel is None or message is None:
            return False
        message.channel = channel
        bury(message)
        record(
            actor,
            "message.deleted",
            message,
            {"channel": channel.pk, "sender": message.sender_id},
        )
    return True


def change_channel(actor: User, channel: Channel, *, columns: Iterable[str]) -> None:
    """chat.change_channel. Stores these columns of the channel. Conflict if its name is taken."""
    _check(actor, "chat.change_channel")
    changed = sorted(columns)
    with transaction.atomic():
        save_channel(channel, changed)
        show_channel(channel)
        record(actor, "channel.updated", channel, {"changed": changed})


def archive_channels(actor: User, *, channel_ids: Iterable[int], archived: bool) -> int:
    """chat.change_channel. Public and private ones; the number of those that changed."""
    _check(actor, "chat.change_channel")
    rows = Channel.objects.filter(pk__in=channel_ids, kind__in=NAMED).exclude(archived=archived)
    return sum(_archive(actor, pk, archived) for pk in rows.values_list("pk", flat=True))


def _archive(actor: User, channel_id: int, archived: bool) -> bool:
    with transaction.atomic():
        channel = lock_channel(channel_id)
        if channel is None or channel.archived == archived:
            return False
        channel.archived = archived
        save_channel(channel, ["archived"])
        show_channel(channel)
        record(actor, "channel.archived" if archived else "channel.reopened", channel)
    return True


def remove_members(actor: User, *, membership_ids: Iterable[int]) -> int:
    """chat.delete_membership. Not out of direct conversations; the number of those who went."""
    _check(actor, "chat.delete_membership")
    rows = Membership.objects.filter(pk__in=membership_ids).exclude(channel__kind="direct")
    return sum(_remove(actor, *pair) for pair in rows.values_list("channel_id", "pk"))


def _remove(actor: User, channel_id: int, membership_id: int) -> bool:
    with transaction.atomic():
        channel = lock_channel(channel_id)
        row = Membership.objects.filter(pk=membership_id).select_related("user").first()
        if channel is None or row is None:
            return False
        expel(channel, [row.user])
        note(actor, "member.removed", channel, row.user)
    return True


def change_role(actor: User, membership: Membership, *, role: str) -> None:
    """chat.change_membership."""
    _check(actor, "chat.change_membership")
    with transaction.atomic():
        set_role(actor, membership, role)


def _check(actor: User, permission: str) -> None:
    if not actor.has_perm(permission):
        raise Forbidden
