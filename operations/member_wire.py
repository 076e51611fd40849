"""What operations adds to `/ws/chat/`."""

from realtime.frames import Event, Frame, ReadRequest


class WatchStatistics(ReadRequest):
    """Be told every ten seconds how many people are here, or no longer."""

    active: bool = True


class HouseStatistics(Frame):
    """How many people are here, and how much they say, over all workers."""

    online: int
    messages_per_second: float


class Statistics(Event):
    """Every ten seconds, to who asked with `watch-statistics`."""

    volatile = True
    data: HouseStatistics
