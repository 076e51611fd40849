"""A worker's part of announcing: to the sockets here, once, each in its user's language."""

from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from chat.consumers import ChatConsumer
from chat.wire import Announcement as Frame
from chat.wire import ImportantAnnouncement
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


class Board:
    """What one worker has shown. At its start everything counts as shown: `ready` tells it."""

    def __init__(self) -> None:
        self.newest: int | None = None
        self.shown: set[int] = set()


boards: "WeakKeyDictionary[Worker, Board]" = WeakKeyDictionary()


def board_of(worker: "Worker") -> Board:
    return boards.setdefault(worker, Board())


async def check(worker: "Worker") -> None:
    """Shows what this worker has not heard of."""
    board = board_of(worker)
    newest = board.newest
    ids = await in_database(_ids_after, newest)
    board.newest = max([newest or 0, *ids])
    for announcement_id in ids if newest is not None else ():
        await show(worker, announcement_id)


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
    for socket in list(worker.sockets):
        if not isinstance(socket, ChatConsumer) or socket.user is None:
            continue
        if sheet.user_ids is None or socket.user_id in sheet.user_ids:
            language = "ko" if socket.user.language == "ko" else "en"
            socket.outbox.write(batches[language])


def _ids_after(newest: int | None) -> list[int]:
    rows = current().order_by("-pk")
    if newest is not None:
        return list(rows.filter(pk__gt=newest).values_list("pk", flat=True))
    return list(rows.values_list("pk", flat=True)[:1])


def _sheet(announcement_id: int, again: bool) -> Sheet | None:
    row = Announcement.objects.filter(pk=announcement_id).first()
    if row is None:
        return None
    is_for_all = row.channel_id is None and row.group_id is None and not again
    people = missing(row) if again else audience(row)
    return Sheet(
        languages={language: frame_of(row, language) for language in ("en", "ko")},
        user_ids=None if is_for_all else set(people.values_list("pk", flat=True)),
    )
