"""How the page's first look lays out what it shows, as the browser code does it a moment later:
days and groups of messages (models/rows.ts), the sections of the sidebar (models/sidebar.ts), how
loudly a channel calls (models/attention.ts)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import get_language

from chat import wire
from chat.queries.first_look import first_unread
from chat.wire.first_look import FirstLook

GROUP_WITHIN = timedelta(minutes=5)
HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")


@dataclass(frozen=True)
class Row:
    """A message, and what stands above it."""

    message: wire.Message
    day: date | None
    is_new: bool
    starts_group: bool
    quoted: wire.Message | None
    is_found: bool  # the address names it


def rows(look: FirstLook) -> list[Row]:
    by_id = {message.id: message for message in look.messages}
    first = look.messages[0].position if look.messages else 0
    unread = first_unread(look.channel) or 0
    divider = unread if unread >= first else 0
    shown = list(filter(_is_shown, look.messages))
    wanted = next((each.id for each in shown if look.found and each.position >= look.found), 0)
    laid_out: list[Row] = []
    for message in shown:
        last = laid_out[-1].message if laid_out else None
        day = day_of(message)
        is_new_day = last is None or day > day_of(last)
        is_new = 0 < divider <= message.position
        divider = 0 if is_new else divider
        starts_group = is_new_day or is_new or not _continues(message, last)
        quoted = by_id.get(message.reply_to or 0)
        heading = day if is_new_day else None
        is_found = message.id == wanted
        laid_out.append(Row(message, heading, is_new, starts_group, quoted, is_found))
    return laid_out


def day_of(message: wire.Message) -> date:
    """In the time of who looks."""
    return timezone.localtime(message.timestamp).date()


def _is_shown(message: wire.Message) -> bool:
    return not message.deleted or bool(message.thread and message.thread.reply_count)


def _continues(message: wire.Message, last: wire.Message | None) -> bool:
    return (
        last is not None
        and message.kind == last.kind == "user"
        and message.sender.id == last.sender.id
        and message.timestamp - last.timestamp < GROUP_WITHIN
    )


@dataclass(frozen=True)
class Section:
    kind: str
    name: str
    channels: list[wire.Channel]


def sections(look: FirstLook, name_of: Callable[[wire.Channel], str]) -> list[Section]:
    """`name_of`: what the viewer calls a channel."""
    rooms = [each for each in look.channels if each.kind != "thread"]
    rooms.sort(key=lambda each: (each.kind == "direct", *alphabetical(name_of(each))))
    own = {each.id: each.membership for each in rooms if each.membership}
    starred = [each for each in rooms if own[each.id].starred]
    rest = [each for each in rooms if not own[each.id].starred]
    named = sorted({own[each.id].section for each in rest} - {""}, key=alphabetical)
    plain = [each for each in rest if not own[each.id].section]
    return [
        *([Section("starred", "", starred)] if starred else []),
        *(Section("own", name, [e for e in rest if own[e.id].section == name]) for name in named),
        Section("channels", "", [each for each in plain if each.kind != "direct"]),
        Section("directs", "", [each for each in plain if each.kind == "direct"]),
    ]


def alphabetical(name: str) -> tuple[bool, str]:
    """As browsers sort: in Korean, what is written in Korean comes first."""
    is_foreign = get_language() == "ko" and not HANGUL.match(name)
    return is_foreign, name.casefold()


@dataclass(frozen=True)
class Attention:
    is_unread: bool = False
    count: int = 0
    mentions: int = 0


def attention(channel: wire.Channel, look: FirstLook) -> Attention:
    """What one looks at is about to be read."""
    own = channel.membership if channel.id != look.channel.id else None
    unread = channel.last_position - own.read_position if own else 0
    if own is None or unread <= 0 or own.notify == "none":
        return Attention()
    is_direct = channel.kind == "direct"
    counts_all = not own.muted and (own.notify == "all" or is_direct)
    mentions = unread if is_direct and counts_all else min(own.mention_count, unread)
    count = unread if counts_all else mentions
    return Attention(not own.muted and count > 0, count, mentions)
