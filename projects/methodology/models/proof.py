"""What stands behind a mark: the files and links of a step, and what people noted on it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from golive.core.guards import AppendOnly, Rule
from projects.evidence.models import Evidence
from projects.methodology.models.course import Step


class StepEvidence(models.Model):
    """A piece of evidence that was laid beside a step. Taken away again, it stays in history."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="proofs")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="step_evidence_once", fields=["step", "evidence"], condition=Q(removed_at__isnull=True)
            ),
            Rule(
                name="step_evidence_of_its_project",
                event="insert",
                bad=(
                    'NOT EXISTS (SELECT 1 FROM "projects_step" s JOIN "projects_evidence" e '
                    'ON e."project_id" = s."project_id" WHERE s."id" = NEW."step_id" AND e."id" = NEW."evidence_id")'
                ),
            ),
        ]
        ordering = ["pk"]


class StepNote(models.Model):
    """What somebody wrote beside a step, at any time; never changed, never deleted."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            AppendOnly(name="step_note_kept"),
            models.CheckConstraint(name="step_note_says_something", condition=~Q(text="")),
        ]
        ordering = ["pk"]
