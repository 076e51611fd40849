"""Saying things, and where they stand."""

from accounts.models import User
from chat import wire
from chat.actions import messages
from chat.actions.messages import Send
from chat.models import Channel, Message


def say(author: User, channel_id: int, text: str) -> wire.Message:
    number = Message.objects.filter(sender=author).count()
    return messages.send_message(
        author, channel_id=channel_id, text=text, client_id=f"{author.pk} {number}"
    )


def say_many(author: User, channel: Channel, count: int, prefix: str = "c") -> list[wire.Message]:
    batch = [Send(author, channel.pk, f"message {n}", f"{prefix}{n}") for n in range(count)]
    return [m for m in messages.send_messages(batch) if isinstance(m, wire.Message)]


def positions(page: wire.MessagePage | wire.ChannelOpened) -> list[int]:
    return [message.position for message in page.messages]
