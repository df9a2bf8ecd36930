"""The facts of the gate, for one project in a fixed number of queries, and what production pages show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.waiting import Waiting
from golive.programme.queries import number
from projects.methodology.rules.catalogue import methodology
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import go_live_of
from projects.portfolio.queries.people import who_and_when
from projects.portfolio.rules import ENVIRONMENT
from projects.portfolio.states import Infrastructure, Milestone, Product
from projects.production.models.clearance import Clearance, Estimate
from projects.production.models.request import VALUES, ProductionRequest, RequestComment, ServiceRequest
from projects.production.rules.gate import GateFacts
from projects.production.states import OPEN_SERVICE, ClearanceState, RequestState


@dataclass(frozen=True)
class Slot:
    """The rows about the one production environment of a project, read together."""

    request: ProductionRequest | None
    clearance: Clearance | None
    go_live_on: date | None

    @property
    def cover(self) -> str:
        return cover_of(self.clearance, self.go_live_on)


def slot_of(project: Project) -> Slot:
    return Slot(newest_request(project), newest_clearance(project), go_live_of(project))


def gate_facts(project: Project, *, confirmed_early: bool = False, slot: Slot | None = None) -> GateFacts:
    """Three queries beside the project, which comes with its facts; none with the slot."""
    known, slot = project.facts, slot or slot_of(project)
    phases = {phase.id: phase.name for phase in methodology().phases}
    return GateFacts(
        project_key=project.key,
        project_state=project.state,
        infrastructure=project.infrastructure,
        has_finance_operations=Product.FINANCE_OPERATIONS in known.products,
        onboarded=known.onboarded,
        open_gate_phases=tuple(phases.get(key, key) for key in known.open_gate_phases),
        has_active_estimate=known.has_active_estimate,
        clearance=slot.cover,
        request_state=slot.request.state if slot.request else "",
        request_missing=lacking(slot.request),
        confirmed_early=confirmed_early,
        signed_off=_signed_off(slot.request),
    )


def _signed_off(request: ProductionRequest | None) -> str:
    if request is None or request.signed_off_by is None or request.signed_off_at is None:
        return ""
    return who_and_when(request.signed_off_by, request.signed_off_at)


def cover_of(clearance: Clearance | None, go_live_on: date | None) -> str:
    """Whether the newest clearance covers: it stands, the content is equal, go-live is not after its last date."""
    if clearance is None or clearance.state == ClearanceState.WITHDRAWN:
        return "none"
    if clearance.state == ClearanceState.SUSPENDED:
        return "suspended"
    if clearance.content_hash != clearance.checklist.content_hash:
        return "changed"
    return "covers" if go_live_on and go_live_on <= clearance.covers_until else "lapsed"


def newest_clearance(project: Project) -> Clearance | None:
    return (
        Clearance.objects.filter(project=project, checklist__rollout__number=1)
        .select_related("checklist", "granted_by")
        .order_by("-pk")
        .first()
    )


def newest_request(project: Project) -> ProductionRequest | None:
    related = ("signed_off_by", "ended_by", "service_request__taken_by", "service_request__previous")
    return ProductionRequest.objects.filter(project=project).select_related(*related).order_by("-pk").first()


def lacking(request: ProductionRequest | None) -> tuple[str, ...]:
    """The names, as people read them, of the values a draft still lacks."""
    if request is None or request.state != RequestState.DRAFT:
        return ()
    fields = ((name, ProductionRequest._meta.get_field(name)) for name in VALUES)
    return tuple(str(field.verbose_name) for name, field in fields if not getattr(request, name))


def estimates_of(project: Project) -> list[Estimate]:
    return list(Estimate.objects.filter(project=project).select_related("added_by"))


def service_requests_of(user: User) -> QuerySet[ServiceRequest]:
    project = ("customer", "partner", "architect", "standing", "facts")
    related = (f"project__{name}" for name in project)
    people = ("request__signed_off_by", "request__ended_by", "taken_by", "previous")
    return ServiceRequest.objects.visible_to(user).select_related(*related, *people)


def services_of(project: Project) -> list[ServiceRequest]:
    """All of a project, the newest first."""
    related = ("request__signed_off_by", "request__ended_by", "taken_by", "previous")
    return list(ServiceRequest.objects.filter(project=project).select_related(*related).order_by("-number"))


def comments_of(service_request: ServiceRequest) -> list[RequestComment]:
    return list(RequestComment.objects.filter(service_request=service_request).select_related("by__organisation"))


def due_at(request: ProductionRequest, *, hours: float) -> datetime | None:
    """A managed request is promised from its release on: the later of sign-off and what released it (P4-4)."""
    managed = request.infrastructure == Infrastructure.MICROSOFT_MANAGED
    running = request.state in {RequestState.QUEUED, RequestState.DEPLOYING, RequestState.FAILED}
    return request.released_at + timedelta(hours=hours) if managed and running and request.released_at else None


def engineers() -> list[User]:
    """Service engineering, as far as it can be reached."""
    return list(_reached(Q(is_engineer=True)))


def told_of(project: Project) -> list[User]:
    """Who hears of a request: the team, and the engineers where they do the work themselves. One query."""
    team = Q(pk__in=Membership.objects.filter(project=project).values("user"))
    return list(_reached(team if project.is_self_service else team | Q(is_engineer=True)))


def _reached(who: Q) -> QuerySet[User]:
    return User.objects.filter(who, is_active=True, organisation__disabled_at=None).order_by("name", "pk")


def moment_for(project: Project, at: datetime) -> str:
    """A moment in a letter: in the project's zone, which it names."""
    return at.astimezone(ZoneInfo(project.time_zone)).strftime("%-d %b %Y, %H:%M %Z")


def covering() -> Exists:
    """Whether a project's clearance covers, as a condition of lists; the gate itself asks `cover_of`."""
    day = F("checklist__rollout__milestones__day")
    return Exists(
        Clearance.objects.filter(
            project=OuterRef("project"),
            state=ClearanceState.STANDS,
            content_hash=F("checklist__content_hash"),
            checklist__rollout__milestones__milestone=Milestone.GO_LIVE,
            covers_until__gte=day,
        )
    )


def waiting_for(person: User, today: date, limit: int) -> list[Waiting]:
    """Engineers: what was asked of them. Owners and environment managers: what they can sign off now. One query."""
    return list(_for_engineer(person, limit) if person.is_engineer else _for_team(person, limit))


def _for_engineer(person: User, limit: int) -> Iterator[Waiting]:
    """Self-service is deployed by the system: only what failed there waits for an engineer."""
    by_hand = Q(request__infrastructure=Infrastructure.MICROSOFT_MANAGED) | Q(request__state=RequestState.FAILED)
    rows = service_requests_of(person).filter(by_hand, state__in=OPEN_SERVICE, project__state="active")
    hours = number("deployment_managed") if person.is_engineer else 0
    for row in rows.order_by(F("request__released_at").asc(nulls_last=True), "requested_at")[:limit]:
        due = due_at(row.request, hours=hours)
        yield Waiting(
            text=_("Production request %(number)s") % {"number": row.label},
            url=reverse("service_request", kwargs={"key": row.project.key, "number": row.number}),
            since=row.request.released_at or row.requested_at,
            due_on=timezone.localdate(due) if due else None,
            whose="engineers",
            project=row.project.name,
            detail="" if row.request.released_at else _("held"),
        )


def _for_team(person: User, limit: int) -> Iterator[Waiting]:
    mine = Membership.objects.filter(user=person, access__in=ENVIRONMENT).values("project")
    drafts = ProductionRequest.objects.filter(
        covering(), project__in=mine, state=RequestState.DRAFT, project__state="active", project__facts__onboarded=True,
        project__facts__open_gate_phases=[], project__facts__has_active_estimate=True,
    )  # fmt: skip
    whole = drafts.exclude(Q(data_centre="") | Q(topology="") | Q(version="") | Q(administrator=""))
    for draft in whole.select_related("project__standing", "project__facts").order_by("made_at")[:limit]:
        yield Waiting(
            text=_("The production request can be signed off"),
            url=reverse("production", kwargs={"key": draft.project.key}) + "#sign-off",
            since=draft.made_at,
            due_on=draft.project.standing.go_live_on,
            whose="team",
            project=draft.project.name,
        )


def false_standing() -> Iterator[str]:
    """What production keeps for others, against the rows it sums up."""
    projects = Project.objects.select_related("standing", "facts").order_by("pk")
    clearances = _newest_states(Clearance.objects.filter(checklist__rollout__number=1))
    requests = _request_states()
    active = set(Estimate.objects.filter(active=True).values_list("project", flat=True))
    for project in projects.iterator(chunk_size=1000):
        truths = (
            ("standing.clearance_state", project.standing.clearance_state, clearances.get(project.pk, "")),
            ("standing.request_state", project.standing.request_state, requests.get(project.pk, "")),
            ("facts.has_active_estimate", project.facts.has_active_estimate, project.pk in active),
        )
        yield from (f"{project.key}: {name} is {kept}, not {truth}" for name, kept, truth in truths if kept != truth)


def _newest_states(rows: QuerySet) -> dict[int, str]:
    return dict(rows.order_by("pk").values_list("project", "state"))  # the later row of a project wins


def _request_states() -> dict[int, str]:
    """A draft that follows an ended request leaves what was: the project still has its service request."""
    drafts = dict.fromkeys(_projects(ProductionRequest.objects.filter(state=RequestState.DRAFT)), "draft")
    return drafts | _newest_states(ProductionRequest.objects.exclude(state=RequestState.DRAFT))


def _projects(rows: QuerySet) -> Iterable[int]:
    return rows.values_list("project", flat=True)
