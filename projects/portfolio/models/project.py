"""A project, and who sees it and what belongs to it."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from golive.accounts.models import Organisation, User
from golive.core.guards import LegalTransitions, Rule
from projects.portfolio.states import (
    PROJECT_MOVES,
    EngagementType,
    Infrastructure,
    ProjectState,
)


def sees_all(user: User) -> bool:
    return getattr(user, "is_authenticated", False) and (user.is_architect or user.is_lead)


def ways_to_see(user: User, *, standing: str = "standing__", walked: bool = False) -> list[Q]:
    """Members see their projects, FastTrack all, engineers those with a service request.

    Each is asked of projects, or with `standing=""` of their standings, which repeat what it depends on. `walked`: a
    row is asked when it is met in some order, for who is on very many; else the memberships are picked out.
    """
    if not getattr(user, "is_authenticated", False):
        return []
    ways = []  # what the row itself tells comes first: memberships are then read only where it does not
    if user.is_org_admin:
        ways += [Q(customer_id=user.organisation_id), Q(partner_id=user.organisation_id)]
    if user.is_engineer:
        ways.append(~Q(**{f"{standing}request_state__in": ["", "draft"]}))
    mine = user.memberships.order_by()
    member = Q(Exists(mine.filter(project=OuterRef("pk")))) if walked else Q(pk__in=mine.values("project"))
    return [*ways, member]


def sight_of(user: User, *, standing: str = "standing__", walked: bool = False) -> Q:
    if sees_all(user):
        return Q()
    return reduce(or_, ways_to_see(user, standing=standing, walked=walked), Q(pk__in=[]))


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User) -> "ProjectQuerySet":
        return self.filter(sight_of(user))


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
    archived_at = models.DateTimeField(null=True, blank=True)  # out of sight, never deleted
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
            models.CheckConstraint(
                name="project_archived_after_its_end",
                condition=Q(archived_at__isnull=True) | Q(state__in=[ProjectState.CLOSED, ProjectState.GRADUATED]),
            ),
            models.CheckConstraint(name="project_two_organisations", condition=~Q(customer=F("partner"))),
            Rule(
                name="project_infrastructure_fixed",
                event="update",
                bad='OLD."infrastructure" <> NEW."infrastructure" OR OLD."key" <> NEW."key"',
                message="A project keeps its key and its infrastructure.",
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="project_by_name")]
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
