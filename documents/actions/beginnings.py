"""What a new document begins with: nothing, a template, or what was said in a thread."""

from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from chat.models import Channel, Message
from chat.queries.visibility import channel_for
from realtime.errors import InvalidData

THREAD_MESSAGES_LIMIT = 500


def beginning(author: User, *, template: str | None, thread_id: int | None, channel_id: int) -> str:
    """In the active language. NotFound, InvalidData for a thread that is none of the channel."""
    today = timezone.localdate(timezone=ZoneInfo(author.time_zone))
    text = TEMPLATES[template]().format(today=today.isoformat()) if template else ""
    return text + (_of_thread(author, thread_id, channel_id) if thread_id else "")


def _of_thread(author: User, thread_id: int, channel_id: int) -> str:
    thread = channel_for(author, thread_id)
    if thread.kind != Channel.Kind.THREAD or thread.parent_id != channel_id:
        raise InvalidData(fields={"from_thread": "There is no such thread in the channel."})
    said = Message.objects.filter(channel=thread, deleted=False).select_related("sender")
    replies = list(said.order_by("position")[:THREAD_MESSAGES_LIMIT])
    root = Message.objects.filter(thread=thread, deleted=False)
    messages = [*root.select_related("sender"), *replies]
    return "\n\n".join(f"**{m.sender.display_name}**: {m.text}" for m in messages) + "\n"


def _meeting() -> str:
    return _(
        "# Meeting notes\n\n- Date: {today}\n- Present: \n\n## Topics\n\n- \n\n"
        "## Decisions\n\n- \n\n## To do\n\n- [ ] \n"
    )


def _decision() -> str:
    return _(
        "# Decision\n\n## Question\n\n\n## Options\n\n1. \n2. \n\n"
        "## What we decided, and why\n\n\n## What follows from it\n\n- [ ] \n"
    )


def _retro() -> str:
    return _(
        "# Looking back\n\n## What went well\n\n- \n\n## What did not\n\n- \n\n"
        "## What we try next\n\n- [ ] \n"
    )


TEMPLATES = {"meeting": _meeting, "decision": _decision, "retro": _retro}
