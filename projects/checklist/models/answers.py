"""The live answers: each with every text that ever stood in it, and the evidence laid beside it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from golive.core.guards import AppendOnly, Kept, Rule
from golive.core.ids import uuid7
from projects.checklist.models.checklist import Checklist, only_in_draft
from projects.evidence.models import Evidence, EvidenceRevision
from projects.portfolio.models.project import Project


class Answer(models.Model):
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=8)
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    confirmed_round = models.PositiveSmallIntegerField(default=1)  # in which it was given or found still true
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="answer_once", fields=["checklist", "question"]),
            models.CheckConstraint(name="answer_revision_from_one", condition=Q(revision__gte=1)),
            only_in_draft("answer_only_in_draft"),
        ]


class AnswerRevision(models.Model):
    """Every text that ever stood in an answer, and whose it was."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="revisions")
    revision = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="answer_revision_once", fields=["answer", "revision"]),
            AppendOnly(name="answer_revision_kept"),
        ]
        ordering = ["-revision"]


class AnswerEvidence(models.Model):
    """A file or link laid beside an answer, in the revision that it had then. Taken away again, it stays in history."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="evidence")
    question = models.CharField(max_length=8)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(EvidenceRevision, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="answer_evidence_once",
                fields=["checklist", "question", "evidence"],
                condition=Q(removed_at__isnull=True),
            ),
            only_in_draft("answer_evidence_only_in_draft"),
            Kept(name="answer_evidence_kept"),
            Rule(
                name="answer_evidence_of_its_project",
                event="insert_or_update",
                bad=(
                    'NOT EXISTS (SELECT 1 FROM "projects_checklist" c '
                    'JOIN "projects_evidence" e ON e."project_id" = c."project_id" '
                    'JOIN "projects_evidencerevision" r ON r."evidence_id" = e."id" '
                    'WHERE c."id" = NEW."checklist_id" AND e."id" = NEW."evidence_id" AND r."id" = NEW."revision_id")'
                ),
            ),
        ]
        ordering = ["pk"]


class AnswerPresence(models.Model):
    """The question that somebody has before them now. It means nothing any more after a minute."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=8)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="answer_presence_once", fields=["project", "user"])]


class ChecklistAssignment(models.Model):
    """Who is asked to answer a question, or a whole topic, and until when. Ended, it stays in history."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="assignments")
    topic = models.CharField(max_length=8, blank=True)
    question = models.CharField(max_length=8, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="checklist_assignment_of_one",
                condition=Q(topic="", question__gt="") | Q(topic__gt="", question=""),
            ),
            models.UniqueConstraint(
                name="checklist_assignment_once",
                fields=["checklist", "topic", "question"],
                condition=Q(ended_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "due_on"], name="assignment_of", condition=Q(ended_at__isnull=True)),
        ]
        ordering = ["pk"]
