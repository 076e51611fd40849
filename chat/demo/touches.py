"""What people have done with the demo world beside talking: pinned, saved, arranged, begun."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts.actions.profiles import change_profile
from accounts.models import User
from chat import queries
from chat.actions import personal, pins, reading, statuses
from chat.models import Channel, Message

TITLES = {
    "alice": "Keeps the house", "bob": "Walks every trail first", "charlie": "Money and jumpers",
    "철수": "서버", "영희": "글과 말", "하늘": "지도", "준호": "앱", "emma": "Design",
    "lucas": "Search",
}  # fmt: skip
# Who will be back when: (emoji, text, hours from now).
AWAY = {"준호": ("🍜", "점심 먹고 올게요", 1), "lucas": ("🧗", "On the wall until the evening", 5)}
SECTIONS = {
    "빌드": "Machines", "스탠드업": "Work", "dev": "Work", "design": "Work",
    "음악": "Breaks", "등산": "Breaks", "끝말잇기": "Breaks",
}  # fmt: skip
STARRED = ("general", "잡담")
PINNED = {"general": 2, "dev": 2, "design": 1}
SAVED = 4
UNREAD_THREADS = 2
DRAFTS = {"design": "Before I forget: the lanterns for the 24th", "잡담": "저는 이번에"}


def touch(people: Mapping[str, User]) -> None:
    """`people` by the names of the scenes."""
    alice = people["alice"]
    for name, title in TITLES.items():
        change_profile(people[name], title=title)
    for name, (emoji, text, hours) in AWAY.items():
        until = timezone.now() + timedelta(hours=hours)
        statuses.set_status(people[name], emoji=emoji, text=text, expires_at=until)
    for name, count in PINNED.items():
        for message in most_liked(name)[:count]:
            pins.pin_message(alice, message_id=message.pk)
    arrange(alice)
    leave_threads_unread(alice)


def arrange(alice: User) -> None:
    """Her sidebar, what she keeps, what she was about to say."""
    for name, channel_id in Channel.objects.exclude(name="").values_list("name", "pk"):
        if name in SECTIONS or name in STARRED:
            personal.update_membership(
                alice,
                channel_id=channel_id,
                section=SECTIONS.get(name, ""),
                starred=name in STARRED,
                muted=name == "빌드",
            )
        if name in DRAFTS:
            personal.save_draft(alice, channel_id=channel_id, text=DRAFTS[name])
    for message in most_liked("general").exclude(sender=alice)[:SAVED]:
        personal.save_message(alice, message_id=message.pk)


def leave_threads_unread(alice: User) -> None:
    """In the newest threads in which somebody else had the last word."""
    entries = queries.list_threads(alice, limit=50).threads
    answered = [entry for entry in entries if entry.replies]
    open_ones = [e.channel for e in answered if e.replies[-1].sender.id != alice.pk]
    for thread in open_ones[:UNREAD_THREADS]:
        position = thread.last_position - 1
        reading.mark_read(alice, channel_id=thread.id, position=position, force=True)


def most_liked(channel: str) -> QuerySet[Message]:
    said = Message.objects.filter(channel__name=channel, deleted=False)
    return said.annotate(likes=Count("reactions")).order_by("-likes", "-position")
