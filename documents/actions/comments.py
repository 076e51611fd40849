"""Saying something about a place of the text. A comment is a thread of the document's channel: who
may read it, what is unread of it and whom it mentions is what chat says of threads."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.text import NUL
from chat import clock
from chat.actions.memberships import enrol
from chat.actions.messages import send_message
from chat.actions.rows import lock_channel
from chat.models import Channel, Membership, Message
from documents import wire
from documents.models import Comment, Document
from documents.queries.comments import comment_for, comment_frame
from documents.queries.held import held
from documents.queries.visibility import check_editable, document_for
from documents.yjs.press import press
from realtime import publish, topics
from realtime.errors import InvalidData, NotFound
from realtime.retry import PATIENCE_SECONDS, may_have_happened

Told = type[wire.NewComment] | type[wire.CommentUpdated]


def add_comment(
    author: User, *, document_id: int, text: str, index: int, length: int
) -> wire.Comment:
    """NotFound; Forbidden; InvalidData for a place beyond the text."""
    document = document_for(author, document_id)
    check_editable(document)
    if may_have_happened() and (made := _just_made(author, document, text)):
        return comment_frame(made)
    start, end, quote = _anchor(document, index, length)
    with transaction.atomic():
        thread = _open_thread(author, document)
        comment = Comment.objects.create(
            document=document,
            thread=thread,
            user=author,
            quote=quote.replace(NUL, ""),
            start=start,
            end=end,
            timestamp=clock.now(),
        )
        _say(author, comment, text)
    return _tell(comment, wire.NewComment)


def reply_comment(author: User, *, comment_id: int, text: str) -> wire.Comment:
    """NotFound; Forbidden where `author` may not write."""
    comment = comment_for(author, comment_id)
    check_editable(comment.document)
    _say(author, comment, text)
    return comment_frame(comment)  # hear() tells everybody


def resolve_comment(
    author: User, *, comment_id: int, resolved: bool = True, text: str | None = None
) -> wire.Comment:
    """NotFound; Forbidden where `author` may not write."""
    comment = comment_for(author, comment_id)
    check_editable(comment.document)
    with transaction.atomic():
        if text is not None:
            _say(author, comment, text)
        comment.resolved = resolved
        comment.save(update_fields=["resolved"])
    return _tell(comment, wire.CommentUpdated)


def hear(thread_ids: Sequence[int]) -> None:
    """Something was said in these threads, changed or taken back, whichever way."""
    for comment in Comment.objects.filter(thread__in=thread_ids).select_related("user"):
        _tell(comment, wire.CommentUpdated)


def _anchor(document: Document, index: int, length: int) -> tuple[bytes, bytes, str]:
    """Before any lock of the database is taken: see press.py."""
    try:
        with held(document.pk):
            start, end, quote = press.ask("anchor", document.pk, index, length)
    except ValueError:
        raise InvalidData(fields={"position": "There is no such place in the text."}) from None
    return start, end, quote


def _open_thread(author: User, document: Document) -> Channel:
    """Who began the document follows what is said about it, as long as they are in its channel."""
    parent = lock_channel(document.channel_id)
    if parent is None:
        raise NotFound
    thread = Channel.objects.create(kind=Channel.Kind.THREAD, parent=parent, created_by=author)
    followers = {author.pk: author, document.created_by_id: document.created_by}
    inside = parent.memberships.filter(user__in=followers).values_list("user", flat=True)
    enrol([Membership(channel=thread, user=followers[pk]) for pk in inside], announce=False)
    return thread


def _just_made(author: User, document: Document, text: str) -> Comment | None:
    said = _just_said(author, text).values("channel")
    made = Comment.objects.filter(document=document, user=author, thread__in=said)
    return made.select_related("user").order_by("-pk").first()


def _just_said(author: User, text: str) -> QuerySet[Message]:
    since = clock.now() - timedelta(seconds=2 * PATIENCE_SECONDS)
    return Message.objects.filter(sender=author, text=text, timestamp__gt=since)


def _say(author: User, comment: Comment, text: str) -> None:
    if may_have_happened() and _just_said(author, text).filter(channel=comment.thread_id).exists():
        return
    send_message(author, channel_id=comment.thread_id, text=text, client_id=f"comment {uuid4()}")


def _tell(comment: Comment, event: Told) -> wire.Comment:
    """After the commit, for it asks the keeper."""
    frame = comment_frame(comment)
    change = wire.CommentChange(document=comment.document_id, comment=frame)
    publish.publish(topics.document_text(comment.document_id), event(change))
    return frame
