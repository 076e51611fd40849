"""Every topic that a socket can follow, by name. A topic is also a group of the channel layer."""

EVERYONE = "everyone"


def user(user_id: int) -> str:
    """All sockets of one user: what only that user may know."""
    return f"user.{user_id}"


def channel(channel_id: int) -> str:
    """All sockets of the members of one channel."""
    return f"channel.{channel_id}"


def space(channel_id: int) -> str:
    """All sockets in the live space of one channel."""
    return f"space.{channel_id}"


def document(document_id: int) -> str:
    """All sockets that speak Yjs about one document."""
    return f"document.{document_id}"


def document_text(document_id: int) -> str:
    """All sockets of programs without Yjs that are in one document."""
    return f"document.{document_id}.text"


def presence(user_id: int) -> str:
    """All sockets that watch whether one user is here."""
    return f"presence.{user_id}"


def channel_id(topic: str) -> int:
    """The inverse of `channel`."""
    return int(topic.removeprefix("channel."))


def document_id(topic: str) -> int:
    """The inverse of `document`."""
    return int(topic.removeprefix("document."))


def space_id(topic: str) -> int | None:
    """The inverse of `space`; None for other topics."""
    return int(topic.removeprefix("space.")) if topic.startswith("space.") else None


def is_presence(topic: str) -> bool:
    return topic.startswith("presence.")
