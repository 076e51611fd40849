"""A world in which every name and text is one of payloads.py, made by the real actions. It is made
in the server's settings: `manage.py shell -c "from tests.security.hostile import make; make()"`.
"""

import json

from accounts.actions.profiles import change_profile
from accounts.actions.tokens import create_token
from accounts.models import User
from chat.actions.channels import create_channel
from chat.actions.messages import send_message
from tests.client import PASSWORD
from tests.security.payloads import PAYLOADS, SHORT

MESSAGES_PER_CHANNEL = 45  # a page opens with the newest fifty
PEOPLE = 45


def make() -> None:
    """Prints the ids of the channels to look at, with the number of messages in each."""
    alice = User.objects.create_user("alice", "alice@example.com", PASSWORD)
    User.objects.filter(pk=alice.pk).update(is_staff=True, is_superuser=True)
    alice.refresh_from_db()
    change_profile(alice, display_name=SHORT[0], status_text=SHORT[1], status_emoji="<b>")
    for number, text in enumerate(SHORT[:20]):
        create_token(alice, name=text, days=number + 1)
    people = [_person(number) for number in range(PEOPLE)]
    starts = range(0, len(PAYLOADS), MESSAGES_PER_CHANNEL)
    channels = [_channel(alice, PAYLOADS[at : at + MESSAGES_PER_CHANNEL]) for at in starts]
    channels.append(_crowd(alice, people))
    for number, text in enumerate(SHORT[PEOPLE : 2 * PEOPLE]):
        create_channel(alice, kind="public", name=f"{text[:70]} {number}", topic=SHORT[-number])
    print(json.dumps(channels))  # noqa: T201 - read by the test


def _person(number: int) -> User:
    person = User.objects.create(username=f"person{number}", email=f"{number}@example.com")
    change_profile(person, display_name=SHORT[number], status_text=SHORT[-number - 1])
    return person


def _channel(alice: User, texts: list[str]) -> tuple[int, int]:
    channel = create_channel(alice, kind="private", name=texts[0][:80], topic=texts[1][:250])
    for number, text in enumerate(texts):
        send_message(alice, channel_id=channel.id, text=text, client_id=f"{channel.id} {number}")
    return channel.id, len(texts)


def _crowd(alice: User, people: list[User]) -> tuple[int, int]:
    """Everybody says something, and mentions the next."""
    members = [person.pk for person in people]
    channel = create_channel(alice, kind="private", name="crowd", member_ids=members)
    for person in people:
        text = f"@{person.username} @alice {person.display_name}"
        send_message(person, channel_id=channel.id, text=text, client_id=f"crowd {person.pk}")
    return channel.id, len(people)
