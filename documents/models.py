"""Documents of channels: what was written as an append-only log of Yjs updates, compacted into
snapshots; who is in them now; named versions; comments.

Every accepted update takes the document's next `version` in the transaction that stores it, while
the document's row is locked: the order of versions is the order of visibility. The state of a
document is its snapshot and every update that is left, in any order: Yjs merges them.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.models import Channel, Message

TITLE_MAX_LENGTH = 200
NAME_MAX_LENGTH = 100
QUOTE_MAX_LENGTH = 500


class Document(models.Model):
    channel = models.ForeignKey(
        Channel, models.CASCADE, related_name="documents", verbose_name=_("channel")
    )
    title = models.CharField(_("title"), max_length=TITLE_MAX_LENGTH)
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("inside of"),
    )
    archived = models.BooleanField(_("archived"), default=False)
    version = models.PositiveBigIntegerField(_("version"), default=0)
    # Bytes of the snapshot and of the updates after it, as far as they are known to be needed.
    snapshot_size = models.PositiveBigIntegerField(_("size of the snapshot"), default=0)
    updates_size = models.PositiveBigIntegerField(_("size of later updates"), default=0)
    # Its card in the channel's timeline, whose thread is the talk about the whole document.
    message = models.OneToOneField(
        Message, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="documents",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("last changed"))

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title


class DocumentUpdate(models.Model):
    """One accepted update, as the client sent it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="updates", db_index=False)
    version = models.PositiveBigIntegerField()
    data = models.BinaryField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    timestamp = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "version"], name="document_update_unique"),
        ]

    def __str__(self) -> str:
        return f"update {self.version} of document {self.document_id}"


class DocumentSnapshot(models.Model):
    """What the updates up to `version` made, in one piece; they are deleted when it is stored."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="snapshot")
    version = models.PositiveBigIntegerField()
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"document {self.document_id} at {self.version}"


class DocumentVersion(models.Model):
    """A text that somebody gave a name."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="versions", verbose_name=_("document")
    )
    name = models.CharField(_("name"), max_length=NAME_MAX_LENGTH)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    timestamp = models.DateTimeField(_("time"))
    version = models.PositiveBigIntegerField(_("version"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("named version")
        verbose_name_plural = _("named versions")

    def __str__(self) -> str:
        return self.name


class Participant(models.Model):
    """One socket that is in a document now. A lease: its worker renews it, and a worker that died
    does not."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="participants", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    connection = models.CharField(max_length=16, db_index=True)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "connection"], name="participant_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in document {self.document_id}"


class DocumentMention(models.Model):
    """Somebody whom the document's text names, and who has been told."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="mentions", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "user"], name="document_mention_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in document {self.document_id}"


class Comment(models.Model):
    """A remark at a place of the text. What was said is the thread's messages: the first one is
    the comment, the others are the replies. `start` and `end` are relative positions of Yjs."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="comments", verbose_name=_("document")
    )
    thread = models.OneToOneField(
        Channel, models.CASCADE, related_name="comment", verbose_name=_("thread")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    quote = models.CharField(_("commented text"), max_length=QUOTE_MAX_LENGTH, blank=True)
    start = models.BinaryField()
    end = models.BinaryField()
    resolved = models.BooleanField(_("resolved"), default=False)
    timestamp = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return f"comment {self.pk}"
