"""What was sent: frozen, with who wrote it and who was named."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from golive.core.guards import AppendOnly, Rule
from golive.core.ids import uuid7
from projects.checklist.models.checklist import ChecklistRound
from projects.portfolio.models.project import Project, ThroughProject
from projects.portfolio.states import Side

models.CharField.register_lookup(Length)


class Submission(models.Model):
    """What was sent: frozen canonical JSON with the wording, and its two hashes. It never changes."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="submissions")
    round = models.OneToOneField(ChecklistRound, on_delete=models.PROTECT, related_name="submission")
    frozen = models.TextField()
    sha256 = models.CharField(max_length=64)  # over everything: the sign-off binds it
    content_hash = models.CharField(max_length=64)  # over what is material: the clearance binds it
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="submission_hash_whole", condition=Q(sha256__length=64)),
            models.CheckConstraint(name="submission_content_hash_whole", condition=Q(content_hash__length=64)),
            AppendOnly(name="submission_kept"),
            Rule(
                name="submission_of_its_project",
                event="insert",
                bad=(
                    'NOT EXISTS (SELECT 1 FROM "projects_checklistround" r JOIN "projects_checklist" c '
                    'ON c."id" = r."checklist_id" WHERE r."id" = NEW."round_id" '
                    'AND c."project_id" = NEW."project_id")'
                ),
            ),
        ]
        ordering = ["-pk"]


class SubmissionContributor(models.Model):
    """Who wrote any of it. None of them may conclude the review of it: the database knows."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="contributors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="submission_contributor_once", fields=["submission", "user"]),
            AppendOnly(name="submission_contributor_kept"),
        ]


class SubmissionStakeholder(models.Model):
    """The key stakeholders named with a submission: they are copied on what follows."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="stakeholders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="submission_stakeholder_once", fields=["submission", "user"]),
            AppendOnly(name="submission_stakeholder_kept"),
        ]
