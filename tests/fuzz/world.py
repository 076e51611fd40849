"""What the frames are about: a few people and channels, made anew now and then."""

from dataclasses import dataclass, field

from accounts.actions.tokens import create_token
from accounts.models import User
from chat.actions.channels import create_channel, open_direct
from chat.actions.memberships import add_member
from chat.actions.messages import delete_message, send_message
from chat.actions.threads import open_thread
from chat.models import Channel, Membership

PEOPLE = ("alice", "bob", "gil", "charlie")


@dataclass
class World:
    """The ids of what there is, and a few of what there is not."""

    tokens: list[str] = field(default_factory=list)
    users: list[int] = field(default_factory=list)
    channels: list[int] = field(default_factory=list)
    messages: list[int] = field(default_factory=list)

    def make_people(self) -> None:
        for name in PEOPLE:
            user = User.objects.create(username=name, display_name=name.title())
            self.tokens.append(create_token(user, name="fuzz").plain)
            self.users.append(user.pk)

    def make_rooms(self) -> None:
        """Forgets what the last frames left behind."""
        Channel.objects.all().delete()
        alice, bob, gil, _ = User.objects.in_bulk(self.users).values()
        kinds = ("private", "public")
        rooms = [create_channel(alice, kind=kind, name=kind, member_ids=[bob.pk]) for kind in kinds]
        add_member(alice, channel_id=rooms[0].id, user_id=gil.pk)
        Membership.objects.filter(user=gil).update(role=Membership.Role.GUEST)
        said = [
            send_message(author, channel_id=room.id, text="hi", client_id=f"{author} {room.id}").id
            for author, room in zip((alice, bob, bob), (*rooms, rooms[0]), strict=True)
        ]
        delete_message(bob, message_id=said[-1])  # or nothing may ever conflict
        others = [open_direct(alice, user_ids=[bob.pk]), open_thread(bob, message_id=said[0])]
        self.channels[:] = [*(room.id for room in (*rooms, *others)), 10**9]
        self.messages[:] = [*said, 10**9]
