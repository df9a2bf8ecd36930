"""One checklist a rollout: its live answers, its rounds, and the frozen submission of each submitted round."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from golive.core.guards import AppendOnly, LegalTransitions, Rule
from golive.core.ids import uuid7
from projects.checklist.states import ROUND_MOVES, RoundState
from projects.portfolio.models.milestones import Rollout
from projects.portfolio.models.project import Project, ThroughProject
from projects.portfolio.states import Risk, Side

models.TextField.register_lookup(Length)
models.CharField.register_lookup(Length)


class Checklist(models.Model):
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="checklists")
    rollout = models.OneToOneField(Rollout, on_delete=models.PROTECT, related_name="checklist")
    catalogue = models.CharField(max_length=40)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    content_hash = models.CharField(max_length=64)  # over the live answers to material questions
    submitted_hash = models.CharField(max_length=64, blank=True)  # the newest submission's
    differs = models.BooleanField(default=False)  # whether others were told that the two are not equal
    asked = models.PositiveSmallIntegerField(default=0)
    answered = models.PositiveSmallIntegerField(default=0)
    predicted_risk = models.PositiveSmallIntegerField(choices=Risk, default=Risk.NONE)
    judged_at = models.DateTimeField()

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="checklist_hash_whole", condition=Q(content_hash__length=64)),
            models.CheckConstraint(name="checklist_answered_of_asked", condition=Q(answered__lte=F("asked"))),
            Rule(
                name="checklist_of_its_project",
                event="insert_or_update",
                bad=(
                    'NOT EXISTS (SELECT 1 FROM "projects_rollout" r WHERE r."id" = NEW."rollout_id" '
                    'AND r."project_id" = NEW."project_id")'
                ),
            ),
        ]


class ChecklistRound(ConcurrentTransitionMixin, models.Model):
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    state = FSMField(default=RoundState.DRAFT, choices=RoundState)
    started_at = models.DateTimeField(default=timezone.now)
    because = models.CharField(max_length=500, blank=True)  # why the checklist was reopened or withdrawn
    submitted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)  # a review has it: it cannot be withdrawn any more

    class Meta:
        constraints = [
            models.UniqueConstraint(name="checklist_round_once", fields=["checklist", "number"]),
            models.CheckConstraint(name="checklist_round_from_one", condition=Q(number__gte=1)),
            models.UniqueConstraint(
                name="checklist_one_draft", fields=["checklist"], condition=Q(state=RoundState.DRAFT)
            ),
            models.CheckConstraint(
                name="checklist_round_stamped",
                condition=Q(state="draft", submitted_at__isnull=True, ended_at__isnull=True, taken_at__isnull=True)
                | Q(state="submitted", submitted_at__isnull=False, ended_at__isnull=True)
                | Q(state="withdrawn", submitted_at__isnull=False, ended_at__isnull=False, taken_at__isnull=True)
                | Q(state="superseded", submitted_at__isnull=False, ended_at__isnull=False),
            ),
            LegalTransitions(
                name="checklist_round_moves", field="state", initial=RoundState.DRAFT, legal=sorted(ROUND_MOVES)
            ),
        ]
        ordering = ["number"]

    @transition(state, source=RoundState.DRAFT, target=RoundState.SUBMITTED)
    def submit(self, *, at):
        self.submitted_at = at

    @transition(state, source=RoundState.SUBMITTED, target=RoundState.WITHDRAWN)
    def withdraw(self, *, at):
        self.ended_at = at

    @transition(state, source=RoundState.SUBMITTED, target=RoundState.SUPERSEDED)
    def supersede(self, *, at):
        self.ended_at = at


class Answer(models.Model):
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=8)
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="answer_once", fields=["checklist", "question"]),
            models.CheckConstraint(name="answer_revision_from_one", condition=Q(revision__gte=1)),
            Rule(
                name="answer_only_in_draft",
                event="insert_or_update",
                bad=(
                    'NOT EXISTS (SELECT 1 FROM "projects_checklistround" r WHERE '
                    'r."checklist_id" = NEW."checklist_id" AND r."state" = \'draft\')'
                ),
                message="The checklist is submitted: its answers are read-only.",
            ),
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
