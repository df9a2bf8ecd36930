"""A review of one checklist, its findings, and the rounds of mitigation on them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from golive.core.guards import AppendOnly, LegalTransitions, Rule
from golive.core.ids import uuid7
from projects.checklist.models.checklist import Checklist
from projects.checklist.models.submission import Submission
from projects.portfolio.models.project import Project, ThroughProject
from reviews.assessment.states import (
    FINDING_MOVES,
    OPEN_FINDING,
    REVIEW_MOVES,
    RUNNING,
    FindingKind,
    FindingState,
    Outcome,
    ReviewState,
    Severity,
)

PERSON: dict[str, Any] = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}
OPEN_STATES = ", ".join(f"'{state}'" for state in OPEN_FINDING)


class Review(ConcurrentTransitionMixin, models.Model):
    """Made when somebody takes a submission; a later round of the same checklist moves it to the new submission."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reviews")
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="reviews")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reviews")
    state = FSMField(default=ReviewState.IN_REVIEW, choices=ReviewState)
    outcome = models.CharField(max_length=24, choices=Outcome, blank=True)
    reviewer = models.ForeignKey(**PERSON)
    taken_at = models.DateTimeField()
    first_report_due_on = models.DateField()
    report_delivered_at = models.DateTimeField(
        null=True, blank=True
    )  # the first one: the promise is kept or broken here
    concluded_at = models.DateTimeField(null=True, blank=True)

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="review_one_running",
                fields=["checklist"],
                condition=Q(state__in=RUNNING),
                violation_error_message="Somebody has taken this review already.",
            ),
            models.CheckConstraint(
                name="review_outcome_when_concluded",
                condition=Q(state__in=["concluded", "suspended"], concluded_at__isnull=False) & ~Q(outcome="")
                | Q(state__in=[*RUNNING, "withdrawn"]),
            ),
            LegalTransitions(
                name="review_moves", field="state", initial=ReviewState.IN_REVIEW, legal=sorted(REVIEW_MOVES)
            ),
            Rule(
                name="review_passes_without_critical",
                event="update",
                bad=(
                    'OLD."state" <> NEW."state" AND NEW."state" = \'concluded\' '  # noqa: S608
                    "AND NEW.\"outcome\" IN ('ready', 'ready_with_conditions') AND EXISTS (SELECT 1 FROM "
                    '"reviews_finding" f WHERE f."review_id" = NEW."id" AND f."severity" = \'critical\' '
                    f'AND f."state" IN ({OPEN_STATES}))'
                ),
                message="No review is passed while a critical finding is open.",
            ),
            Rule(
                name="review_of_its_project",
                event="insert_or_update",
                bad=(
                    'NOT EXISTS (SELECT 1 FROM "projects_submission" s JOIN "projects_checklistround" r '
                    'ON r."id" = s."round_id" WHERE s."id" = NEW."submission_id" '
                    'AND s."project_id" = NEW."project_id" AND r."checklist_id" = NEW."checklist_id")'
                ),
            ),
        ]
        ordering = ["-pk"]

    @transition(state, source=ReviewState.IN_REVIEW, target=ReviewState.REPORT_DELIVERED)
    def deliver_report(self, *, at):
        self.report_delivered_at = self.report_delivered_at or at

    @transition(state, source=ReviewState.REPORT_DELIVERED, target=ReviewState.MITIGATION)
    def await_mitigation(self):
        pass

    @transition(state, source=[ReviewState.REPORT_DELIVERED, ReviewState.MITIGATION], target=ReviewState.IN_REVIEW)
    def look_again(self):
        pass

    @transition(state, source=list(RUNNING), target=ReviewState.CONCLUDED)
    def conclude(self, *, outcome, at):
        self.outcome, self.concluded_at = outcome, at

    @transition(state, source=ReviewState.CONCLUDED, target=ReviewState.SUSPENDED)
    def suspend(self):
        pass

    @transition(state, source=ReviewState.SUSPENDED, target=ReviewState.CONCLUDED)
    def confirm_again(self, *, outcome, at):
        self.outcome, self.concluded_at = outcome, at

    @transition(state, source=[*RUNNING, ReviewState.SUSPENDED], target=ReviewState.WITHDRAWN)
    def withdraw(self):
        pass


class ReviewSuspension(models.Model):
    """When and why a signed-off review ceased to cover what is there."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="suspensions")
    because = models.CharField(max_length=40)  # a code: changed, lapsed, finding_added
    by = models.ForeignKey(**PERSON, null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [AppendOnly(name="review_suspension_kept")]
        ordering = ["-pk"]


class Finding(ConcurrentTransitionMixin, models.Model):
    """Never deleted; each change of its words is a version, each move of its state is in the history."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=8)  # R-01, I-02, S-01: kept from one version of the report to the next
    state = FSMField(default=FindingState.DRAFT, choices=FindingState)
    kind = models.CharField(max_length=16, choices=FindingKind)
    severity = models.CharField(max_length=10, choices=Severity, blank=True)
    topic = models.CharField(max_length=8)
    question = models.CharField(max_length=8, blank=True)
    rule = models.CharField(max_length=24, blank=True)  # the rule that raised it; a reviewer's own has none
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    mitigation = models.TextField(blank=True)
    owner = models.CharField(max_length=24, default="project_manager")
    version = models.PositiveSmallIntegerField(default=1)
    because = models.CharField(max_length=500, blank=True)  # why it was dismissed, or its risk accepted
    accepted_until = models.DateField(null=True, blank=True)
    accepted_by = models.ForeignKey(**PERSON, null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)  # the team sees what was opened, never a draft
    changed_at = models.DateTimeField()

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="finding_number", fields=["review", "number"]),
            models.UniqueConstraint(name="finding_label", fields=["review", "label"]),
            models.UniqueConstraint(name="finding_rule_once", fields=["review", "rule"], condition=~Q(rule="")),
            models.CheckConstraint(name="finding_version_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="finding_severity_when_graded",
                condition=Q(kind__in=["risk", "issue"], severity__in=Severity.values)
                | Q(Q(severity=""), ~Q(kind__in=["risk", "issue"])),
            ),
            models.CheckConstraint(
                name="finding_acceptance_whole",
                condition=~Q(state="accepted_by_customer")
                | Q(Q(accepted_by__isnull=False, accepted_until__isnull=False), ~Q(because="")),
            ),
            models.CheckConstraint(name="finding_dismissed_says_why", condition=~Q(state="dismissed", because="")),
            LegalTransitions(
                name="finding_moves", field="state", initial=FindingState.DRAFT, legal=sorted(FINDING_MOVES)
            ),
            Rule(
                name="finding_of_its_project",
                event="insert_or_update",
                bad=(
                    'NOT EXISTS (SELECT 1 FROM "reviews_review" r WHERE r."id" = NEW."review_id" '
                    'AND r."project_id" = NEW."project_id")'
                ),
            ),
            Rule(name="finding_kept", event="delete", bad='OLD."id" IS NOT NULL', message="Findings are kept."),
        ]
        ordering = ["number"]

    @transition(state, source=FindingState.DRAFT, target=FindingState.OPEN)
    def open(self, *, at):
        self.opened_at = at

    @transition(state, source=FindingState.OPEN, target=FindingState.MITIGATION_REQUESTED)
    def request_mitigation(self):
        pass

    @transition(state, source=FindingState.MITIGATION_REQUESTED, target=FindingState.PLAN_SUBMITTED)
    def submit_plan(self):
        pass

    @transition(state, source=FindingState.PLAN_SUBMITTED, target=FindingState.PLAN_ACCEPTED)
    def accept_plan(self):
        pass

    @transition(state, source=FindingState.PLAN_SUBMITTED, target=FindingState.MITIGATION_REQUESTED)
    def return_plan(self):
        pass

    @transition(state, source=FindingState.PLAN_ACCEPTED, target=FindingState.MITIGATED)
    def confirm_done(self):
        pass

    @transition(state, source=list(OPEN_FINDING), target=FindingState.ACCEPTED_BY_CUSTOMER)
    def accept_risk(self, *, by, because, until):
        self.accepted_by, self.because, self.accepted_until = by, because, until

    @transition(state, source=[FindingState.DRAFT, *OPEN_FINDING], target=FindingState.DISMISSED)
    def dismiss(self, *, because):
        self.because = because


class FindingVersion(models.Model):
    """The words of a finding as they stood, with their digest: what a sign-off binds."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(**PERSON, null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="finding_version_once", fields=["finding", "version"]),
            AppendOnly(name="finding_version_kept"),
        ]
        ordering = ["-version"]


class MitigationRound(models.Model):
    """One ask and answer on a finding."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    ask = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(**PERSON)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="mitigation_round_once", fields=["finding", "number"]),
            AppendOnly(name="mitigation_round_kept"),
        ]
        ordering = ["number"]


class MitigationPlan(models.Model):
    """The team's answer to one round: what will be done, by whom, until when."""

    round = models.OneToOneField(MitigationRound, on_delete=models.PROTECT, related_name="plan")
    what = models.TextField()
    owner = models.CharField(max_length=120)
    due_on = models.DateField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(**PERSON)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="mitigation_plan_whole", condition=~Q(Q(what="") | Q(owner=""))),
            AppendOnly(name="mitigation_plan_kept"),
        ]


class PlanDecision(models.Model):
    plan = models.OneToOneField(MitigationPlan, on_delete=models.PROTECT, related_name="decision")
    accepted = models.BooleanField()
    reply = models.TextField(blank=True)
    by = models.ForeignKey(**PERSON)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="plan_returned_says_why", condition=Q(accepted=True) | ~Q(reply="")),
            AppendOnly(name="plan_decision_kept"),
        ]
