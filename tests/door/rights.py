"""Who may what: for every request what to send, what comes back, and who is refused."""

from collections.abc import Callable
from typing import Any, NamedTuple

from chat import wire
from documents import wire as documents
from realtime.frames import Frame
from realtime.wire import Nothing, PresenceWatched
from spaces import wire as spaces_wire
from tests.door.world import INSIDE, OUTSIDE, SECRET, UNKNOWN, Room

OK = "ok"


class Row(NamedTuple):
    """What to send into a room, what comes back, and who is refused with which code."""

    data: Callable[[Room], dict[str, Any]]
    reply: type[Frame]
    refused: dict[str, str]


def only(*allowed: str, hidden: bool = True) -> dict[str, str]:
    """These are answered; others inside are forbidden; who is outside finds nothing there."""
    inside = {who: "forbidden" for who in INSIDE if who not in allowed}
    outside = {who: "not-found" for who in OUTSIDE if hidden}
    return inside | outside | dict.fromkeys(UNKNOWN, "not-authenticated")


INSIDERS = only(*INSIDE)
MANAGER = only("owner")
# They have not joined it: as if it did not exist.
NOT_IN_THE_SPACE = only(*INSIDE) | dict.fromkeys(INSIDE, "not-found")
ANYBODY_LOGGED_IN = only(*INSIDE, hidden=False)

ROWS: dict[str, Row] = {
    "ping": Row(lambda room: {}, Nothing, {}),
    "login": Row(lambda room: {"username": "nari", "password": "maru-demo"}, wire.LoggedIn, {}),
    "logout": Row(lambda room: {}, Nothing, ANYBODY_LOGGED_IN),
    "list-channels": Row(lambda room: {"kind": "private"}, wire.ChannelList, ANYBODY_LOGGED_IN),
    "create-channel": Row(
        lambda room: {"kind": "private", "name": f"new {room.unique}", "topic": "t"},
        wire.ChannelReply,
        only("owner", "member", hidden=False),
    ),
    "update-channel": Row(
        lambda room: {"channel": room.channel, "topic": "new"}, wire.ChannelReply, MANAGER
    ),
    "join-channel": Row(lambda room: {"channel": room.channel}, wire.ChannelReply, INSIDERS),
    "leave-channel": Row(lambda room: {"channel": room.channel}, wire.ChannelReply, INSIDERS),
    "add-member": Row(
        lambda room: {"channel": room.channel, "user": room.id_of("newcomer")},
        wire.ChannelReply,
        only("owner", "member"),
    ),
    "remove-member": Row(
        lambda room: {"channel": room.channel, "user": room.id_of("guest")},
        wire.ChannelReply,
        MANAGER,
    ),
    "list-members": Row(lambda room: {"channel": room.channel}, wire.MemberList, INSIDERS),
    "list-users": Row(lambda room: {}, wire.UserList, ANYBODY_LOGGED_IN),
    "open-direct": Row(
        lambda room: {"users": [room.id_of("newcomer")]},
        wire.ChannelReply,
        ANYBODY_LOGGED_IN | {"guest": "not-found"},  # who knows nobody outside
    ),
    "open-thread": Row(lambda room: {"message": room.members_message}, wire.ChannelReply, INSIDERS),
    "open-channel": Row(lambda room: {"channel": room.channel}, wire.ChannelOpened, INSIDERS),
    "history": Row(lambda room: {"channel": room.channel}, wire.MessagePage, INSIDERS),
    "send-message": Row(
        lambda room: {
            "channel": room.channel,
            "text": SECRET,
            "client_id": f"new {room.unique}",
            "reply_to": room.owners_message,
        },
        wire.MessageReply,
        INSIDERS,
    ),
    "show-message": Row(
        lambda room: {"message": room.members_message}, wire.MessageReply, INSIDERS
    ),
    "edit-message": Row(
        lambda room: {"message": room.members_message, "text": f"{SECRET}!"},
        wire.MessageReply,
        only("member"),
    ),
    "delete-message": Row(
        lambda room: {"message": room.members_message}, wire.MessageReply, only("owner", "member")
    ),
    "add-reaction": Row(
        lambda room: {"message": room.members_message, "emoji": "👍"}, wire.MessageReply, INSIDERS
    ),
    "remove-reaction": Row(
        lambda room: {"message": room.members_message, "emoji": "👍"}, wire.MessageReply, INSIDERS
    ),
    "mark-read": Row(
        lambda room: {"channel": room.channel, "position": 1}, wire.ReadPosition, INSIDERS
    ),
    "typing": Row(lambda room: {"channel": room.channel}, Nothing, INSIDERS),
    "create-document": Row(
        lambda room: {"channel": room.channel, "title": SECRET, "template": "meeting"},
        documents.DocumentReply,
        only("owner", "member"),
    ),
    "list-documents": Row(lambda room: {"channel": room.channel}, documents.DocumentList, INSIDERS),
    "show-document": Row(
        lambda room: {"document": room.document}, documents.DocumentReply, INSIDERS
    ),
    "update-document": Row(
        lambda room: {"document": room.document, "title": f"{SECRET}!"},
        documents.DocumentReply,
        only("owner", "member"),
    ),
    "join-document": Row(lambda room: {"document": room.document}, Nothing, INSIDERS),
    "leave-document": Row(lambda room: {"document": room.document}, Nothing, INSIDERS),
    "document-change": Row(
        lambda room: {"document": room.document, "base": 0, "ops": [{"insert": SECRET}]},
        documents.DocumentChanged,
        only("owner", "member"),
    ),
    "cursor-move": Row(  # nobody here has joined the document
        lambda room: {"document": room.document, "position": {"index": 0}},
        Nothing,
        only() | dict.fromkeys(INSIDE, "not-found"),
    ),
    "add-comment": Row(
        lambda room: {"document": room.document, "text": SECRET, "position": {"index": 0}},
        documents.OneComment,
        only("owner", "member"),
    ),
    "reply-comment": Row(
        lambda room: {"comment": room.comment, "text": SECRET},
        documents.OneComment,
        only("owner", "member"),
    ),
    "resolve-comment": Row(
        lambda room: {"comment": room.comment}, documents.OneComment, only("owner", "member")
    ),
    "show-comment": Row(
        lambda room: {"thread": room.comments_thread}, documents.OneComment, INSIDERS
    ),
    "list-versions": Row(lambda room: {"document": room.document}, documents.VersionList, INSIDERS),
    "name-version": Row(
        lambda room: {"document": room.document, "name": SECRET},
        documents.OneVersion,
        only("owner", "member"),
    ),
    "show-version": Row(
        lambda room: {"version": room.named_version}, documents.VersionText, INSIDERS
    ),
    "restore-version": Row(
        lambda room: {"version": room.named_version},
        documents.DocumentReply,
        only("owner", "member"),
    ),
    "set-status": Row(
        lambda room: {"presence": "busy", "emoji": "☕", "text": "tea"},
        wire.StatusSet,
        ANYBODY_LOGGED_IN,
    ),
    "player-join": Row(lambda room: {"channel": room.channel}, Nothing, INSIDERS),
    "player-input": Row(
        lambda room: {"channel": room.channel, "dx": 1, "dy": 1}, Nothing, NOT_IN_THE_SPACE
    ),
    "player-leave": Row(lambda room: {"channel": room.channel}, Nothing, NOT_IN_THE_SPACE),
    "arrange-space": Row(
        lambda room: {"channel": room.channel, "objects": []}, spaces_wire.Arrangement, MANAGER
    ),
    "set-preferences": Row(
        lambda room: {"theme": "dark", "language": "ko"}, wire.PreferencesState, ANYBODY_LOGGED_IN
    ),
    "save-draft": Row(lambda room: {"channel": room.channel, "text": SECRET}, Nothing, INSIDERS),
    "update-membership": Row(
        lambda room: {"channel": room.channel, "starred": True, "section": "s"},
        wire.ChannelReply,
        INSIDERS,
    ),
    "save-message": Row(lambda room: {"message": room.members_message}, Nothing, INSIDERS),
    "unsave-message": Row(
        lambda room: {"message": room.members_message}, Nothing, ANYBODY_LOGGED_IN
    ),
    "list-saved": Row(lambda room: {}, wire.SavedList, ANYBODY_LOGGED_IN),
    "pin-message": Row(lambda room: {"message": room.members_message}, wire.MessageReply, INSIDERS),
    "unpin-message": Row(
        lambda room: {"message": room.members_message}, wire.MessageReply, INSIDERS
    ),
    "list-pins": Row(lambda room: {"channel": room.channel}, wire.PinList, INSIDERS),
    "list-edits": Row(lambda room: {"message": room.members_message}, wire.EditList, INSIDERS),
    "list-seen": Row(lambda room: {"message": room.members_message}, wire.SeenList, INSIDERS),
    "list-commands": Row(lambda room: {}, wire.CommandList, ANYBODY_LOGGED_IN),
    "run-command": Row(
        lambda room: {
            "channel": room.channel,
            "name": "me",
            "arguments": SECRET,
            "client_id": f"new {room.unique}",
        },
        wire.CommandOutcome,
        INSIDERS,
    ),
    "list-threads": Row(lambda room: {}, wire.ThreadList, ANYBODY_LOGGED_IN),
    "watch-statistics": Row(lambda room: {}, Nothing, ANYBODY_LOGGED_IN),
    "acknowledge-announcement": Row(
        lambda room: {"announcement": room.announcement}, Nothing, INSIDERS
    ),
    "show-user": Row(lambda room: {"user": room.id_of("owner")}, wire.Profile, ANYBODY_LOGGED_IN),
    "watch-presence": Row(
        lambda room: {"users": [room.id_of("owner"), room.id_of("banned")]},
        PresenceWatched,
        ANYBODY_LOGGED_IN,
    ),
}

# A public channel, for who is not in it: everybody but guests may look, members may speak.
PUBLIC_TO_OUTSIDERS = {
    "open-channel": OK,
    "history": OK,
    "show-message": OK,
    "list-members": OK,
    "join-channel": OK,
    "open-thread": OK,
    "send-message": "forbidden",
    "add-reaction": "forbidden",
    "remove-reaction": "forbidden",
    "edit-message": "forbidden",
    "delete-message": "forbidden",
    "mark-read": "forbidden",
    "run-command": "forbidden",
    "save-draft": OK,
    "update-membership": "forbidden",
    "save-message": OK,
    "pin-message": "forbidden",
    "unpin-message": "forbidden",
    "list-pins": OK,
    "list-edits": OK,
    "list-seen": OK,
    "typing": "forbidden",
    "update-channel": "forbidden",
    "add-member": "forbidden",
    "remove-member": "forbidden",
    "leave-channel": OK,
    "create-document": "forbidden",
    "list-documents": OK,
    "show-document": OK,
    "update-document": "forbidden",
    "player-join": OK,
    "arrange-space": "forbidden",
}

# What an archived channel refuses to everybody.
WRITES = [
    "send-message", "edit-message", "delete-message", "add-reaction", "remove-reaction",
    "pin-message", "unpin-message", "create-document", "update-document", "document-change",
    "add-comment", "reply-comment", "resolve-comment", "name-version", "restore-version",
    "run-command", "open-thread", "add-member",
]  # fmt: skip
