"""One checklist a rollout, its header, and its rounds."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from golive.core.guards import LegalTransitions, Rule
from projects.checklist.states import ROUND_MOVES, RoundState
from projects.portfolio.models.milestones import Rollout
from projects.portfolio.models.project import Project, ThroughProject
from projects.portfolio.states import Risk

models.CharField.register_lookup(Length)


def only_in_draft(name: str) -> Rule:
    """What a submission freezes is written while a round is a draft, and at no other time."""
    return Rule(
        name=name,
        event="insert_or_update",
        bad=(
            'NOT EXISTS (SELECT 1 FROM "projects_checklistround" r WHERE '
            'r."checklist_id" = NEW."checklist_id" AND r."state" = \'draft\')'
        ),
        message="The checklist is submitted: its answers are read-only.",
    )


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
    # Kept beside the answers, so that a save reads them without asking: question to the digests of its evidence, and
    # contradiction to what is said of it now.
    attached = models.JSONField(default=dict)
    said = models.JSONField(default=dict)

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


class ChecklistHeader(models.Model):
    """What the checklist asks about the project as a whole, and nothing else in the product knows.

    The first of `rollouts` is this one: its day is the go-live milestone, and is not kept here.
    """

    checklist = models.OneToOneField(Checklist, on_delete=models.PROTECT, primary_key=True, related_name="header")
    project_reference = models.CharField(max_length=200, blank=True)
    legacy_system = models.CharField(max_length=500, blank=True)
    rollouts = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="checklist_header_revision_from_one", condition=Q(revision__gte=1)),
            only_in_draft("checklist_header_only_in_draft"),
        ]
