"""Comments as frames: what was said comes from their threads, where they are from the text."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from accounts.models import User
from chat.models import Message
from chat.wire import Sender
from documents import wire
from documents.models import Comment, Document
from documents.queries.held import held
from documents.queries.visibility import document_for
from documents.yjs.press import Fell, press
from realtime.errors import NotFound

COMMENTS_LIMIT = 500


def comment_for(viewer: User, comment_id: int) -> Comment:
    """With `document` as document_for gives it. NotFound like there."""
    found = Comment.objects.filter(pk=comment_id).select_related("user", "thread").first()
    if found is None:
        raise NotFound
    found.document = document_for(viewer, found.document_id)
    return found


def show_comment(viewer: User, *, thread_id: int) -> wire.Comment:
    """NotFound as in document_for, and for a thread that is no comment."""
    found = Comment.objects.filter(thread=thread_id).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return comment_frame(comment_for(viewer, found))


def comments_of(document: Document) -> list[wire.Comment]:
    """The newest COMMENTS_LIMIT, oldest first. Outside a transaction, as everything that asks the
    keeper."""
    rows = Comment.objects.filter(document=document).select_related("user")
    return comment_frames(document.pk, list(rows.order_by("-pk")[:COMMENTS_LIMIT])[::-1])


def comment_frame(comment: Comment) -> wire.Comment:
    return comment_frames(comment.document_id, [comment])[0]


def comment_frames(document_id: int, rows: Sequence[Comment]) -> list[wire.Comment]:
    said = _said(row.thread_id for row in rows)
    places = _places(document_id, rows)
    return [
        _frame(row, said.get(row.thread_id, []), place)
        for row, place in zip(rows, places, strict=True)
    ]


def _said(thread_ids: Iterable[int]) -> dict[int, list[Message]]:
    found: dict[int, list[Message]] = defaultdict(list)
    rows = Message.objects.filter(channel__in=list(thread_ids)).select_related("sender")
    for row in rows.order_by("position"):
        found[row.channel_id].append(row)
    return found


def _places(document_id: int, rows: Sequence[Comment]) -> list[wire.Place | None]:
    if not rows:
        return []
    anchors = [(bytes(row.start), bytes(row.end)) for row in rows]
    try:
        with held(document_id):
            found = press.ask("places", document_id, anchors)
    except Fell:
        return [None] * len(rows)
    return [place and wire.Place(index=place[0], length=place[1]) for place in found]


def _frame(row: Comment, said: Sequence[Message], place: wire.Place | None) -> wire.Comment:
    return wire.Comment(
        id=row.pk,
        document=row.document_id,
        user=Sender.of(row.user),
        text=said[0].text if said else "",
        quote=row.quote,
        position=place,
        timestamp=row.timestamp,
        resolved=row.resolved,
        thread=row.thread_id,
        replies=[
            wire.CommentReply(
                id=message.pk,
                user=Sender.of(message.sender),
                text=message.text,
                timestamp=message.timestamp,
            )
            for message in said[1:]
            if not message.deleted
        ],
    )
