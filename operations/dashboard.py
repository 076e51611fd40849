"""Everything that the console shows at once, for one viewer.

Staff without the permission to see channels, sessions or the audit log do not see here either what
the admin would not show them: the names of private channels, addresses, entries; nor commands that
they may not give.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from time import monotonic, sleep
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db.models import Avg
from django.db.models.functions import Length
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from chat.models import Channel, Message
from chat.wire import Sender
from operations import statistics, wire
from operations.announcing import current, missing
from operations.closing import closure_state
from operations.commands import commands_for, descriptions
from operations.details import Details, Device, Fault, Here
from operations.health import database_health, redis_health
from operations.history import COLUMNS
from operations.models import Announcement
from operations.sample import errors_of
from operations.store import shared_store

PATIENCE_SECONDS = 2.5  # workers tell their details every two seconds
PAUSE_SECONDS = 0.1
CHANNELS_SHOWN = 20
ENTRIES_SHOWN = 30
ANNOUNCEMENTS_SHOWN = 10
MISSING_SHOWN = 50
FAULTS_SHOWN = 50
SAMPLED_MESSAGES = 200
ROW_BYTES = 180  # what a message takes beside its text: columns and their indexes
DISK_KEPT_SECONDS = 60


def dashboard(viewer: User) -> wire.Dashboard:
    store = shared_store()
    store.watch()
    samples, details = store.samples(), store.details()
    people = users_online(viewer, details.values())
    return wire.Dashboard(
        version=settings.VERSION,
        server_time=timezone.now(),
        workers=[statistics.worker_state(sample) for sample in samples],
        connections=sum(sample.sockets for sample in samples),
        rates=statistics.rates(samples),
        users_online=len(people),
        users=people,
        channels=channels(viewer, details.values()),
        requests=statistics.request_times(samples),
        errors_by_code=dict(errors_of(samples)),
        batches=statistics.batch_sizes(samples),
        database=database_health(),
        redis=redis_health(),
        jobs=statistics.jobs(samples),
        errors=faults(details.values()),
        audit=audit_entries(viewer),
        maintenance=closure_state(),
        announcements=announcements(),
        commands=descriptions(commands_for(viewer)),
        history=wire.History(
            columns=[*COLUMNS], seconds=store.history("seconds"), tens=store.history("tens")
        ),
    )


def whole_dashboard(viewer: User) -> wire.Dashboard:
    """The first look waits until every worker has told its details, a moment at most."""
    store = shared_store()
    store.watch()
    deadline = monotonic() + PATIENCE_SECONDS
    while monotonic() < deadline:
        if {sample.worker for sample in store.samples()} <= {*store.details()}:
            break
        sleep(PAUSE_SECONDS)
    return dashboard(viewer)


def users_online(viewer: User, details: Iterable[Details]) -> list[wire.UserOnline]:
    found: dict[int, list[Here]] = defaultdict(list)
    for each in details:
        for here in each.people:
            found[here.user].append(here)
    sees_addresses = viewer.has_perm("accounts.view_session")
    return [
        wire.UserOnline(
            user=Sender.of(user),
            sockets=sum(here.sockets for here in found[user.pk]),
            devices=_devices(found[user.pk]) if sees_addresses else [],
        )
        for user in User.objects.filter(pk__in=found).order_by("username")
    ]


def _devices(here: Sequence[Here]) -> list[Device]:
    """Each kind from each address once."""
    return list(dict.fromkeys(device for each in here for device in each.devices))


class Busyness(NamedTuple):
    followers: int
    events_per_second: float


def channels(viewer: User, details: Iterable[Details]) -> list[wire.ChannelActivity]:
    """The busiest first, then those where somebody wrote last."""
    busy = busyness(details)
    lately = Channel.objects.exclude(last_message_at=None).order_by("-last_message_at")
    ids = {*sorted(busy, key=lambda pk: -busy[pk].events_per_second)[:CHANNELS_SHOWN]}
    ids |= {*lately.values_list("pk", flat=True)[:CHANNELS_SHOWN]}
    sees_names = viewer.has_perm("chat.view_channel")
    shown = [_activity(row, busy, sees_names) for row in Channel.objects.filter(pk__in=ids)]
    shown.sort(
        key=lambda each: (
            -each.events_per_second,
            -(each.last_message_at.timestamp() if each.last_message_at else 0),
        )
    )
    return shown[:CHANNELS_SHOWN]


def busyness(details: Iterable[Details]) -> dict[int, Busyness]:
    """Every worker passes on every event, but each has followers of its own."""
    busy: dict[int, Busyness] = {}
    for each in details:
        for channel in each.channels:
            followers, rate = busy.get(channel.channel, Busyness(0, 0.0))
            busy[channel.channel] = Busyness(
                followers + channel.followers, max(rate, channel.events_per_second)
            )
    return busy


def _activity(
    channel: Channel, busy: dict[int, Busyness], sees_names: bool
) -> wire.ChannelActivity:
    is_open = channel.kind == Channel.Kind.PUBLIC
    followers, rate = busy.get(channel.pk, Busyness(0, 0.0))
    return wire.ChannelActivity(
        id=channel.pk,
        kind=channel.kind,
        name=channel.name if is_open or sees_names else "",
        archived=channel.archived,
        members=channel.member_count,
        followers=followers,
        events_per_second=rate,
        messages=channel.last_position,
        last_message_at=channel.last_message_at,
        disk_bytes=disk_bytes(channel),
    )


def disk_bytes(channel: Channel) -> int:
    """From its newest messages: reading all of a million would take seconds."""
    key = f"operations-disk-{channel.pk}"
    each = cache.get(key)
    if each is None:
        newest = channel.last_position - SAMPLED_MESSAGES
        rows = Message.objects.filter(channel=channel, position__gt=newest)
        size = rows.aggregate(mean=Avg(Length("text") + Length("html")))["mean"]
        each = (size or 0) + ROW_BYTES
        cache.set(key, each, DISK_KEPT_SECONDS)
    return int(each * channel.last_position)


def faults(details: Iterable[Details]) -> list[Fault]:
    """The newest first."""
    found = [fault for each in details for fault in each.faults]
    return sorted(found, key=lambda fault: fault.time, reverse=True)[:FAULTS_SHOWN]


def announcements() -> list[wire.AnnouncementState]:
    """The newest first."""
    return [_announcement(row) for row in current().order_by("-pk")[:ANNOUNCEMENTS_SHOWN]]


def _announcement(row: Announcement) -> wire.AnnouncementState:
    unconfirmed = missing(row).order_by("username")
    return wire.AnnouncementState(
        id=row.pk,
        title=str(row),
        level=row.level,
        requires_acknowledgement=row.requires_acknowledgement,
        timestamp=row.created_at,
        expires_at=row.expires_at,
        confirmed=row.acknowledgements.count(),
        missing=unconfirmed.count(),
        missing_users=[Sender.of(user) for user in unconfirmed[:MISSING_SHOWN]],
    )


def audit_entries(viewer: User) -> list[wire.AuditEntry]:
    if not viewer.has_perm("audit.view_entry"):
        return []
    return [
        wire.AuditEntry(
            number=entry.number,
            time=entry.time,
            actor=entry.actor_name,
            action=entry.action,
            subject=entry.subject,
            address=entry.address,
        )
        for entry in Entry.objects.order_by("-number")[:ENTRIES_SHOWN]
    ]
