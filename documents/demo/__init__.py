"""Two documents of the demo world, made through the real actions: notes of a meeting in Korean, a
decision in English, and what people remarked on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from accounts.models import User
from chat import clock
from chat.models import Channel
from documents.actions.comments import add_comment, reply_comment, resolve_comment
from documents.actions.documents import create_document
from documents.actions.versions import name_version
from documents.actions.writing import set_text
from documents.yjs.text import units

TEXTS = Path(__file__).parent
MARK = "---8<---\n"  # what stands above it was written first, and kept as a version


@dataclass(frozen=True)
class Remark:
    """By whom on which words; then (who, what they answered)."""

    author: str
    quote: str
    text: str
    replies: Sequence[tuple[str, str]] = ()
    resolved: bool = False


@dataclass(frozen=True)
class Sheet:
    """People by the names of the scenes; `writers`: who began it and who finished it."""

    file: str
    channel: str
    title: str
    version: str
    writers: tuple[str, str]
    minutes_ago: int
    remarks: Sequence[Remark]


SHEETS = [
    Sheet(
        file="decision.md",
        channel="dev",
        title="Decision: a map never changes under your feet",
        version="Before the review",
        writers=("lucas", "철수"),
        minutes_ago=15,
        remarks=[
            Remark(
                "emma", "two editions on the phone", "How much room is that on a small phone?",
                [("lucas", "80 MB for all of Gangwon. Less than the photos of one hike.")],
            ),
            Remark(
                "준호", "asks once", "한 번만 물어보는 거 맞죠? 두 번 물으면 제가 웁니다.",
                [("lucas", "Once. I wrote a test so that you need not cry.")], resolved=True,
            ),
        ],
    ),
    Sheet(
        file="meeting.md",
        channel="general",
        title="주간 회의록",
        version="회의 직후",
        writers=("영희", "하늘"),
        minutes_ago=14,
        remarks=[
            Remark(
                "alice", "도토리묵", "Is this an agenda item or lunch?",
                [("영희", "둘 다예요. 회의는 밥심으로 하니까요."), ("charlie", "I support both.")],
            ),
        ],
    ),
]  # fmt: skip


def furnish(people: Mapping[str, User]) -> None:
    for sheet in SHEETS:
        _write(sheet, people)


def _write(sheet: Sheet, people: Mapping[str, User]) -> None:
    first, second = (people[name] for name in sheet.writers)
    begun = timezone.now() - timedelta(minutes=sheet.minutes_ago)
    draft, _, rest = (TEXTS / sheet.file).read_text(encoding="utf-8").partition(MARK)
    channel = Channel.objects.get(name=sheet.channel).pk
    with clock.at(begun):
        document = create_document(first, channel_id=channel, title=sheet.title).id
        set_text(first, document_id=document, text=draft)
        name_version(first, document_id=document, name=sheet.version)
    with clock.at(begun + timedelta(minutes=9)):
        text, _ = set_text(second, document_id=document, text=draft + rest)
    for number, remark in enumerate(sheet.remarks):
        with clock.at(begun + timedelta(minutes=12 + number)):
            _remark(document, text, remark, people)


def _remark(document: int, text: str, remark: Remark, people: Mapping[str, User]) -> None:
    index = units(text[: text.index(remark.quote)])
    comment = add_comment(
        people[remark.author],
        document_id=document,
        text=remark.text,
        index=index,
        length=units(remark.quote),
    )
    for author, reply in remark.replies:
        reply_comment(people[author], comment_id=comment.id, text=reply)
    if remark.resolved:
        resolve_comment(people[remark.author], comment_id=comment.id)
