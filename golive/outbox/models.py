"""Work that must not be lost: one row a piece of work, written in the transaction of the act that asks for it."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from golive.core.guards import LegalTransitions
from golive.outbox.states import LEGAL

models.CharField.register_lookup(Length)


class OutboxState(models.TextChoices):
    READY = "ready", _("Ready")
    LEASED = "leased", _("Being worked on")
    DONE = "done", _("Done")
    UNKNOWN = "unknown", _("Outcome unknown")
    DEAD = "dead", _("Given up")


class Priority(models.IntegerChoices):
    """A sign-off or a password overtakes whatever guidance is still queued."""

    SECURITY = 0, _("Security and sign-off")
    NORMAL = 10, _("Normal")
    GUIDANCE = 20, _("Guidance")


class Outbox(models.Model):
    kind = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)  # of the payload: an older worker leaves a newer one alone
    hearer = models.CharField(max_length=120, default="", blank=True)  # set on the rows of a kind with several hearers
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    dedupe_key = models.CharField(max_length=240, unique=True)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NORMAL)
    state = models.CharField(max_length=8, choices=OutboxState, default=OutboxState.READY)
    not_before = models.DateTimeField(default=timezone.now)
    lease_token = models.CharField(max_length=32, default="", blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, default="", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("piece of work")
        verbose_name_plural = _("outbox")
        indexes = [
            models.Index(fields=["priority", "id"], name="outbox_open", condition=Q(state__in=["ready", "leased"])),
            models.Index(fields=["id"], name="outbox_stuck", condition=Q(state__in=["dead", "unknown"])),
        ]
        constraints = [
            models.CheckConstraint(name="outbox_state_known", condition=Q(state__in=OutboxState.values)),
            models.CheckConstraint(name="outbox_priority_known", condition=Q(priority__in=Priority.values)),
            models.CheckConstraint(
                name="outbox_leased_has_lease",
                condition=Q(state="leased", lease_until__isnull=False) & ~Q(lease_token="")
                | ~Q(state="leased") & Q(lease_until__isnull=True, lease_token=""),
            ),
            models.CheckConstraint(
                name="outbox_ended_has_moment",
                condition=Q(state__in=["ready", "leased"], ended_at__isnull=True)
                | Q(state__in=["done", "unknown", "dead"], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="outbox_texts_fit",
                condition=Q(kind__length__lte=80) & Q(dedupe_key__length__lte=240) & Q(last_error__length__lte=500),
            ),
            LegalTransitions(name="outbox_legal", field="state", initial="ready", legal=LEGAL),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def chain(self) -> str:
        return self.payload.get("chain", "site")
