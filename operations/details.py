"""What a worker tells only while somebody looks at the console: who is here and from where, which
channels are busy, and the last faults in its log."""

from typing import TYPE_CHECKING

from accounts.user_agents import browser_of, system_of
from realtime import topics
from realtime.frames import Frame
from realtime.meter import meter
from realtime.origins import header

if TYPE_CHECKING:
    from realtime.consumer import SocketConsumer
    from realtime.worker import Worker

USERS_TOLD = 500
DEVICES_TOLD = 10
CHANNELS_TOLD = 50
AGENT_TOLD = 60  # characters, of a program that no list knows


class Device(Frame):
    """One socket of somebody: where it comes from and what opened it."""

    address: str
    device: str


class Here(Frame):
    """Somebody's sockets on one worker; `sockets` counts all, `devices` shows some."""

    user: int
    sockets: int
    devices: list[Device]


class Busy(Frame):
    """A channel with followers on one worker."""

    channel: int
    followers: int
    events_per_second: float


class Fault(Frame):
    """A line of the log at WARNING or worse, without what people wrote."""

    time: str
    level: str
    logger: str
    text: str
    request: str


class Details(Frame):
    people: list[Here]
    channels: list[Busy]
    faults: list[Fault]


def details_of(worker: "Worker", passed: dict[str, int], seconds: float) -> Details:
    """`passed`: the events on each topic `seconds` ago."""
    return Details(
        people=_people(worker),
        channels=_channels(worker, passed, seconds),
        faults=[Fault(**fault) for fault in [*meter.faults]],
    )


def _people(worker: "Worker") -> list[Here]:
    sockets: dict[int, list[SocketConsumer]] = {}
    for each in worker.sockets:
        if each.user_id is not None and (each.user_id in sockets or len(sockets) < USERS_TOLD):
            sockets.setdefault(each.user_id, []).append(each)
    return [
        Here(user=user_id, sockets=len(own), devices=[device_of(s) for s in own[:DEVICES_TOLD]])
        for user_id, own in sockets.items()
    ]


def device_of(socket: "SocketConsumer") -> Device:
    agent = header(socket.scope["headers"], b"user-agent") or ""
    known = " · ".join(filter(None, (browser_of(agent), system_of(agent))))
    return Device(address=socket.address, device=known or agent[:AGENT_TOLD])


def _channels(worker: "Worker", passed: dict[str, int], seconds: float) -> list[Busy]:
    busy = [
        Busy(
            channel=topics.channel_id(name),
            followers=len(topic.followers),
            events_per_second=round((topic.passed - passed.get(name, 0)) / max(seconds, 1), 2),
        )
        for name, topic in worker.hub.topics.items()
        if name.startswith("channel.")
    ]
    busy.sort(key=lambda each: (each.events_per_second, each.followers), reverse=True)
    return busy[:CHANNELS_TOLD]
