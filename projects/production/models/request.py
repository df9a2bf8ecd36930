"""The production request, and the service request that carries it out."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from golive.core.guards import AppendOnly, LegalTransitions, Rule
from golive.core.ids import uuid7
from projects.portfolio.models.project import Project, ThroughProject
from projects.portfolio.states import Infrastructure
from projects.production.models.clearance import Clearance
from projects.production.states import (
    OPEN_REQUEST,
    OPEN_SERVICE,
    REQUEST_MOVES,
    SERVICE_MOVES,
    RequestState,
    ServiceState,
    Topology,
)

PERSON: dict[str, Any] = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}
VALUES = ("data_centre", "topology", "version", "administrator")

# The gate's last line: a clearance that stands, over equal content, for a go-live date that it still covers.
COVERED = (
    'EXISTS (SELECT 1 FROM "projects_clearance" c JOIN "projects_checklist" k ON k."id" = c."checklist_id" '
    'JOIN "projects_rolloutmilestone" m ON m."rollout_id" = k."rollout_id" AND m."milestone" = \'go_live\' '
    'WHERE c."project_id" = NEW."project_id" AND c."state" = \'stands\' '
    'AND c."content_hash" = k."content_hash" AND m."day" <= c."covers_until")'
)


class ProductionRequest(ConcurrentTransitionMixin, models.Model):
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="production_requests")
    infrastructure = models.CharField(max_length=20, choices=Infrastructure)  # the project's, for the CHECK below
    state = FSMField(default=RequestState.DRAFT, choices=RequestState)
    data_centre = models.CharField(_("data centre"), max_length=60, blank=True)
    topology = models.CharField(_("topology"), max_length=20, choices=Topology, blank=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    administrator = models.EmailField(_("administrator"), blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(**PERSON)
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(**PERSON, null=True, blank=True)
    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="requests", null=True, blank=True)
    released_at = models.DateTimeField(
        null=True, blank=True
    )  # when nothing held it any more: the clock of deployment starts
    deploying_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(**PERSON, null=True, blank=True)
    because = models.CharField(max_length=500, blank=True)

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="request_one_open", fields=["project"], condition=Q(state__in=OPEN_REQUEST)),
            models.UniqueConstraint(name="request_one_done", fields=["project"], condition=Q(state="done")),
            models.CheckConstraint(
                name="request_self_service_cleared",
                condition=Q(infrastructure=Infrastructure.MICROSOFT_MANAGED)
                | Q(state=RequestState.DRAFT)
                | Q(clearance__isnull=False),
            ),
            models.CheckConstraint(
                name="request_signed_off_stamped",
                condition=Q(state="draft", signed_off_at__isnull=True, signed_off_by__isnull=True)
                | Q(~Q(state="draft"), signed_off_at__isnull=False, signed_off_by__isnull=False),
            ),
            models.CheckConstraint(
                name="request_whole_when_signed_off",
                condition=Q(state="draft")
                | ~Q(Q(data_centre="") | Q(topology="") | Q(version="") | Q(administrator="")),
            ),
            models.CheckConstraint(
                name="request_end_stamped",
                condition=Q(state__in=["done", "signoff_cleared", "denied", "withdrawn"], ended_at__isnull=False)
                | Q(state__in=OPEN_REQUEST, ended_at__isnull=True),
            ),
            LegalTransitions(
                name="request_moves", field="state", initial=RequestState.DRAFT, legal=sorted(REQUEST_MOVES)
            ),
            Rule(
                name="request_deploys_only_cleared",
                event="update",
                bad=f'OLD."state" <> NEW."state" AND NEW."state" = \'deploying\' AND NOT {COVERED}',
                message="Nothing is deployed without a clearance that covers.",
            ),
            Rule(
                name="request_fixed_once_signed_off",
                event="update",
                bad="OLD.\"state\" <> 'draft' AND ("
                + " OR ".join(f'OLD."{column}" <> NEW."{column}"' for column in VALUES)
                + ")",
                message="The request is signed off: its values are fixed.",
            ),
            Rule(
                name="request_infrastructure_is_projects",
                event="insert_or_update",
                bad=(
                    'NOT EXISTS (SELECT 1 FROM "projects_project" p WHERE p."id" = NEW."project_id" '
                    'AND p."infrastructure" = NEW."infrastructure")'
                ),
            ),
        ]
        ordering = ["-pk"]

    @transition(state, source=RequestState.DRAFT, target=RequestState.QUEUED)
    def sign_off(self, *, by, at, clearance):
        self.signed_off_by, self.signed_off_at, self.clearance = by, at, clearance

    @transition(state, source=[RequestState.QUEUED, RequestState.FAILED], target=RequestState.DEPLOYING)
    def deploy(self, *, at, clearance):
        self.deploying_at, self.clearance = at, clearance

    @transition(state, source=RequestState.DEPLOYING, target=RequestState.DONE)
    def finish(self, *, by, at):
        self.ended_at, self.ended_by = at, by

    @transition(state, source=RequestState.DEPLOYING, target=RequestState.FAILED)
    def fail(self, *, because):
        self.because = because

    @transition(state, source=RequestState.QUEUED, target=RequestState.SIGNOFF_CLEARED)
    def clear_sign_off(self, *, by, at, because=""):
        self.ended_at, self.ended_by, self.because = at, by, because

    @transition(state, source=RequestState.QUEUED, target=RequestState.DENIED)
    def deny(self, *, by, at, because):
        self.ended_at, self.ended_by, self.because = at, by, because

    @transition(state, source=[RequestState.QUEUED, RequestState.FAILED], target=RequestState.WITHDRAWN)
    def withdraw(self, *, by, at, because=""):
        self.ended_at, self.ended_by, self.because = at, by, because


class ServiceRequest(ConcurrentTransitionMixin, models.Model):
    """What service engineering works on. Made by the sign-off; a later one names the one before."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="service_requests")
    number = models.PositiveIntegerField()
    request = models.OneToOneField(ProductionRequest, on_delete=models.PROTECT, related_name="service_request")
    previous = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    state = FSMField(default=ServiceState.REQUESTED, choices=ServiceState)
    requested_at = models.DateTimeField()
    taken_by = models.ForeignKey(**PERSON, null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ThroughProject.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="service_request_number", fields=["project", "number"]),
            models.CheckConstraint(
                name="service_request_end_stamped",
                condition=Q(state__in=OPEN_SERVICE, ended_at__isnull=True)
                | Q(~Q(state__in=OPEN_SERVICE), ended_at__isnull=False),
            ),
            LegalTransitions(
                name="service_request_moves",
                field="state",
                initial=ServiceState.REQUESTED,
                legal=sorted(SERVICE_MOVES),
            ),
            Rule(
                name="service_request_of_its_project",
                event="insert_or_update",
                bad=(
                    'NOT EXISTS (SELECT 1 FROM "projects_productionrequest" r WHERE r."id" = NEW."request_id" '
                    'AND r."project_id" = NEW."project_id")'
                ),
            ),
        ]
        ordering = ["-pk"]

    @property
    def label(self) -> str:
        return f"SR-{self.number}"

    @transition(state, source=ServiceState.REQUESTED, target=ServiceState.IN_PROGRESS)
    def start(self, *, by):
        self.taken_by = by

    @transition(state, source=ServiceState.IN_PROGRESS, target=ServiceState.FINISHED)
    def finish(self, *, at):
        self.ended_at = at

    @transition(state, source=[ServiceState.REQUESTED, ServiceState.IN_PROGRESS], target=ServiceState.DENIED)
    def deny(self, *, at):
        self.ended_at = at

    @transition(state, source=[ServiceState.REQUESTED, ServiceState.IN_PROGRESS], target=ServiceState.CANCELLED)
    def cancel(self, *, at):
        self.ended_at = at


class RequestComment(models.Model):
    service_request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    by = models.ForeignKey(**PERSON)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            AppendOnly(name="request_comment_kept"),
            models.CheckConstraint(name="request_comment_says_something", condition=~Q(text="")),
        ]
        ordering = ["pk"]
