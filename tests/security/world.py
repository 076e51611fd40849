"""Eight visitors before every door, and one of each thing that a door can lead to.

`member` is in the channel that the doors lead to, an `outsider` is not, an `ex-member` was, a
`guest` is one elsewhere; `staff` has no rights, `owner` has them all."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts.actions.invitations import create_invitation
from accounts.actions.tokens import create_token
from accounts.models import LoginAttempt, Session, User
from audit.models import Entry
from chat.actions.channels import create_channel
from chat.actions.memberships import add_member, remove_member
from chat.actions.messages import send_message
from chat.models import Membership
from documents.actions.comments import add_comment
from documents.actions.documents import create_document
from documents.actions.versions import name_version
from operations.announcing import Said, announce
from tests.client import PASSWORD

VISITORS = ("anonymous", "member", "staff", "owner", "banned")
OUTSIDE = ("outsider", "ex-member", "guest")
SECRET = "sesame"
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)")


def routes() -> list[str]:
    """Every pattern that the resolver knows, as one string each."""

    def walk(resolver: URLResolver, prefix: str) -> list[str]:
        found = []
        for pattern in resolver.url_patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                found.append(route)
            else:
                found += walk(pattern, route)
        return found

    return walk(get_resolver(), "")


@dataclass
class World:
    browsers: dict[str, Client] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    seen: str = ""  # at the last visit

    @classmethod
    def make(cls) -> "World":
        world = cls()
        for name in (*VISITORS, *OUTSIDE):
            world.browsers[name] = Client(raise_request_exception=True)
            if name != "anonymous":
                world._enter(name)
        User.objects.filter(username="banned").update(is_active=False)
        world.things = things_of(User.objects.get(username="member"))
        put_out(world.things["channel"])
        return world

    def _enter(self, name: str) -> None:
        User.objects.create_user(
            name,
            f"{name}@example.com",
            PASSWORD,
            is_staff=name in ("staff", "owner"),
            is_superuser=name == "owner",
        )
        form = {"login": name, "password": PASSWORD}
        assert self.browsers[name].post("/accounts/login/", form).status_code == 302

    def path(self, route: str) -> str:
        """Where the route leads to: `<path:object_id>` of the admin is one of that model."""
        model = route.split("/")[2] if route.startswith("admin/") and "object_id" in route else ""

        def value(match: re.Match[str]) -> str:
            name = match[1] or match[2]
            return str(self.things.get(model, 1) if name == "object_id" else self.things[name])

        return "/" + ARGUMENT.sub(value, route).replace("^", "").replace("$", "")


def put_out(channel: int) -> None:
    people = {person.username: person for person in User.objects.all()}
    member, gone, guest = people["member"], people["ex-member"], people["guest"]
    add_member(member, channel_id=channel, user_id=gone.pk)
    remove_member(member, channel_id=channel, user_id=gone.pk)
    elsewhere = create_channel(member, kind="private", name="elsewhere", member_ids=[guest.pk])
    Membership.objects.filter(user=guest).exclude(channel=elsewhere.id).delete()
    Membership.objects.filter(user=guest).update(role=Membership.Role.GUEST)


def things_of(member: User) -> dict[str, Any]:
    owner = User.objects.get(username="owner")
    invitation = create_invitation(owner, max_uses=9, days=1)
    token = create_token(member, name="bot").token
    channel = create_channel(member, kind="private", name=SECRET).id
    message = send_message(member, channel_id=channel, text=SECRET, client_id="1")
    attempt = LoginAttempt.objects.create(name="x", address="::1", tried_at=timezone.now())
    session = Session.objects.get(user=member)
    document = create_document(member, channel_id=channel, title=SECRET).id
    comment = add_comment(member, document_id=document, text=SECRET, index=0, length=0)
    version = name_version(member, document_id=document, name=SECRET)
    return {
        "accesstoken": token.pk,
        "invitation": invitation.invitation.pk,
        "session": session.pk,
        "loginattempt": attempt.pk,
        "entry": Entry.objects.latest("number").pk,
        "user": member.pk,
        "house": 1,
        "channel": channel,
        "message": message.id,
        "membership": Membership.objects.get(channel=channel).pk,
        "announcement": announce(owner, english=Said("Water")).pk,
        "id": member.pk,
        "content_type_id": 1,
        "app_label": "accounts",
        "url": "nothing",
        "key": "nothing",
        "uidb36": "1",
        "pk": 1,
        "provider_id": "oidc",
        "name": "0" * 32 + ".webp",
        "token_id": token.pk,
        "invitation_id": invitation.invitation.pk,
        "code": invitation.code,
        "position": 1,
        "document": document,
        "comment": comment.id,
        "documentversion": version.id,
    }


def outcome(answer: HttpResponse) -> str:
    """`in`, `login` (sent to the entrance), `away` (to another page), or the status."""
    if answer.status_code in (301, 302):
        at_entrance = answer.headers["Location"].startswith(("/accounts/login/", "/admin/login/"))
        return "login" if at_entrance else "away"
    return "in" if answer.status_code == 200 else str(answer.status_code)
