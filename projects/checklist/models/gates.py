"""Quality gates: dated pictures of how far each topic is, with the decision that was taken on them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from golive.core.guards import AppendOnly
from golive.core.ids import uuid7
from projects.checklist.models.checklist import Checklist
from projects.checklist.states import GateDecision, TopicStatus


class QualityGate(models.Model):
    """Held at any time, as often as wanted; what was recorded never changes."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="quality_gates")
    number = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    go_live_on = models.DateField(null=True, blank=True)  # as it was planned then
    decision = models.CharField(max_length=12, choices=GateDecision)
    remark = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="quality_gate_once", fields=["checklist", "number"]),
            models.CheckConstraint(name="quality_gate_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="quality_gate_decision_known", condition=Q(decision__in=GateDecision.values)),
            AppendOnly(name="quality_gate_kept"),
        ]
        ordering = ["-number"]


class QualityGateTopic(models.Model):
    """One topic at one gate, under the name it had then."""

    gate = models.ForeignKey(QualityGate, on_delete=models.PROTECT, related_name="topics")
    position = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    status = models.CharField(max_length=12, choices=TopicStatus)
    readiness = models.PositiveSmallIntegerField()  # percent
    completeness = models.PositiveSmallIntegerField()  # percent
    maturity = models.PositiveSmallIntegerField()  # 1 to 5
    owner = models.CharField(max_length=120, blank=True)
    remark = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="quality_gate_topic_once", fields=["gate", "topic"]),
            models.CheckConstraint(name="quality_gate_status_known", condition=Q(status__in=TopicStatus.values)),
            models.CheckConstraint(
                name="quality_gate_topic_within",
                condition=Q(readiness__lte=100, completeness__lte=100, maturity__gte=1, maturity__lte=5),
            ),
            AppendOnly(name="quality_gate_topic_kept"),
        ]
        ordering = ["position"]
