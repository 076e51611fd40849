"""Channels, who is in them, and what was said. A direct conversation and a thread are channels too.

Every change to a message takes the channel's next `version` in the transaction that stores the
change, while the channel's row is locked: the order of versions is the order of visibility.
Foreign keys that begin a unique constraint have no index of their own: the constraint's serves.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import ShortText

CLIENT_ID_MAX_LENGTH = 64
DIRECT_MAX_MEMBERS = 10  # their ids, 19 digits at most, fit into `direct_key`
TEXT_MAX_LENGTH = 20_000


class Channel(models.Model):
    class Kind(models.TextChoices):
        PUBLIC = "public", _("Public")
        PRIVATE = "private", _("Private")
        DIRECT = "direct", _("Direct")
        THREAD = "thread", _("Thread")

    class Posting(models.TextChoices):
        EVERYONE = "everyone", _("Everybody")
        OWNERS = "owners", _("Owners and admins")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name = ShortText(_("name"), graphemes=80, blank=True)
    topic = ShortText(_("topic"), graphemes=250, blank=True)
    archived = models.BooleanField(_("archived"), default=False)
    # Where owners alone write and pin, the others read, react, and reply in threads.
    posting = models.CharField(
        _("who writes"), max_length=8, choices=Posting, default=Posting.EVERYONE
    )
    is_default = models.BooleanField(_("everybody joins it"), default=False)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="threads"
    )
    # Of a thread; None where something else than a message began it: a comment in a document.
    root_message = models.OneToOneField(
        "Message", models.CASCADE, null=True, blank=True, related_name="thread"
    )
    # The sorted ids of the people in a direct conversation: one set of people, one row.
    direct_key = models.CharField(max_length=255, null=True, blank=True, unique=True)
    version = models.PositiveBigIntegerField(_("version"), default=0)
    last_position = models.PositiveBigIntegerField(_("last position"), default=0)
    deleted_count = models.PositiveBigIntegerField(_("deleted messages"), default=0)
    member_count = models.PositiveIntegerField(_("number of members"), default=0)
    last_message_at = models.DateTimeField(_("last message"), null=True, blank=True)
    # Of a thread: who wrote in it, the first one first. Stored, so that a page of messages shows
    # all their threads without reading those.
    participants = models.JSONField(default=list, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="channel_name_unique",
                condition=Q(kind__in=["public", "private"]),
            ),
            models.CheckConstraint(
                name="channel_thread_has_parent",
                condition=Q(kind="thread", parent__isnull=False)
                | (~Q(kind="thread") & Q(parent__isnull=True, root_message__isnull=True)),
            ),
            models.CheckConstraint(
                name="channel_direct_has_key",
                condition=Q(kind="direct", direct_key__isnull=False)
                | (~Q(kind="direct") & Q(direct_key__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["kind", "archived"])]

    def __str__(self) -> str:
        return self.name or f"{self.kind} {self.pk}"


class Membership(models.Model):
    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        ADMIN = "admin", _("Admin")
        MEMBER = "member", _("Member")
        GUEST = "guest", _("Guest")

    class Notify(models.TextChoices):
        ALL = "all", _("All messages")
        MENTIONS = "mentions", _("Mentions")
        NONE = "none", _("Nothing")

    channel = models.ForeignKey(
        Channel,
        models.CASCADE,
        related_name="memberships",
        db_index=False,
        verbose_name=_("channel"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("user"),
    )
    role = models.CharField(_("role"), max_length=6, choices=Role, default=Role.MEMBER)
    read_position = models.PositiveBigIntegerField(_("read up to"), default=0)
    notify = models.CharField(max_length=8, choices=Notify, default=Notify.ALL)
    muted = models.BooleanField(default=False)
    starred = models.BooleanField(default=False)
    # The user's own heading in the sidebar.
    section = ShortText(graphemes=40, blank=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["channel", "user"], name="membership_unique"),
        ]
        indexes = [
            # Whether somebody is a guest is asked for everyone who writes; hardly anybody is.
            models.Index(fields=["user"], name="membership_guest", condition=Q(role="guest")),
        ]

    # Unread messages that mention the user: counted where memberships are read (visibility.py).
    # A new member has none.
    mention_count = 0

    def __str__(self) -> str:
        return f"{self.user_id} in {self.channel_id}"


class Message(models.Model):
    class Kind(models.TextChoices):
        USER = "user", _("User")
        SYSTEM = "system", _("System")
        ANNOUNCEMENT = "announcement", _("Announcement")

    class Broadcast(models.TextChoices):
        CHANNEL = "channel"
        HERE = "here"

    channel = models.ForeignKey(
        Channel,
        models.CASCADE,
        related_name="messages",
        db_index=False,
        verbose_name=_("channel"),
    )
    position = models.PositiveBigIntegerField(_("position"))
    version = models.PositiveBigIntegerField(_("version"))
    # The version that brought the message: tells a reader behind it "new" from "changed".
    created_version = models.PositiveBigIntegerField()
    client_id = models.CharField(_("id given by the client"), max_length=CLIENT_ID_MAX_LENGTH)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.USER)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="messages",
        db_index=False,
        verbose_name=_("sender"),
    )
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True)
    timestamp = models.DateTimeField(_("time"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    deleted = models.BooleanField(_("deleted"), default=False)
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    # What it calls at its sending; an edit calls nobody anew.
    broadcast = models.CharField(max_length=7, choices=Broadcast, blank=True)
    pinned_at = models.DateTimeField(null=True, blank=True)
    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    # Whose card it is: a row of an app above, of which this one knows no more.
    document = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(
                fields=["channel", "pinned_at"],
                name="message_pinned",
                condition=Q(pinned_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["channel", "position"], name="message_position_unique"),
            models.UniqueConstraint(fields=["channel", "version"], name="message_version_unique"),
            models.UniqueConstraint(
                fields=["sender", "client_id"], name="message_client_id_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Mention(models.Model):
    """Whom a message names; without a user everybody in its channel. Place and position are the
    message's own, so that the unread ones of a user are a range of one index."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="mentions", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="+", db_index=False)
    position = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "user"], name="mention_unique"),
        ]
        indexes = [models.Index(fields=["channel", "user", "position"], name="mention_unread")]

    def __str__(self) -> str:
        return f"{self.user_id or 'everybody'} in message {self.message_id}"


class Edit(models.Model):
    """A text that a message had before, since `timestamp`."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="edits")
    text = models.TextField()
    html = models.TextField()
    timestamp = models.DateTimeField()

    def __str__(self) -> str:
        return f"an earlier text of message {self.message_id}"


class Reaction(models.Model):
    message = models.ForeignKey(Message, models.CASCADE, related_name="reactions", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    emoji = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "user", "emoji"], name="reaction_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.emoji} on message {self.message_id}"


class Saved(models.Model):
    """A message that somebody keeps for later."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved", db_index=False
    )
    message = models.ForeignKey(Message, models.CASCADE, related_name="+")
    timestamp = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "message"], name="saved_unique"),
        ]

    def __str__(self) -> str:
        return f"message {self.message_id} for {self.user_id}"


class Draft(models.Model):
    """What somebody has begun to write in a channel."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts", db_index=False
    )
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="+")
    text = models.TextField()
    reply_to = models.ForeignKey(
        Message, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "channel"], name="draft_unique"),
        ]

    def __str__(self) -> str:
        return f"draft of {self.user_id} in {self.channel_id}"
