"""People and programs: who they are, how they prove it, and who may come in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# Letters of every script (김철수 is a name too), digits and . _ - inside: what a mention can hold.
username_validator = RegexValidator(
    r"^\w(?:[\w.-]{0,30}\w)?\Z", _("Use letters, digits, and . _ - inside; at most 32.")
)


class User(AbstractUser):
    """A person or a bot. `epoch` steps whenever what the user may see or do changes: role,
    membership, password, ban. Open sockets compare it and follow."""

    class PresenceSetting(models.TextChoices):
        AUTO = "auto", _("Automatic")
        AWAY = "away", _("Away")
        BUSY = "busy", _("Busy")

    username = models.CharField(
        _("username"), max_length=32, unique=True, validators=[username_validator]
    )
    display_name = models.CharField(_("display name"), max_length=80, blank=True)
    status_emoji = models.CharField(_("status emoji"), max_length=32, blank=True)
    status_text = models.CharField(_("status"), max_length=100, blank=True)
    presence_setting = models.CharField(
        _("presence"), max_length=4, choices=PresenceSetting, default=PresenceSetting.AUTO
    )
    last_seen = models.DateTimeField(_("last seen"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Asia/Seoul")
    language = models.CharField(_("language"), max_length=5, blank=True, choices=settings.LANGUAGES)
    avatar = models.ImageField(_("avatar"), upload_to="avatars/", blank=True)
    is_bot = models.BooleanField(_("bot"), default=False)
    epoch = models.PositiveBigIntegerField(default=0, editable=False)

    # One name field, as people have them everywhere; first and last name are a Western form.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    def get_full_name(self) -> str:
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def avatar_url(self) -> str:
        """The picture's address, or "" when the user has none (clients draw initials)."""
        return self.avatar.url if self.avatar else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.display_name = self.display_name or self.username
        super().save(*args, **kwargs)
