"""A document that people come to through the sockets."""

from accounts.actions.tokens import create_token
from accounts.models import User
from chat.actions import channels
from chat.models import Channel, Membership
from documents.actions.documents import create_document
from documents.queries.held import text_now
from tests.client import PASSWORD

PEOPLE = ("alice", "bob", "charlie", "dana")


class Desk:
    """A document that Alice and Bob may write in, Charlie as a guest may read."""

    def __init__(self) -> None:
        people = [_user(name) for name in PEOPLE]
        self.alice, self.bob, self.charlie, self.dana = people
        self.tokens = {user.username: create_token(user, name="t").plain for user in people}
        inside = [self.bob.pk, self.charlie.pk]
        room = channels.create_channel(self.alice, kind="private", name="desk", member_ids=inside)
        Membership.objects.filter(user=self.charlie).update(role="guest")
        self.channel = Channel.objects.get(pk=room.id)
        self.document = create_document(self.alice, channel_id=room.id, title="Plan").id

    def text(self) -> str:
        return text_now(self.alice, self.document)[1]


def _user(name: str) -> User:
    email = f"{name}@example.com"
    return User.objects.create_user(name, email, PASSWORD, display_name=name.title())
