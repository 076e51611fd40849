"""People, tokens and channels for the bench, made in its own database, straight through Django.

Run as a program beside the server: reads {"users": n, "channels": [[user numbers], …],
"messages": in each channel} from standard input, prints
{"users": [ids], "tokens": […], "channels": [ids]}.
"""

import json
import os
import sys
from typing import Any
from uuid import uuid4


def make(users: int, channels: list[list[int]], messages: int) -> dict[str, Any]:
    from django.db import transaction

    from accounts.models import AccessToken, User
    from accounts.secrets import new_secret
    from chat.models import Channel, Membership

    mark = uuid4().hex[:8]
    with transaction.atomic():
        people = User.objects.bulk_create(
            User(username=f"p{mark}-{n}", display_name=f"Person {n}") for n in range(users)
        )
        secrets = [new_secret("maru_") for _ in people]
        AccessToken.objects.bulk_create(
            AccessToken(user=person, name="bench", hash=secret.hash, prefix=secret.prefix)
            for person, secret in zip(people, secrets, strict=True)
        )
        rooms = Channel.objects.bulk_create(
            Channel(kind="private", name=f"c{mark}-{n}", member_count=len(members))
            for n, members in enumerate(channels)
        )
        Membership.objects.bulk_create(
            Membership(channel=room, user=people[number])
            for room, members in zip(rooms, channels, strict=True)
            for number in members
        )
        if messages:
            fill([room.pk for room in rooms], messages)
    return {
        "users": [person.pk for person in people],
        "tokens": [secret.plain for secret in secrets],
        "channels": [room.pk for room in rooms],
    }


# What the messages do not have in common with the first one.
OWN = {
    "channel_id": "channel.id",
    "position": "n",
    "version": "n",
    "created_version": "n",
    "client_id": "'old-' || channel.id || '-' || n",
    "sender_id": "membership.user_id",
}
FILL = """
INSERT INTO chat_message ({columns})
SELECT {values}
FROM chat_message AS first
CROSS JOIN chat_channel AS channel
CROSS JOIN generate_series(1, %(messages)s) AS n
JOIN LATERAL (SELECT user_id FROM chat_membership WHERE channel_id = channel.id
              ORDER BY user_id LIMIT 1) AS membership ON true
WHERE channel.id = ANY(%(channels)s) AND first.id = %(first)s
"""


def fill(channels: list[int], messages: int) -> None:
    """Old messages, written by the database itself: the ORM would take minutes for a million."""
    from datetime import timedelta

    from django.db import connection
    from django.utils import timezone

    from chat.models import Channel, Membership, Message

    first = Message.objects.create(
        channel_id=channels[0],
        position=messages + 1,
        version=messages + 1,
        created_version=messages + 1,
        client_id="first",
        sender_id=Membership.objects.filter(channel=channels[0]).values_list("user_id")[0][0],
        text="Shall we meet at noon?",
        html="<p>Shall we meet at noon?</p>",
        timestamp=timezone.now() - timedelta(hours=1),
    )
    columns = [field.column for field in Message._meta.concrete_fields if not field.primary_key]
    values = [OWN.get(column, f"first.{column}") for column in columns]
    statement = FILL.format(columns=", ".join(columns), values=", ".join(values))
    with connection.cursor() as cursor:
        given: Any = {"channels": channels, "messages": messages, "first": first.pk}
        cursor.execute(statement, given)
        first.delete()
        cursor.execute("ANALYZE chat_message")
    Channel.objects.filter(pk__in=channels).update(version=messages, last_position=messages)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatproject.settings")
    import django

    django.setup()
    json.dump(make(**json.load(sys.stdin)), sys.stdout)
