"""What the templates of the first look say: in the words of the browser code's own catalogue, and
written as components/ and i18n/ write it."""

import json
import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation.trans_real import DjangoTranslation

from chat import wire
from chat.layout import Attention, Section, attention, rows, sections
from chat.wire.first_look import FirstLook

register = template.Library()

register.filter(attention)
register.filter(rows)

MOST_COUNTED = 99


@cache
def _catalogue(language: str) -> DjangoTranslation:
    return DjangoTranslation(language, domain="djangojs")


@register.simple_tag
@cache
def latin_font() -> str:
    """The part of Pretendard that every page needs, under the name that the build gave it."""
    manifest = json.loads(Path(settings.DJANGO_VITE["default"]["manifest_path"]).read_text())
    [name] = (name for name in manifest["chat.ts"]["assets"] if ".subset.91-" in name)
    return static(name)


@register.simple_tag
def words(text: str, **values: object) -> str:
    said: str = _catalogue(get_language() or "en").gettext(text)
    return said % values if values else said


@register.simple_tag
def counted(one: str, many: str, count: int) -> str:
    said: str = _catalogue(get_language() or "en").ngettext(one, many, count)
    return said % {"count": count}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A symbol of chat/icons.html."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">'
        '<use href="#icon-{}"/></svg>',
        name,
    )


@register.filter
def icon_of(channel: wire.Channel) -> str:
    direct = "users" if len(channel.members or []) > 2 else "user"
    return {"private": "lock", "public": "hash"}.get(channel.kind, direct)


@register.filter
def shortened(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


@register.filter
def others(channel: wire.Channel, user_id: int) -> list[wire.Sender]:
    members = channel.members or []
    return [member for member in members if member.id != user_id] or members


@register.filter
def name_of(channel: wire.Channel, user_id: int) -> str:
    if channel.kind != "direct":
        return channel.name
    people = others(channel, user_id)
    names = _listed([person.display_name for person in people])
    return words("%(person)s (you)", person=names) if people[0].id == user_id else names


def _listed(names: list[str]) -> str:
    if get_language() == "ko" or len(names) < 2:
        return ", ".join(names)
    comma = "," if len(names) > 2 else ""
    return f"{', '.join(names[:-1])}{comma} and {names[-1]}"


@register.filter
def title_of(channel: wire.Channel, user_id: int) -> str:
    name = name_of(channel, user_id)
    return name if channel.kind == "direct" else f"#{name}"


@register.filter
def in_sections(look: FirstLook) -> list[Section]:
    return sections(look, lambda channel: name_of(channel, look.user.id))


@register.filter
def may_post(channel: wire.Channel) -> bool:
    own = channel.membership
    return channel.posting == "everyone" or (own is not None and own.role in ("owner", "admin"))


@register.filter
def draft(channel: wire.Channel, look: FirstLook) -> str:
    texts = (each.text for each in look.drafts if each.channel == channel.id)
    text = next(texts, "")
    return text if text.strip() else ""


@register.filter
def thread_draft(look: FirstLook) -> bool:
    """Whether one has begun to write in a thread."""
    return any(each.kind == "thread" and draft(each, look) for each in look.channels)


@register.filter
def totals(look: FirstLook) -> Attention:
    """Of the threads with something new: a channel's attention, for the place in the sidebar."""
    unread = [
        each
        for each in look.channels
        if each.kind == "thread"
        and each.membership
        and each.last_position > each.membership.read_position
    ]
    return Attention(bool(unread), len(unread), len(unread))


@register.simple_tag(takes_context=True)
def clock(context: Context, moment: datetime) -> str:
    """In the time zone of the reader's profile, which is nearly always the browser's."""
    at = timezone.localtime(moment)
    if context["look"].preferences.clock == "24":
        return f"{at:%H:%M}"
    hour = at.hour % 12 or 12
    if get_language() == "ko":
        return f"{'오전' if at.hour < 12 else '오후'} {hour}:{at:%M}"
    return f"{hour}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"


@register.simple_tag(takes_context=True)
def short_moment(context: Context, moment: datetime) -> str:
    day = timezone.localtime(moment).date()
    if day == timezone.localdate():
        said: str = clock(context, moment)
        return said
    if get_language() == "ko":
        return f"{day.month}월 {day.day}일"
    return f"{MONTHS[day.month][:3]} {day.day}"


@register.filter
def day_heading(day: date) -> str:
    age = (timezone.localdate() - day).days
    if age in (0, 1):
        return words("Yesterday" if age else "Today")
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month]
    if get_language() == "ko":
        return f"{day.year}년 {day.month}월 {day.day}일 {weekday}"
    return f"{weekday}, {month} {day.day}, {day.year}"


@register.simple_tag
def faces(look: FirstLook, thread: wire.ThreadSummary) -> list[Any]:
    """Of who replied: those that the page has heard of."""
    known: dict[int, Any] = {look.user.id: look.user}
    for channel in look.channels:
        known |= {member.id: member for member in channel.members or []}
    known |= {message.sender.id: message.sender for message in look.messages}
    return [known[each] for each in thread.participants if each in known][:3]


MARKS = (
    (re.compile(r"```[\w-]*|`"), ""),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^\s*(?:>|#{1,6}\s|[-*+]\s|\d+\.\s)\s*", re.M), ""),
    (re.compile(r"(\*\*|__|~~|\|\|)(.+?)\1", re.S), r"\2"),
    (re.compile(r"(?<![^\W_])([*_])(\S(?:.*?\S)?)\1(?![^\W_])", re.S), r"\2"),
)
LONGEST_LINE = 300


@register.filter
def in_one_line(text: str) -> str:
    """As models/one-line.ts."""
    text = text[:LONGEST_LINE]
    for mark, kept in MARKS:
        text = mark.sub(kept, text)
    return " ".join(text.split())
