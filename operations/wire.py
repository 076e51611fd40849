"""The frames of `/ws/admin/`, and the ones that operations adds to `/ws/chat/`."""

from typing import Annotated, Any

from pydantic import Field

from chat.wire import Login, Sender
from operations.details import Device, Fault
from operations.health import DatabaseHealth, RedisHealth
from realtime.frames import Event, Frame, ReadRequest, Request, Timestamp
from realtime.wire import MaintenanceState

NAME_LIMIT = 64


class Auth(Login):
    """Prove to be staff: `{username, password}` or `{token}`. Anybody else is closed with 4505."""


class Authenticated(Frame):
    """The reply to `auth`; `dashboard-data` follows."""

    success: bool


class ShowDashboard(ReadRequest):
    """Everything at once again, as in `dashboard-data`."""


class SystemCommand(Request):
    """Carry out a command, or with `dry_run` only say what it would do. A command of a browser
    session needs the password, a code or a passkey to have been shown within ten minutes."""

    command: Annotated[str, Field(max_length=NAME_LIMIT)]
    arguments: dict[str, Any] = {}
    dry_run: bool = False


class Result(Frame):
    """What a command did, or would do: in words, and how many people, sockets, … it met."""

    text: str
    count: int
    dry_run: bool


class CommandReply(Frame):
    """The reply to `system-command`."""

    result: Result


class CommandDone(Frame):
    """Who did what. `status` is `done`, or the code of the error."""

    command: str
    arguments: dict[str, Any]
    by: Sender
    status: str
    result: Result | None


class SystemUpdate(Event):
    """A command was carried out, or failed; to every socket of the console."""

    data: CommandDone


class AdminGreeting(Frame):
    """What every socket of the console hears first; `user` is null until `auth`."""

    protocol: int
    connection: str
    user: Sender | None
    server_time: Timestamp


class Hello(Event):
    """The first event."""

    data: AdminGreeting


class WorkerState(Frame):
    """One worker, as it was within the last second."""

    name: str
    host: str
    pid: int
    version: str
    uptime_seconds: int
    draining: bool
    sockets: int
    users: int
    loop_lag_ms: float
    memory_bytes: int
    cpu_percent: float
    outbox_bytes: int
    outbox_largest_bytes: int
    delivered: int
    messages: int
    dropped_volatile: int
    deliveries_per_second: float
    messages_per_second: float
    requests_per_second: float
    relay_healthy: bool


class Rates(Frame):
    """Over all workers: per second, and the times of answers in the worst of them."""

    sockets: int
    deliveries_per_second: float
    messages_per_second: float
    requests_per_second: float
    errors_per_second: float
    dropped_per_second: float
    p50_ms: float
    p99_ms: float
    loop_lag_ms: float
    outbox_bytes: int
    messages_total: int
    deliveries_total: int


class UserOnline(Frame):
    """Somebody who is here, with what they are here from. Addresses are for who may see
    sessions."""

    user: Sender
    sockets: int
    devices: list[Device]


class ChannelActivity(Frame):
    """A channel: the names of private ones are for who may see channels. `disk_bytes` is what its
    messages take, estimated from its newest ones."""

    id: int
    kind: str
    name: str
    archived: bool
    members: int
    followers: int
    events_per_second: float
    messages: int
    last_message_at: Timestamp | None
    disk_bytes: int


class RequestTimes(Frame):
    """One kind of request over all workers: in all, and in the last minute."""

    name: str
    count: int
    errors: int
    per_second: float
    p50_ms: float
    p99_ms: float


class BatchSizes(Frame):
    """How many messages were committed together: how many commits held at most so many."""

    bounds: list[float]
    counts: list[int]


class JobState(Frame):
    """What workers do by themselves, again and again."""

    name: str
    worker: str
    runs: int
    failures: int
    last_milliseconds: float
    last_at: Timestamp | None


class AuditEntry(Frame):
    """A line of the audit log."""

    number: int
    time: Timestamp
    actor: str
    action: str
    subject: str
    address: str


class Argument(Frame):
    """One argument of a command: `type` is text, lines, number, switch or choice; `label` and
    `description` are in the language of who asks."""

    name: str
    label: str
    type: str
    required: bool
    choices: list[str]
    default: Any
    description: str


class CommandDescription(Frame):
    """A command of the console."""

    name: str
    description: str
    dangerous: bool
    arguments: list[Argument]


class History(Frame):
    """Rows of numbers, oldest first: each second of the last five minutes, each ten seconds of the
    last hour."""

    columns: list[str]
    seconds: list[list[float]]
    tens: list[list[float]]


class AnnouncementState(Frame):
    """An announcement that is not over, and who of its audience has not confirmed it."""

    id: int
    title: str
    level: str
    requires_acknowledgement: bool
    timestamp: Timestamp
    expires_at: Timestamp | None
    confirmed: int
    missing: int
    missing_users: list[Sender]


class AnnouncementCount(Frame):
    """Who confirmed what."""

    announcement: int
    user: Sender


class AnnouncementConfirmed(Event):
    """Somebody has confirmed an announcement."""

    data: AnnouncementCount


class Dashboard(Frame):
    """Everything at once."""

    version: str
    server_time: Timestamp
    workers: list[WorkerState]
    connections: int
    rates: Rates
    users_online: int
    users: list[UserOnline]
    channels: list[ChannelActivity]
    requests: list[RequestTimes]
    errors_by_code: dict[str, int]
    batches: BatchSizes
    database: DatabaseHealth
    redis: RedisHealth
    jobs: list[JobState]
    errors: list[Fault]
    audit: list[AuditEntry]
    maintenance: MaintenanceState
    announcements: list[AnnouncementState]
    commands: list[CommandDescription]
    history: History


class DashboardData(Event):
    """After authentication."""

    data: Dashboard


class Numbers(Frame):
    """Only the numbers: `row` as in the history's columns."""

    time: Timestamp
    rates: Rates
    workers: list[WorkerState]
    row: list[float]


class Statistics(Event):
    """Every second."""

    volatile = True
    data: Numbers
