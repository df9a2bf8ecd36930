"""A project, its rollouts and their milestones, its people, and the two rows that others read and keep."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from golive.accounts.models import Organisation, User
from golive.core.guards import AppendOnly, LegalTransitions, Rule
from projects.portfolio.states import (
    PROJECT_MOVES,
    Access,
    EngagementType,
    Infrastructure,
    Job,
    Milestone,
    ProjectState,
    Risk,
    Side,
    Station,
)


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User) -> "ProjectQuerySet":
        """Members see their projects, FastTrack all, engineers those with a service request."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if user.is_architect or user.is_lead:
            return self
        seen = Q(pk__in=Membership.objects.filter(user=user).values("project"))
        if user.is_org_admin:
            seen |= Q(customer_id=user.organisation_id) | Q(partner_id=user.organisation_id)
        if user.is_engineer:
            seen |= ~Q(standing__request_state__in=["", "draft"])
        return self.filter(seen)


class ThroughProject(models.QuerySet):
    """Rows of a project are visible to those who see the project."""

    def visible_to(self, user: User) -> "ThroughProject":
        return self.filter(project__in=Project.objects.visible_to(user))


class Project(ConcurrentTransitionMixin, models.Model):
    key = models.CharField(max_length=8, unique=True, editable=False)
    name = models.CharField(max_length=120)
    customer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="customer_projects")
    partner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="partner_projects", null=True, blank=True
    )
    infrastructure = models.CharField(max_length=20, choices=Infrastructure)
    engagement_type = models.CharField(max_length=20, choices=EngagementType, default=EngagementType.SELF_SERVICE)
    architect = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="architect_of", null=True, blank=True
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    state = FSMField(default=ProjectState.ACTIVE, choices=ProjectState)
    state_changed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            LegalTransitions(
                name="project_moves", field="state", initial=ProjectState.ACTIVE, legal=sorted(PROJECT_MOVES)
            ),
            models.CheckConstraint(name="project_name_given", condition=~Q(name="")),
            models.CheckConstraint(
                name="project_infrastructure_known", condition=Q(infrastructure__in=Infrastructure.values)
            ),
            models.CheckConstraint(name="project_two_organisations", condition=~Q(customer=F("partner"))),
            Rule(
                name="project_infrastructure_fixed",
                event="update",
                bad='OLD."infrastructure" <> NEW."infrastructure" OR OLD."key" <> NEW."key"',
                message="A project keeps its key and its infrastructure.",
            ),
        ]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def chain(self) -> str:
        return f"project:{self.key}"

    @property
    def is_self_service(self) -> bool:
        return self.infrastructure == Infrastructure.SELF_SERVICE

    @transition(state, source=ProjectState.ACTIVE, target=ProjectState.PAUSED)
    def pause(self, *, at):
        self.state_changed_at = at

    @transition(state, source=ProjectState.PAUSED, target=ProjectState.ACTIVE)
    def resume(self, *, at):
        self.state_changed_at = at

    @transition(state, source=[ProjectState.ACTIVE, ProjectState.PAUSED], target=ProjectState.CLOSED)
    def close(self, *, at):
        self.state_changed_at = at

    @transition(state, source=ProjectState.ACTIVE, target=ProjectState.GRADUATED)
    def graduate(self, *, at):
        self.state_changed_at = at


class Rollout(models.Model):
    """One go-live of a project. There is one at first; the production slot belongs to it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="rollouts")
    number = models.PositiveSmallIntegerField(default=1)

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="rollout_number", fields=["project", "number"]),
            models.CheckConstraint(name="rollout_counts_from_one", condition=Q(number__gte=1)),
        ]


class RolloutMilestone(models.Model):
    rollout = models.ForeignKey(Rollout, on_delete=models.PROTECT, related_name="milestones")
    milestone = models.CharField(max_length=24, choices=Milestone)
    day = models.DateField()
    tentative = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="milestone_once", fields=["rollout", "milestone"]),
            models.CheckConstraint(name="milestone_known", condition=Q(milestone__in=Milestone.values)),
            models.CheckConstraint(
                name="milestone_day_in_range", condition=Q(day__gte=date(2000, 1, 1), day__lte=date(2100, 12, 31))
            ),
        ]


class MilestoneMove(models.Model):
    """The history of a date: what it was, what it became, who moved it and why."""

    rollout = models.ForeignKey(Rollout, on_delete=models.PROTECT, related_name="moves")
    milestone = models.CharField(max_length=24, choices=Milestone)
    before = models.DateField(null=True, blank=True)
    after = models.DateField()
    because = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [AppendOnly(name="milestone_move_kept")]
        ordering = ["-pk"]


class Membership(models.Model):
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    side = models.CharField(max_length=10, choices=Side)
    access = models.CharField(max_length=20, choices=Access, default=Access.MEMBER)
    job = models.CharField(max_length=24, choices=Job, blank=True)
    stakeholder = models.BooleanField(default=False)
    primary_contact = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="membership_once", fields=["user", "project"]),
            models.CheckConstraint(name="membership_side_known", condition=Q(side__in=Side.values)),
            models.CheckConstraint(name="membership_access_known", condition=Q(access__in=Access.values)),
            Rule(
                name="membership_side_is_organisation",
                event="insert_or_update",
                bad=(
                    'NOT EXISTS (SELECT 1 FROM "projects_project" p JOIN "accounts_user" u ON u."id" = NEW."user_id" '
                    'WHERE p."id" = NEW."project_id" AND u."organisation_id" = '
                    'CASE NEW."side" WHEN \'customer\' THEN p."customer_id" ELSE p."partner_id" END)'
                ),
                message="Only people of the customer and of the partner are members, each on their own side.",
            ),
        ]
        ordering = ["side", "user__name"]


class ProjectFacts(models.Model):
    """What rules in lower slices need from higher ones; each column is kept by the slice named beside it."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, primary_key=True, related_name="facts")
    onboarded = models.BooleanField(default=False)  # plan
    products = models.JSONField(default=list)  # plan
    user_count = models.PositiveIntegerField(null=True, blank=True)  # plan
    open_gate_phases = models.JSONField(default=list)  # methodology
    has_active_estimate = models.BooleanField(default=False)  # production


class ProjectStanding(models.Model):
    """What lists, filters and title blocks need; `states.STANDING_WRITERS` names each column's one writer."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, primary_key=True, related_name="standing")
    phase = models.CharField(max_length=24, default="analysis")
    go_live_on = models.DateField(null=True, blank=True)
    checklist_state = models.CharField(max_length=12, default="draft")
    answered = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    predicted_risk = models.PositiveSmallIntegerField(choices=Risk, default=Risk.NONE)
    review_state = models.CharField(max_length=20, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    turn = models.CharField(max_length=10, blank=True)
    found_risk = models.PositiveSmallIntegerField(choices=Risk, default=Risk.NONE)
    open_critical = models.PositiveSmallIntegerField(default=0)
    clearance_state = models.CharField(max_length=12, blank=True)
    request_state = models.CharField(max_length=20, blank=True)
    # Pure functions of the columns above, kept by portfolio.actions.note.
    worst_risk = models.PositiveSmallIntegerField(choices=Risk, default=Risk.NONE)
    station = models.PositiveSmallIntegerField(choices=Station, default=Station.DATE)
    waits_for = models.CharField(max_length=12, default="team")

    class Meta:
        indexes = [models.Index(fields=["go_live_on", "project"], name="standing_go_live")]
