"""Who comes into a document and who leaves it, for programs without Yjs: the events of channels
with `document` in the place of `channel`, so the reference has their names once."""

from chat.wire import Sender
from realtime.frames import Event, Frame, Id


class Visit(Frame):
    """Somebody in a document."""

    document: Id
    user: Sender


class UserJoined(Event):
    """Somebody came into a document that one has joined."""

    volatile = True
    data: Visit


class UserLeft(Event):
    """Somebody left a document that one has joined."""

    volatile = True
    data: Visit
