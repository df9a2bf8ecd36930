"""Subscription estimates, and the clearance that a conclusion grants."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from golive.core.guards import LegalTransitions, Rule
from golive.core.ids import uuid7
from projects.checklist.models.checklist import Checklist
from projects.portfolio.models.project import Project, ThroughProject
from projects.production.states import CLEARANCE_MOVES, ClearanceKind, ClearanceState

PERSON: dict[str, Any] = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}
GRANTED_FOR = (
    "project_id",
    "checklist_id",
    "kind",
    "review_hash",
    "content_hash",
    "go_live_on",
    "covers_until",
)


class Estimate(models.Model):
    """A subscription estimate: there may be many, one is active, and sizing reads only that one."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="estimates")
    name = models.CharField(max_length=120)
    user_count = models.PositiveIntegerField()
    active = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(**PERSON)
    activated_at = models.DateTimeField(null=True, blank=True)

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="estimate_one_active", fields=["project"], condition=Q(active=True)),
            models.CheckConstraint(
                name="estimate_active_stamped", condition=Q(active=False) | Q(activated_at__isnull=False)
            ),
        ]
        ordering = ["-pk"]


class Clearance(ConcurrentTransitionMixin, models.Model):
    """What a conclusion grants: it keeps the values it was granted for, and only its state ever moves."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="clearances")
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="clearances")
    kind = models.CharField(max_length=12, choices=ClearanceKind, default=ClearanceKind.REVIEW)
    state = FSMField(default=ClearanceState.STANDS, choices=ClearanceState)
    because = models.CharField(max_length=60, blank=True)  # a code: why it was suspended or withdrawn
    conclusion = models.UUIDField(unique=True)
    review_hash = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)
    go_live_on = models.DateField()
    covers_until = models.DateField()
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(**PERSON)

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="clearance_kind_known", condition=Q(kind__in=ClearanceKind.values)),
            models.CheckConstraint(
                name="clearance_hashes_whole", condition=Q(review_hash__length=64, content_hash__length=64)
            ),
            models.CheckConstraint(name="clearance_covers_its_date", condition=Q(covers_until__gte=F("go_live_on"))),
            models.UniqueConstraint(
                name="clearance_one_live", fields=["checklist"], condition=Q(state__in=["stands", "suspended"])
            ),
            LegalTransitions(
                name="clearance_moves", field="state", initial=ClearanceState.STANDS, legal=sorted(CLEARANCE_MOVES)
            ),
            Rule(
                name="clearance_only_its_state",
                event="update",
                bad=" OR ".join(f'OLD."{column}" <> NEW."{column}"' for column in GRANTED_FOR),
                message="A clearance never changes what it was granted for.",
            ),
            Rule(
                name="clearance_of_its_project",
                event="insert",
                bad=(
                    'NOT EXISTS (SELECT 1 FROM "projects_checklist" k WHERE k."id" = NEW."checklist_id" '
                    'AND k."project_id" = NEW."project_id")'
                ),
            ),
        ]
        ordering = ["-pk"]

    @transition(state, source=ClearanceState.STANDS, target=ClearanceState.SUSPENDED)
    def suspend(self, *, because):
        self.because = because

    @transition(state, source=ClearanceState.SUSPENDED, target=ClearanceState.STANDS)
    def restore(self):
        self.because = ""

    @transition(state, source=[ClearanceState.STANDS, ClearanceState.SUSPENDED], target=ClearanceState.WITHDRAWN)
    def withdraw(self, *, because):
        self.because = because
