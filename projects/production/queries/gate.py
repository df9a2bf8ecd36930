"""The facts of the gate, for one project in a fixed number of queries, and the rows they are read from."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef

from projects.methodology.rules.catalogue import methodology
from projects.methodology.rules.course import has_no_gate
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import who_and_when
from projects.portfolio.states import Milestone
from projects.production.models.clearance import Clearance, Estimate
from projects.production.models.request import VALUES, ProductionRequest
from projects.production.rules.gate import GateFacts
from projects.production.states import ClearanceState, RequestState


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
    return Slot(newest_request(project), newest_clearance(project), project.standing.go_live_on)


def gate_facts(project: Project, *, confirmed_early: bool = False, slot: Slot | None = None) -> GateFacts:
    """Two queries beside the project, which comes with its facts and standing; none with the slot."""
    known, slot = project.facts, slot or slot_of(project)
    phases = {phase.id: phase.name for phase in methodology().phases}
    return GateFacts(
        project_key=project.key,
        project_state=project.state,
        infrastructure=project.infrastructure,
        has_finance_operations=not has_no_gate(known.products),
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
