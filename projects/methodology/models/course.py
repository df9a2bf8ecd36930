"""The phases and steps of one project; their texts stand in the catalogue version that the project pins."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from golive.core.guards import AppendOnly, LegalTransitions, Rule
from projects.methodology.states import PHASE_MOVES, STEP_MOVES, PhaseState, StepState
from projects.portfolio.models.project import Project, ThroughProject


class Phase(ConcurrentTransitionMixin, models.Model):
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="phases")
    catalogue = models.CharField(max_length=40)
    key = models.CharField(max_length=24)
    position = models.PositiveSmallIntegerField()
    gate = models.BooleanField()
    state = FSMField(default=PhaseState.OPEN, choices=PhaseState)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="phase_once", fields=["project", "key"]),
            models.UniqueConstraint(name="phase_place", fields=["project", "position"]),
            models.CheckConstraint(
                name="phase_complete_stamped",
                condition=Q(state="complete", completed_at__isnull=False, completed_by__isnull=False)
                | Q(state="open", completed_at__isnull=True, completed_by__isnull=True),
            ),
            LegalTransitions(name="phase_moves", field="state", initial=PhaseState.OPEN, legal=sorted(PHASE_MOVES)),
            Rule(
                name="phase_needs_required_steps",
                event="update",
                bad=(
                    'OLD."state" <> NEW."state" AND NEW."state" = \'complete\' AND EXISTS (SELECT 1 FROM '
                    '"projects_step" s WHERE s."phase_id" = NEW."id" AND s."required" AND s."applies" '
                    "AND s.\"state\" <> 'done')"
                ),
                message="A phase is complete only when every required step of it is done.",
            ),
        ]
        ordering = ["position"]

    @transition(state, source=PhaseState.OPEN, target=PhaseState.COMPLETE)
    def complete(self, *, by, at):
        self.completed_by, self.completed_at = by, at

    @transition(state, source=PhaseState.COMPLETE, target=PhaseState.OPEN)
    def reopen(self):
        self.completed_by = self.completed_at = None


class PhaseReopening(models.Model):
    """Who reopened a phase, when and why: kept for good, also after it is complete again."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="reopenings")
    because = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            AppendOnly(name="phase_reopening_kept"),
            models.CheckConstraint(name="phase_reopening_says_why", condition=~Q(because="")),
        ]
        ordering = ["-pk"]


class Step(ConcurrentTransitionMixin, models.Model):
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="steps")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="steps")
    key = models.CharField(max_length=8)
    position = models.PositiveSmallIntegerField()
    required = models.BooleanField()
    applies = models.BooleanField(default=True)
    auto = models.CharField(max_length=40, blank=True)
    state = FSMField(default=StepState.OPEN, choices=StepState)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(  # null on a done step: the system ticked it
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    note = models.CharField(max_length=500, blank=True)
    ceased_at = models.DateTimeField(null=True, blank=True)
    version = models.CharField(max_length=40, blank=True)  # of the acceptance sandbox when acceptance was signed off

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="step_once", fields=["project", "key"]),
            models.CheckConstraint(
                name="step_done_stamped",
                condition=Q(state="done", done_at__isnull=False)
                | Q(state="open", done_at__isnull=True, done_by__isnull=True),
            ),
            LegalTransitions(name="step_moves", field="state", initial=StepState.OPEN, legal=sorted(STEP_MOVES)),
            Rule(
                name="step_of_its_project",
                event="insert_or_update",
                bad=(
                    'NOT EXISTS (SELECT 1 FROM "projects_phase" p WHERE p."id" = NEW."phase_id" '
                    'AND p."project_id" = NEW."project_id")'
                ),
            ),
        ]
        ordering = ["position"]

    @transition(state, source=StepState.OPEN, target=StepState.DONE)
    def mark_done(self, *, by, at, note=""):
        self.done_by, self.done_at, self.note = by, at, note

    @transition(state, source=StepState.DONE, target=StepState.OPEN)
    def undo(self):
        self.done_by, self.done_at, self.note = None, None, ""
