"""Requests of who is in a document on `/ws/chat/`: the text for programs without Yjs, comments for
everybody."""

from functools import partial
from typing import TYPE_CHECKING

from chat.requests import commands
from chat.wire import Sender
from documents import wire
from documents.actions import participation, writing
from documents.actions.writing import TextConflict
from documents.batches import thread
from documents.queries.state import document_state
from documents.queries.visibility import open_document
from documents.readers import Reader, Told
from documents.rooms import Rooms
from realtime import maintenance, topics
from realtime.database import in_database, submit
from realtime.errors import NotFound
from realtime.limits import Limit
from realtime.posts import Post

if TYPE_CHECKING:
    from chat.consumers import ChatConsumer

CURSORS_PER_SECOND, CURSORS_BURST = 20, 60
cursor_limit = Limit(CURSORS_PER_SECOND, CURSORS_BURST)


@commands.socket(wire.JoinDocument)
async def join_document(socket: "ChatConsumer", data: wire.JoinDocument) -> None:
    opening = await in_database(open_document, socket.user, data.document)
    room = Rooms.of(socket.worker).join(socket, data.document, opening)
    await socket.worker.relay.subscribed([topics.document_text(data.document)])
    call = partial(document_state, socket.user, document_id=data.document, with_text=data.text)
    state = await submit(thread, call)
    socket.send_event(wire.DocumentData(state))
    room.readers[socket] = Reader(Told(state.text, state.version) if data.text else None)
    room.move()  # what has come since then
    await in_database(participation.enter, socket.user, data.document, socket.connection)


@commands.socket(wire.LeaveDocument)
async def leave_document(socket: "ChatConsumer", data: wire.LeaveDocument) -> None:
    """As everywhere, leaving where one is not is the same as having left."""
    await in_database(open_document, socket.user, data.document)
    socket.worker.hub.unfollow(socket, topics.document_text(data.document))


@commands.socket(wire.DocumentChange)
async def document_change(
    socket: "ChatConsumer", data: wire.DocumentChange
) -> wire.DocumentChanged:
    """Who waits for the answer is told nothing else meanwhile: it says what the text is then."""
    maintenance.check()
    room = Rooms.of(socket.worker).find(data.document)
    reader = (room.readers.get(socket) if room else None) or Reader(None)
    call = partial(
        writing.change_text,
        socket.user,
        document_id=data.document,
        base=data.base,
        ops=[op.model_dump(exclude_none=True) for op in data.ops],
    )
    try:
        with reader.waiting():
            text, version = await submit(thread, call)
            reader.learn(text, version)
    except TextConflict as conflict:
        reader.learn(conflict.text, conflict.version)
        raise
    finally:
        if room is not None:
            room.move()  # what others wrote meanwhile
    return wire.DocumentChanged(version=version)


@commands.socket(wire.CursorMove, limit=cursor_limit)
async def cursor_move(socket: "ChatConsumer", data: wire.CursorMove) -> None:
    topic = topics.document_text(data.document)
    if topic not in socket.topics:
        raise NotFound
    cursor = wire.Cursor(
        document=data.document, user=Sender.of(socket.user), position=data.position
    )
    socket.worker.hub.publish(topic, [Post.of(wire.RemoteCursor(cursor), skip=[socket.connection])])
    if (room := Rooms.of(socket.worker).find(data.document)) is not None:
        room.pointers.point(socket, data.position)
