"""What the house itself remembers: whether it is closed for writing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Closure(models.Model):
    """One row while the house is, or will be, closed for writing; none while it is open."""

    starts_at = models.DateTimeField(_("from"))
    message = models.CharField(_("message"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        default_permissions = ()
        constraints = [models.CheckConstraint(name="closure_single", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return self.message
