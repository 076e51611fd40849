"""What the house itself remembers: whether it is closed for writing, and what it announced."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Closure(models.Model):
    """One row while the house is, or will be, closed for writing; none while it is open."""

    starts_at = models.DateTimeField(_("from"))
    message = models.CharField(_("message"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        default_permissions = ("change",)
        permissions = [("direct_workers", "Can direct workers")]
        constraints = [models.CheckConstraint(name="closure_single", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return self.message


class Announcement(models.Model):
    """Something that everybody of its audience shall know: all, a channel, or a group. The texts of
    one language may be empty; then the other one's serve."""

    class Level(models.TextChoices):
        INFO = "info", _("Information")
        WARNING = "warning", _("Warning")
        CRITICAL = "critical", _("Critical")

    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    title_ko = models.CharField(_("title in Korean"), max_length=120, blank=True)
    text_en = models.TextField(_("text in English"), max_length=4000, blank=True)
    text_ko = models.TextField(_("text in Korean"), max_length=4000, blank=True)
    html_en = models.TextField(editable=False)
    html_ko = models.TextField(editable=False)
    level = models.CharField(_("level"), max_length=8, choices=Level, default=Level.INFO)
    requires_acknowledgement = models.BooleanField(_("has to be confirmed"), default=False)
    channel = models.ForeignKey(
        "chat.Channel",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind__in": ("public", "private")},
        verbose_name=_("channel"),
    )
    group = models.ForeignKey(
        Group, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("group")
    )
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("created"))
    mailed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        default_permissions = ("add", "view")
        indexes = [models.Index(fields=["created_at"])]
        constraints = [
            models.CheckConstraint(
                name="announcement_one_audience",
                condition=models.Q(channel=None) | models.Q(group=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en or self.title_ko

    @property
    def is_running(self) -> bool:
        return self.expires_at is None or self.expires_at > timezone.now()


class Acknowledgement(models.Model):
    announcement = models.ForeignKey(
        Announcement, models.CASCADE, related_name="acknowledgements", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announcement", "user"], name="acknowledgement_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} has read {self.announcement_id}"
