"""The sign-off of a review: what was seen, who decided, on what report and for which date."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from golive.core.guards import AppendOnly, Rule
from golive.core.ids import uuid7
from projects.checklist.models.submission import Submission
from projects.portfolio.models.project import Project, ThroughProject
from reviews.assessment.models import Review
from reviews.assessment.states import Outcome
from reviews.report.models import Report

PERSON: dict[str, Any] = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}


class Conclusion(models.Model):
    """One for each review; a suspended one is confirmed again, mostly on a later submission, as a row of its own."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="conclusions")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="conclusions")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="conclusions")
    reconfirms = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    outcome = models.CharField(max_length=24, choices=Outcome)
    conditions = models.JSONField(default=list)  # labels of high findings under an accepted plan
    review_hash = models.CharField(max_length=64)  # what the reviewer saw
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    report_sha256 = models.CharField(max_length=64, blank=True)
    go_live_on = models.DateField(null=True, blank=True)
    submitted_by = models.ForeignKey(**PERSON)
    concluded_by = models.ForeignKey(**PERSON)
    at = models.DateTimeField()

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="conclusion_once",
                fields=["review"],
                condition=Q(reconfirms=None),
                violation_error_message="This review is signed off already.",
            ),
            models.CheckConstraint(name="conclusion_hash_whole", condition=Q(review_hash__length=64)),
            models.CheckConstraint(
                name="conclusion_passed_whole",
                condition=Q(outcome=Outcome.NOT_READY)
                | Q(report__isnull=False, report_sha256__length=64, go_live_on__isnull=False),
            ),
            models.CheckConstraint(name="conclusion_not_by_submitter", condition=~Q(concluded_by=F("submitted_by"))),
            Rule(
                name="conclusion_not_by_contributor",
                event="insert",
                bad=(
                    'EXISTS (SELECT 1 FROM "projects_submissioncontributor" c WHERE '
                    'c."submission_id" = NEW."submission_id" AND c."user_id" = NEW."concluded_by_id") '
                    'OR EXISTS (SELECT 1 FROM "projects_membership" m WHERE m."project_id" = NEW."project_id" '
                    'AND m."user_id" = NEW."concluded_by_id")'
                ),
                message="Who contributed to a checklist, or is on the project, cannot sign off its review.",
            ),
            AppendOnly(name="conclusion_kept"),
        ]
        ordering = ["-pk"]
