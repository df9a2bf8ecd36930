"""What administrators changed of the programme's numbers: append-only, the newest row of a key counts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from golive.core.guards import AppendOnly

BECAUSE_LIMIT = 500


class NumberOverride(models.Model):
    key = models.CharField(_("number"), max_length=64)
    value = models.DecimalField(_("value"), max_digits=9, decimal_places=2)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    because = models.CharField(_("reason"), max_length=BECAUSE_LIMIT)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("override of a number")
        verbose_name_plural = _("overrides of numbers")
        ordering = ["-id"]
        indexes = [models.Index(fields=["key", "-id"], name="programme_override_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(because="") & Q(value__gte=0),
                name="programme_override_sound",
            ),
            AppendOnly(name="programme_override_append_only"),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
