"""The room in which every request is tried by everybody: a private one, with two messages.

Everything in it carries the word SECRET: whoever is outside must never receive it."""

from dataclasses import dataclass
from itertools import count

from accounts.actions.bans import deactivate_users
from accounts.models import User
from chat.actions.channels import create_channel
from chat.actions.memberships import remove_member
from chat.actions.messages import send_message
from chat.models import Channel, Membership
from documents.actions.comments import add_comment
from documents.actions.documents import create_document
from documents.actions.versions import name_version
from operations.announcing import Said, announce
from tests.client import PASSWORD

SECRET = "sesame"
INSIDE = ("owner", "member", "guest")
OUTSIDE = ("outsider", "ex-member", "staff")
UNKNOWN = ("anonymous", "banned")
EVERYBODY = (*INSIDE, *OUTSIDE, *UNKNOWN)

USERNAMES = {
    "owner": "alice",
    "member": "bob",
    "outsider": "charlie",
    "guest": "gil",
    "ex-member": "eve",
    "staff": "sam",
    "banned": "ben",
    "newcomer": "nari",
}

_numbers = count(1)


@dataclass
class World:
    """The people; `room()` is a new room for each try."""

    people: dict[str, User]

    @classmethod
    def make(cls) -> "World":
        people = {who: _user(name) for who, name in USERNAMES.items()}
        User.objects.filter(pk=people["staff"].pk).update(is_staff=True, is_superuser=True)
        people["staff"].refresh_from_db()
        deactivate_users(people["staff"], users=[people["banned"]])
        return cls(people)

    def room(self, kind: str = "private") -> "Room":
        number = next(_numbers)
        owner = self.people["owner"]
        inside = [self.people[who].pk for who in ("member", "guest", "ex-member")]
        made = create_channel(owner, kind=kind, name=f"{SECRET} {number}", member_ids=inside)
        guest = Membership.objects.filter(channel_id=made.id, user=self.people["guest"])
        guest.update(role=Membership.Role.GUEST)
        remove_member(owner, channel_id=made.id, user_id=self.people["ex-member"].pk)
        messages = {
            who: send_message(
                self.people[who], channel_id=made.id, text=SECRET, client_id=f"{number}"
            ).id
            for who in ("owner", "member")
        }
        document = create_document(owner, channel_id=made.id, title=SECRET).id
        comment = add_comment(owner, document_id=document, text=SECRET, index=0, length=0)
        version = name_version(owner, document_id=document, name=SECRET).id
        said = messages["owner"], messages["member"]
        channel = Channel.objects.get(pk=made.id)
        told = announce(self.people["staff"], english=Said(SECRET), channel=channel).pk
        remark = comment.id, comment.thread
        return Room(self, made.id, *said, document, *remark, version, told, str(number))


@dataclass
class Room:
    world: World
    channel: int
    owners_message: int
    members_message: int
    document: int
    comment: int
    comments_thread: int
    named_version: int
    announcement: int
    unique: str

    def id_of(self, who: str) -> int:
        return self.world.people[who].pk


def _user(name: str) -> User:
    email = f"{name}@example.com"
    return User.objects.create_user(name, email, PASSWORD, display_name=name.title())
