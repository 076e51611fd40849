"""One frame of every kind, for the golden files in tests/wire, which the browser's tests read too.

`python -m tests.chat.examples` writes them anew.
"""

# ruff: noqa: E402 - the models behind the frames can be imported once Django is set up

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import django

GOLDEN = Path(__file__).parent.parent / "wire"

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatproject.settings")
    django.setup()

from chat import wire
from documents import wire as documents
from operations import member_wire as operations
from realtime import wire as common
from realtime.frames import Event, Frame
from tests.spaces.examples import EVENTS as SPACES
from tests.spaces.examples import encoded

MOMENT = datetime(2026, 11, 22, 6, 5, 4, 321_987, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 6, 7, 0, tzinfo=UTC)

ALICE = wire.Sender(id=1, username="alice", display_name="Alice", avatar_url="", is_bot=False)
CHULSOO = wire.Sender(
    id=2, username="김철수", display_name="김철수", avatar_url="/media/avatars/2.webp", is_bot=False
)
USER = wire.User(
    **ALICE.model_dump(),
    status=wire.Status(emoji="🌴", text="On holiday", expires_at=LATER),
    presence="away",
    last_seen=MOMENT,
)
MEMBERSHIP = wire.Membership(
    role="owner",
    read_position=3,
    notify="all",
    muted=False,
    starred=True,
    section="팀",
    mention_count=1,
)
CHANNEL = wire.Channel(
    id=7,
    kind="public",
    name="회의",
    topic="매주 월요일",
    archived=False,
    posting="everyone",
    parent=None,
    root_message=None,
    version=9,
    last_position=5,
    last_message_at=MOMENT,
    member_count=2,
    membership=MEMBERSHIP,
    members=None,
)
DIRECT = CHANNEL.model_copy(
    update={"id": 8, "kind": "direct", "name": "", "topic": "", "members": [ALICE, CHULSOO]}
)
THREAD = CHANNEL.model_copy(
    update={"id": 9, "kind": "thread", "name": "", "topic": "", "parent": 7, "root_message": 41}
)
MESSAGE = wire.Message(
    id=41,
    channel=7,
    position=5,
    version=9,
    client_id="0b7f-한",
    kind="user",
    sender=CHULSOO,
    text="**안녕** @alice",
    html='<p><strong>안녕</strong> <span class="mention" data-user="1">@Alice</span></p>',
    timestamp=MOMENT,
    edited_at=LATER,
    deleted=False,
    mentions=[1],
    broadcast="channel",
    reactions=[wire.Reaction(emoji="👍", users=[1, 2]), wire.Reaction(emoji="❤️", users=[2])],
    thread=wire.ThreadSummary(channel=9, reply_count=3, last_reply_at=LATER, participants=[1, 2]),
    reply_to=40,
    pinned=True,
    document=3,
)
TOMBSTONE = wire.Message(
    id=42,
    channel=7,
    position=6,
    version=10,
    client_id="x",
    kind="user",
    sender=ALICE,
    text="",
    html="",
    timestamp=MOMENT,
    edited_at=None,
    deleted=True,
    mentions=[],
    broadcast=None,
    reactions=[],
    thread=None,
    reply_to=None,
    pinned=False,
)
PREFERENCES = wire.Preferences(
    theme="dark",
    density="compact",
    enter_sends=True,
    clock="24",
    language="ko",
    share_reading=True,
    reduced_motion=False,
    contrast="auto",
)
DRAFT = wire.Draft(channel=7, text="내일은", reply_to=41, updated_at=LATER)
HOUSE = wire.HouseState(name="마루", logo_url="", accent="#3f6f5c")
LIMITS = wire.Limits(
    text_length=20_000,
    frame_bytes=65_536,
    messages_per_second=10.0,
    messages_burst=30,
    typing_per_second=1.0,
    requests_per_second=50.0,
    requests_burst=200,
    login_tries_per_name_and_minute=5,
    login_tries_per_address_and_minute=20,
)
ABSENT = common.PresenceChange(user=2, presence="offline", last_seen=MOMENT)

DOCUMENT = documents.Document(
    id=3,
    channel=7,
    title="회의록",
    parent=None,
    created_by=ALICE,
    created_at=MOMENT,
    updated_at=LATER,
    archived=False,
    version=12,
    participants=[CHULSOO],
    message=41,
)
COMMENT = documents.CommentChange(
    document=3,
    comment=documents.Comment(
        id=5,
        document=3,
        user=ALICE,
        text="왜?",
        quote="회의",
        position=documents.Place(index=2, length=2),
        timestamp=MOMENT,
        resolved=False,
        thread=9,
        replies=[documents.CommentReply(id=43, user=CHULSOO, text="그냥", timestamp=LATER)],
    ),
)

ANNOUNCEMENT = wire.Announcement(
    id=5,
    title="Water",
    html="<p>No water at <strong>noon</strong>.</p>",
    level="warning",
    requires_acknowledgement=True,
    timestamp=MOMENT,
)

EVENTS: list[Event] = [
    wire.Hello(
        wire.Greeting(connection="a1b2", user=USER, server_time=MOMENT, limits=LIMITS, house=HOUSE)
    ),
    wire.Ready(
        wire.ReadyState(
            user=USER,
            channels=[CHANNEL, DIRECT, THREAD],
            preferences=PREFERENCES,
            drafts=[DRAFT],
            saved=[42, 41],
            announcements=[ANNOUNCEMENT],
        )
    ),
    wire.NewMessage(MESSAGE),
    wire.MessageUpdated(MESSAGE),
    wire.MessageDeleted(TOMBSTONE),
    wire.ChannelCreated(CHANNEL),
    wire.ChannelUpdated(DIRECT),
    wire.UserJoined(wire.MemberChange(channel=7, user=CHULSOO, member_count=3)),
    wire.UserLeft(wire.MemberChange(channel=7, user=CHULSOO, member_count=2)),
    wire.ReadUpdated(wire.ChannelReadPosition(channel=7, read_position=5, mention_count=0)),
    wire.DraftUpdated(DRAFT),
    wire.SavedUpdated(wire.SavedChange(message=41, saved=True)),
    wire.PreferencesUpdated(wire.PreferencesState(preferences=PREFERENCES)),
    wire.UserUpdated(wire.UserChange(user=USER)),
    wire.HouseUpdated(HOUSE),
    wire.UserTyping(wire.TypingState(channel=7, user=ALICE, active=True)),
    documents.DocumentCreated(DOCUMENT),
    documents.DocumentUpdated(DOCUMENT),
    documents.DocumentData(
        documents.DocumentState(
            document=3,
            title="회의록",
            text="# 회의\n",
            version=12,
            participants=[CHULSOO],
            comments=[COMMENT.comment],
        )
    ),
    documents.TextChanged(
        documents.Change(
            document=3,
            user=CHULSOO,
            ops=[documents.Op(retain=2), documents.Op(insert="오늘 ")],
            version=13,
            timestamp=LATER,
        )
    ),
    documents.RemoteCursor(
        documents.Cursor(document=3, user=ALICE, position=documents.Place(index=2))
    ),
    documents.NewComment(COMMENT),
    documents.CommentUpdated(COMMENT),
    documents.DocumentParticipants(documents.Participants(document=3, participants=[ALICE])),
    common.UserOnline(ABSENT.model_copy(update={"presence": "online"})),
    common.UserAway(ABSENT.model_copy(update={"presence": "away"})),
    common.UserOffline(ABSENT),
    common.Resync(common.Nothing()),
    common.GoingAway(common.Reconnection(reconnect_after_ms=1_500)),
    wire.ImportantAnnouncement(ANNOUNCEMENT),
    wire.AnnouncementAcknowledged(wire.AnnouncementReference(announcement=5)),
    wire.AnnouncementOver(wire.AnnouncementReference(announcement=5)),
    operations.Statistics(operations.HouseStatistics(online=1204, messages_per_second=35.0)),
    common.MaintenanceUpdated(common.MaintenanceState(starts_at=MOMENT, message="A new disk")),
    *SPACES,
]
OBJECTS: dict[str, Frame] = {
    "user": USER,
    "sender": CHULSOO,
    "channel": CHANNEL,
    "channel-direct": DIRECT,
    "channel-thread": THREAD,
    "membership": MEMBERSHIP,
    "message": MESSAGE,
    "message-tombstone": TOMBSTONE,
    "limits": LIMITS,
}


def golden_files() -> dict[str, str]:
    """The text of each file by its name."""
    events = {f"event-{type(e).name()}": encoded(e).decode() for e in EVENTS}
    objects = {f"object-{name}": frame.model_dump_json() for name, frame in OBJECTS.items()}
    return {f"{name}.json": _indented(text) for name, text in (events | objects).items()}


def _indented(text: str) -> str:
    return json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def write() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for name, text in golden_files().items():
        (GOLDEN / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
