"""What was done that may have to be answered for: who let whom in, shut whom out, changed what.

Each entry holds the hash of the one before it, so a change anywhere breaks the chain from there on
(verify.py). The database refuses changes too (append_only.py). No foreign key: entries outlive the
people and things that they tell of.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    time = models.DateTimeField(_("time"), db_index=True)
    actor_id = models.BigIntegerField(_("actor's id"), null=True)
    actor_name = models.CharField(_("actor"), max_length=150, blank=True)
    action = models.CharField(_("action"), max_length=64, db_index=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    details = models.JSONField(_("details"), default=dict)
    address = models.CharField(_("address"), max_length=45, blank=True)
    previous_hash = models.CharField(_("previous hash"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("number",)
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only as a new row."""
        super().save(*args, **{**kwargs, "force_insert": True})
