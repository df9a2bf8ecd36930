"""Files and links of a project: content by its hash, each piece of evidence with every revision it ever had."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from golive.core.guards import AppendOnly, Kept, Rule
from golive.core.ids import uuid7
from projects.evidence.states import Scan
from projects.portfolio.models.project import Project, ThroughProject

models.CharField.register_lookup(Length)


class EvidenceFile(models.Model):
    """The content of a file, once a project whatever it is called; stored under its hash."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="evidence_files")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    scan = models.CharField(max_length=12, choices=Scan, default=Scan.NOT_SCANNED)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="evidence_file_once", fields=["project", "sha256"]),
            models.CheckConstraint(name="evidence_file_says_something", condition=Q(size__gte=1)),
            models.CheckConstraint(name="evidence_file_named_by_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="evidence_scan_known", condition=Q(scan__in=Scan.values)),
            Kept(name="evidence_file_kept"),
            Rule(
                name="evidence_file_fixed",
                event="update",
                bad='OLD."sha256" <> NEW."sha256" OR OLD."size" <> NEW."size" OR OLD."project_id" <> NEW."project_id"',
                message="The content of a stored file never changes.",
            ),
        ]


class Evidence(models.Model):
    """One piece of evidence under a title. What it is stands in its newest revision."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=120)
    revision = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # no longer offered; what named it still finds it
    expires_on = models.DateField(null=True, blank=True)  # the last day on which it still proves something
    stale_at = models.DateTimeField(null=True, blank=True)  # when something came after it that it does not know

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="evidence_titled", condition=~Q(title="")),
            models.CheckConstraint(name="evidence_revision_from_one", condition=Q(revision__gte=1)),
            Kept(name="evidence_kept"),
        ]
        ordering = ["-pk"]


class EvidenceRevision(models.Model):
    """What a piece of evidence was at one time: a file under the name it came with, or a link."""

    badge: Any  # laid on by pages: whether it still proves something
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="evidence_revision_once", fields=["evidence", "number"]),
            models.CheckConstraint(
                name="evidence_file_or_link",
                condition=Q(file__isnull=False, url="") & ~Q(name="") | Q(file__isnull=True, name="") & ~Q(url=""),
            ),
            AppendOnly(name="evidence_revision_kept"),
            Rule(
                name="evidence_revision_of_its_project",
                event="insert",
                bad=(
                    'NEW."file_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "projects_evidence" e '
                    'JOIN "projects_evidencefile" f ON f."project_id" = e."project_id" '
                    'WHERE e."id" = NEW."evidence_id" AND f."id" = NEW."file_id")'
                ),
            ),
        ]
        ordering = ["-number"]


class EvidenceStore(models.Model):
    """How much a project keeps: what its quota is measured against."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, primary_key=True, related_name="evidence_store")
    files = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
