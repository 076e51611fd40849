"""What a batch of updates has to know of its documents and their writers, in one round trip: with
the ORM this took longer than everything else that is done for an update."""

from collections.abc import Collection
from typing import NamedTuple

from chat.models import Channel, Membership
from chat.queries.visibility import MANAGERS
from documents.models import Document
from realtime.statements import Statement, carry_out, numbers, table

Editor = tuple[int, int]  # a channel and who may write there


class Desk(NamedTuple):
    """A document and how it stands. `is_open`: neither it nor its channel is archived."""

    pk: int
    channel_id: int
    version: int
    size: int
    is_open: bool


def read_desks(
    document_ids: Collection[int], user_ids: Collection[int]
) -> tuple[dict[int, Desk], set[Editor]]:
    """By id, without those that do not exist. The rule is that of check_editable."""
    documents, editors = carry_out(_documents(document_ids), _editors(document_ids, user_ids))
    desks = [Desk(*row) for row in documents]
    return {desk.pk: desk for desk in desks}, {(channel, user) for channel, user in editors}


def _documents(ids: Collection[int]) -> Statement:
    channels = table(Channel)
    return (
        "SELECT document.id, document.channel_id, document.version,"  # noqa: S608
        " document.snapshot_size + document.updates_size,"
        " NOT (document.archived OR channel.archived"
        " OR COALESCE(parent.archived, channel.archived))"
        f" FROM {table(Document)} AS document"
        f" JOIN {channels} AS channel ON channel.id = document.channel_id"
        f" LEFT JOIN {channels} AS parent ON parent.id = channel.parent_id"
        f" WHERE document.id IN ({numbers(ids)})",
        [],
    )


def _editors(document_ids: Collection[int], user_ids: Collection[int]) -> Statement:
    managers = ", ".join(f"'{role}'" for role in MANAGERS)
    return (
        f"SELECT own.channel_id, own.user_id FROM {table(Membership)} AS own"  # noqa: S608
        f" JOIN {table(Channel)} AS channel ON channel.id = own.channel_id"
        f" WHERE own.user_id IN ({numbers(user_ids)}) AND own.role <> '{Membership.Role.GUEST}'"
        f" AND (channel.posting = '{Channel.Posting.EVERYONE}' OR own.role IN ({managers}))"
        f" AND own.channel_id IN (SELECT channel_id FROM {table(Document)}"
        f" WHERE id IN ({numbers(document_ids)}))",
        [],
    )
