"""People and programs: who they are, how they prove it, and who may come in."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.text import CODE_POINTS_PER_GRAPHEME, GraphemeLimit, check_one_line, nfc

# Letters of every script (김철수 is a name too), digits and . _ - inside: what a mention can hold.
username_validator = RegexValidator(
    r"^\w(?:[\w.-]{0,30}\w)?\Z", _("Use letters, digits, and . _ - inside; at most 32.")
)


RIGHTS = ("is_staff", "is_superuser")

accent_validator = RegexValidator(r"^#[0-9a-f]{6}\Z", _("Write it as #rrggbb."))


class ShortText(models.CharField):  # type: ignore[type-arg]
    """One line of so many graphemes, stored composed."""

    def __init__(self, *args: Any, graphemes: int, **options: Any) -> None:
        self.graphemes = graphemes
        options["max_length"] = graphemes * CODE_POINTS_PER_GRAPHEME
        super().__init__(*args, **options)
        self.validators += [GraphemeLimit(graphemes), check_one_line]

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        del options["max_length"]
        return name, path, args, {**options, "graphemes": self.graphemes}

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return nfc(value) if isinstance(value, str) else value


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("There is no such time zone."))


class User(AbstractUser):
    """A person or a bot. `epoch` steps whenever what the user may see or do changes: role,
    membership, password, ban. Open sockets compare it and follow."""

    class PresenceSetting(models.TextChoices):
        AUTO = "auto", _("Automatic")
        AWAY = "away", _("Away")
        BUSY = "busy", _("Busy")

    username = models.CharField(
        _("username"),
        max_length=32,
        unique=True,
        validators=[username_validator],
        error_messages={"unique": _("This username is taken.")},
    )
    # Mentions find people by it too.
    display_name = ShortText(_("display name"), graphemes=80, blank=True, db_index=True)
    title = ShortText(_("what you do here"), graphemes=80, blank=True)
    status_emoji = models.CharField(_("status emoji"), max_length=32, blank=True)
    status_text = ShortText(_("status"), graphemes=100, blank=True)
    status_expires_at = models.DateTimeField(_("status until"), null=True, blank=True)
    presence_setting = models.CharField(
        _("presence"), max_length=4, choices=PresenceSetting, default=PresenceSetting.AUTO
    )
    last_seen = models.DateTimeField(_("last seen"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Asia/Seoul", validators=[validate_time_zone]
    )
    language = models.CharField(_("language"), max_length=5, blank=True, choices=settings.LANGUAGES)
    avatar = models.ImageField(_("avatar"), upload_to="avatars/", blank=True)
    is_bot = models.BooleanField(_("bot"), default=False)
    # Of who was a guest where they were last: leaving a channel makes nobody more than a guest.
    is_guest = models.BooleanField(_("guest"), default=False)
    epoch = models.PositiveBigIntegerField(default=0, editable=False)

    # One name field, as people have them everywhere; first and last name are a Western form.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined]
        constraints = [
            # @Alice and @alice must not be two people.
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_unique",
                violation_error_message=_("This username is taken."),
            ),
        ]

    def get_full_name(self) -> str:
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def avatar_url(self) -> str:
        """The picture's address, or "" when the user has none (clients draw initials)."""
        return self.avatar.url if self.avatar else ""

    @property
    def has_status(self) -> bool:
        return self.status_expires_at is None or self.status_expires_at > timezone.now()

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.display_name = self.display_name or self.username
        if update_fields is None and not self._state.adding:
            # These step in the database alone: a row read earlier must not set them back.
            stepping = {"id", "epoch", "last_seen"}
            update_fields = {f.name for f in self._meta.concrete_fields} - stepping
        with transaction.atomic():  # a new password and the end of what the old one opened
            super().save(*args, update_fields=update_fields, **kwargs)


class Preferences(models.Model):
    """How the chat page is to be for one person. Who has no row has the defaults."""

    class Theme(models.TextChoices):
        AUTO = "auto"
        LIGHT = "light"
        DARK = "dark"

    class Density(models.TextChoices):
        COZY = "cozy"
        COMPACT = "compact"

    class Clock(models.TextChoices):
        AUTO = "auto"
        TWELVE = "12"
        TWENTY_FOUR = "24"

    class Contrast(models.TextChoices):
        AUTO = "auto"
        HIGH = "high"

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="preferences")
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    density = models.CharField(max_length=7, choices=Density, default=Density.COZY)
    enter_sends = models.BooleanField(default=True)
    clock = models.CharField(max_length=4, choices=Clock, default=Clock.AUTO)
    share_reading = models.BooleanField(default=True)
    reduced_motion = models.BooleanField(default=False)
    contrast = models.CharField(max_length=4, choices=Contrast, default=Contrast.AUTO)

    def __str__(self) -> str:
        return f"preferences of {self.user_id}"


class House(models.Model):
    """What this hall is called and how it looks: one row, made when it is first changed."""

    DEFAULT_NAME = "Maru"

    name = ShortText(_("name"), graphemes=40, default=DEFAULT_NAME)
    logo = models.ImageField(_("logo"), upload_to="avatars/", blank=True)
    accent = models.CharField(
        _("accent colour"), max_length=7, blank=True, validators=[accent_validator]
    )

    class Meta:
        verbose_name = _("house")
        verbose_name_plural = _("house")
        constraints = [models.CheckConstraint(name="house_is_one", condition=Q(pk=1))]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def ours(cls) -> "House":
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def logo_url(self) -> str:
        """The picture's address, or "" (clients draw our own mark)."""
        return self.logo.url if self.logo else ""


class Session(AbstractBaseSession):
    """A browser's session. The columns are projections of the session's data (sessions.py), so
    that a user's sessions can be listed and ended. `name` stays when the secret key is cycled."""

    user = models.ForeignKey(
        User, models.CASCADE, null=True, related_name="sessions", verbose_name=_("user")
    )
    name = models.CharField(max_length=32, blank=True, db_index=True)
    address = models.CharField(_("address"), max_length=45, blank=True)
    user_agent = models.CharField(_("browser"), max_length=400, blank=True)
    started_at = models.DateTimeField(_("started"), null=True)
    last_active_at = models.DateTimeField(_("last active"), null=True)

    class Meta(AbstractBaseSession.Meta):  # type: ignore[name-defined]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @classmethod
    def get_session_store_class(cls) -> Any:
        from accounts.sessions import SessionStore

        return SessionStore


class SecretQuerySet(models.QuerySet[Any]):
    def usable(self) -> "SecretQuerySet":
        now = timezone.now()
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None)


class Secret(models.Model):
    """Something that opens a door and is shown once. It is random enough (256 bits) that one
    round of SHA-256 keeps it, and a lookup by the hash tells an observer of its time nothing."""

    hash = models.CharField(max_length=64, unique=True, editable=False)
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = SecretQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()


class AccessToken(Secret):
    """Lets a program act as its user: `Authorization: Bearer …`, or `login {token}`."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="access_tokens", verbose_name=_("user")
    )
    name = models.CharField(_("name"), max_length=80)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class Invitation(Secret):
    """A link that lets a number of people sign up."""

    created_by = models.ForeignKey(
        User, models.CASCADE, related_name="invitations", verbose_name=_("by")
    )
    max_uses = models.PositiveIntegerField(_("how many people"), default=1)
    uses = models.PositiveIntegerField(_("used"), default=0, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                name="invitation_uses_limited", condition=Q(uses__lte=F("max_uses"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}…"


class LoginAttempt(models.Model):
    """A wrong try to log in. In the database, so that the limits hold over all workers and over a
    restart."""

    KEPT = timedelta(days=30)

    name = models.CharField(_("name"), max_length=254, blank=True)
    address = models.CharField(_("address"), max_length=45)
    tried_at = models.DateTimeField(_("time"), db_index=True)

    class Meta:
        verbose_name = _("wrong log-in")
        verbose_name_plural = _("wrong log-ins")
        indexes = [
            models.Index(fields=["name", "tried_at"]),
            models.Index(fields=["address", "tried_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.address}"
