"""A report that was ordered, with its frozen content, and the stored file that was rendered from it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from golive.core.guards import AppendOnly
from golive.core.ids import uuid7
from projects.checklist.models.submission import Submission
from projects.portfolio.models.project import Project, ThroughProject
from reviews.assessment.models import Review

PERSON: dict[str, Any] = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}


class ReportOrder(models.Model):
    """What the report says, frozen when it was delivered; rendering may be repeated, this never changes."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="report_orders")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="report_orders")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="report_orders")
    version = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(**PERSON)
    at = models.DateTimeField()

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="report_order_version", fields=["review", "version"]),
            models.CheckConstraint(name="report_order_hash_whole", condition=Q(sha256__length=64)),
            AppendOnly(name="report_order_kept"),
        ]
        ordering = ["-version"]


class Report(models.Model):
    """The stored file, known by its hash; checked at every download, never rendered again in silence."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reports")
    order = models.OneToOneField(ReportOrder, on_delete=models.PROTECT, related_name="report")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reports")
    audience = models.CharField(max_length=12, default="team")
    version = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="report_version", fields=["submission", "audience", "version"]),
            models.CheckConstraint(name="report_hash_whole", condition=Q(sha256__length=64)),
            models.CheckConstraint(name="report_has_bytes", condition=Q(size__gte=1)),
            AppendOnly(name="report_kept"),
        ]
        ordering = ["-pk"]

    @property
    def path(self) -> str:
        return f"reports/{self.sha256[:2]}/{self.sha256}.pdf"
