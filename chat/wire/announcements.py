"""What the house tells people whether they are here or not."""

from typing import Literal

from realtime.frames import Event, Frame, Id, Request, Timestamp

Level = Literal["info", "warning", "critical"]


class Announcement(Frame):
    """In the user's language. It comes with every `ready` until it is acknowledged or over; one
    that does not require it is acknowledged by the client when the user puts it away."""

    id: Id
    title: str
    html: str
    level: Level
    requires_acknowledgement: bool
    timestamp: Timestamp


class ImportantAnnouncement(Event):
    """An announcement for this user has just been made, or they are reminded of one."""

    data: Announcement


class AcknowledgeAnnouncement(Request):
    """The user has read it. Again: no change."""

    announcement: Id


class AnnouncementReference(Frame):
    """Which one."""

    announcement: Id


class AnnouncementOver(Event):
    """It was withdrawn or has expired: nobody is shown it any more, whoever it was for."""

    data: AnnouncementReference


class AnnouncementAcknowledged(Event):
    """To the user's other sockets: it need not be shown any more."""

    data: AnnouncementReference
