"""One row a letter and recipient: what was sent, what was not, and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from golive.core.guards import LegalTransitions
from golive.core.ids import uuid7
from golive.letters.states import LEGAL


class LetterState(models.TextChoices):
    QUEUED = "queued", _("Queued")
    SENT = "sent", _("Sent")
    UNKNOWN = "unknown", _("Not known whether it arrived")
    FAILED = "failed", _("Refused by the recipient's mail server")
    SKIPPED = "skipped", _("Skipped")


class DeliveryClass(models.TextChoices):
    SECURITY = "security", _("Security and sign-off: on doubt it is sent again")
    GUIDANCE = "guidance", _("Guidance: on doubt a person decides")


class LetterRow(models.Model):
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    letter = models.CharField(max_length=60)
    matter = models.CharField(max_length=120)  # what it is about, such as project:HALD-7Q2
    cycle = models.CharField(max_length=80, default="", blank=True)  # raised when the same letter is due anew
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    address = models.EmailField()
    delivery_class = models.CharField(max_length=8, choices=DeliveryClass)
    words = models.JSONField(default=dict, blank=True)
    url = models.CharField(max_length=500, default="", blank=True)
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.QUEUED)
    message_id = models.CharField(max_length=200, unique=True)  # the same at every try, so that a mailbox may see twins
    queued_at = models.DateTimeField(default=timezone.now)
    handed_at = models.DateTimeField(null=True, blank=True)  # given to the mail server, its answer not yet stored
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    twins = models.PositiveSmallIntegerField(default=0)  # times it was sent again though it may have arrived
    settled_at = models.DateTimeField(null=True, blank=True)  # a person left it as it is: no longer asked about
    reason = models.CharField(max_length=300, default="", blank=True)
    skipped_because = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        verbose_name = _("letter")
        indexes = [
            models.Index(fields=["matter", "state"], name="letter_of_matter"),
        ]
        constraints = [
            models.UniqueConstraint(name="letter_once", fields=["letter", "matter", "cycle", "address"]),
            models.CheckConstraint(name="letter_state_known", condition=Q(state__in=LetterState.values)),
            models.CheckConstraint(name="letter_class_known", condition=Q(delivery_class__in=DeliveryClass.values)),
            models.CheckConstraint(
                name="letter_sent_has_moment",
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True),
            ),
            models.CheckConstraint(
                name="letter_skipped_has_reason",
                condition=Q(state="skipped") & ~Q(skipped_because="") | ~Q(state="skipped") & Q(skipped_because=""),
            ),
            LegalTransitions(name="letter_legal", field="state", initial="queued", legal=LEGAL),
        ]

    def __str__(self) -> str:
        return f"{self.letter} to {self.address}"
