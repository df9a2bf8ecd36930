"""The facts of the gate, for one project in a fixed number of queries, and what production pages show."""

from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from golive.accounts.models import User
from projects.methodology.rules.catalogue import methodology
from projects.portfolio.models import Project
from projects.portfolio.queries import go_live_of
from projects.portfolio.states import Product
from projects.production.models.clearance import Clearance, Estimate
from projects.production.models.request import VALUES, ProductionRequest, RequestComment, ServiceRequest
from projects.production.rules.gate import GateFacts
from projects.production.states import ClearanceState, RequestState


def gate_facts(project: Project, *, confirmed_early: bool = False) -> GateFacts:
    """Three queries beside the project, which comes with its facts."""
    known, request = project.facts, newest_request(project)
    phases = {phase.id: phase.name for phase in methodology().phases}
    return GateFacts(
        project_key=project.key,
        project_state=project.state,
        infrastructure=project.infrastructure,
        has_finance_operations=Product.FINANCE_OPERATIONS in known.products,
        onboarded=known.onboarded,
        open_gate_phases=tuple(phases.get(key, key) for key in known.open_gate_phases),
        has_active_estimate=known.has_active_estimate,
        clearance=cover_of(newest_clearance(project), go_live_of(project)),
        request_state=request.state if request else "",
        request_missing=lacking(request),
        confirmed_early=confirmed_early,
    )


def with_early(facts: GateFacts) -> GateFacts:
    return replace(facts, confirmed_early=True)


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
    related = ("signed_off_by", "ended_by", "service_request")
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
    related = ("project__customer", "request", "taken_by", "previous")
    return ServiceRequest.objects.visible_to(user).select_related(*related)


def comments_of(service_request: ServiceRequest) -> list[RequestComment]:
    return list(RequestComment.objects.filter(service_request=service_request).select_related("by__organisation"))
