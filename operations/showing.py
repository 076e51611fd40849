"""A worker's part of announcing: to the sockets here, once, each in its user's language."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from django.utils import timezone

from chat.consumers import ChatConsumer
from chat.languages import language_of
from chat.wire import Announcement as Frame
from chat.wire import AnnouncementOver, AnnouncementReference, ImportantAnnouncement
from operations.announcing import audience, current, frame_of, missing
from operations.models import Announcement
from realtime.database import in_database
from realtime.posts import Batch, Post

if TYPE_CHECKING:
    from realtime.worker import Worker


class Sheet(NamedTuple):
    """An announcement with its audience; `user_ids` None: everybody."""

    languages: dict[str, Frame]
    user_ids: set[int] | None


# What ended while nobody looked: orders are lost, commits take time, clocks differ.
LOOK_BACK = timedelta(minutes=1)


class Board:
    """What one worker has shown and taken down. At its start everything counts as shown: `ready`
    tells it."""

    def __init__(self) -> None:
        self.newest: int | None = None
        self.shown: set[int] = set()
        self.over: set[int] = set()


boards: "WeakKeyDictionary[Worker, Board]" = WeakKeyDictionary()


def board_of(worker: "Worker") -> Board:
    return boards.setdefault(worker, Board())


async def check(worker: "Worker") -> None:
    """Shows what this worker has not heard of, and takes down what is over."""
    board = board_of(worker)
    newest = board.newest
    ids, over = await in_database(_look, newest)
    board.newest = max([newest or 0, *ids])
    for announcement_id in ids if newest is not None else ():
        await show(worker, announcement_id)
    for announcement_id in over:
        hide(worker, announcement_id)


async def show(worker: "Worker", announcement_id: int, again: bool = False) -> None:
    board = board_of(worker)
    if announcement_id in board.shown and not again:
        return
    board.shown.add(announcement_id)
    sheet = await in_database(_sheet, announcement_id, again)
    if sheet is None:
        return
    batches = {
        language: Batch([Post.of(ImportantAnnouncement(frame))])
        for language, frame in sheet.languages.items()
    }
    for socket in _sockets(worker):
        if sheet.user_ids is None or socket.user_id in sheet.user_ids:
            socket.outbox.write(batches[language_of(socket)])


def hide(worker: "Worker", announcement_id: int) -> None:
    """To everybody, once: whom it was for is not worth a query, and a number tells nothing."""
    board = board_of(worker)
    if announcement_id in board.over:
        return
    board.over.add(announcement_id)
    over = AnnouncementOver(AnnouncementReference(announcement=announcement_id))
    batch = Batch([Post.of(over)])
    for socket in _sockets(worker):
        socket.outbox.write(batch)


def _sockets(worker: "Worker") -> Iterator[ChatConsumer]:
    for socket in list(worker.sockets):
        if isinstance(socket, ChatConsumer) and socket.user is not None:
            yield socket


def _look(newest: int | None) -> tuple[list[int], list[int]]:
    """Of announcements: those newer than that, and those that ended lately."""
    rows = current().order_by("-pk").values_list("pk", flat=True)
    ids = rows[:1] if newest is None else rows.filter(pk__gt=newest)
    now = timezone.now()
    over = Announcement.objects.filter(expires_at__gt=now - LOOK_BACK, expires_at__lte=now)
    return list(ids), list(over.values_list("pk", flat=True))


def _sheet(announcement_id: int, again: bool) -> Sheet | None:
    row = current().filter(pk=announcement_id).first()
    if row is None:
        return None
    is_for_all = row.channel_id is None and row.group_id is None and not again
    people = missing(row) if again else audience(row)
    return Sheet(
        languages={language: frame_of(row, language) for language in ("en", "ko")},
        user_ids=None if is_for_all else set(people.values_list("pk", flat=True)),
    )
