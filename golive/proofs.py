"""What is kept for lists and rules, proved against the rows that it sums up. For `manage.py verify`."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery

from golive.core.calendar import today_in
from projects.checklist.queries import proof as checklist
from projects.checklist.states import RoundState
from projects.evidence.queries import proof as evidence
from projects.methodology.actions.steps import ACCEPTANCE
from projects.methodology.models.course import Phase, Step
from projects.methodology.queries.proof import false_bearings
from projects.methodology.states import PhaseState
from projects.plan.queries.onboarding import known_of
from projects.portfolio.models.milestones import MilestoneMove, RolloutMilestone
from projects.portfolio.models.project import Project
from projects.portfolio.queries.standing import false_derived
from projects.portfolio.states import Milestone, Product, Risk
from projects.production.queries import proof as production
from reviews.assessment.queries import review_of, standing_of

CHUNK = 500
UNREVIEWED = {"review_state": "", "review_due_on": None, "turn": "", "found_risk": Risk.NONE, "open_critical": 0}
Kept = tuple[str, Any, Any]  # the column, what it says, what it should say


def false_standing() -> Iterator[str]:
    """Each column that does not say what its rows say; streams, so that many projects take no more memory than few."""
    go_live = RolloutMilestone.objects.filter(
        rollout__project=OuterRef("pk"), rollout__number=1, milestone=Milestone.GO_LIVE
    )
    signed = Step.objects.filter(project=OuterRef("pk"), key=ACCEPTANCE)
    moved = MilestoneMove.objects.filter(
        rollout__project=OuterRef("pk"), rollout__number=1, milestone=Milestone.GO_LIVE
    ).exclude(before=F("after"))
    related = ("standing", "facts", "onboarding", "customer", "partner")
    projects = Project.objects.select_related(*related).prefetch_related("phases", "words")
    projects = projects.annotate(
        goes_live_on=Subquery(go_live.values("day")[:1]),
        signed_version=Subquery(signed.values("version")[:1]),
        moved_to=Subquery(moved.order_by("-pk").values("after")[:1]),
        moved_at=Subquery(moved.order_by("-pk").values("at")[:1]),
        contacts=Count("memberships", filter=Q(memberships__primary_contact=True)),
    )
    for project in projects.iterator(chunk_size=CHUNK):
        wrong = ((name, kept, true) for name, kept, true in kept_of(project) if kept != true)
        yield from (f"{project.key}: {name} is {kept}, not {true}" for name, kept, true in wrong)
        yield from false_derived(project)
    yield from false_beginnings()
    yield from false_bearings()
    yield from checklist.false_counters()
    yield from production.false_standing()
    yield from evidence.false_stores()
    yield from false_reviews()


def kept_of(project: Any) -> Iterator[Kept]:
    """The columns of portfolio, plan and methodology."""
    row, facts, onboarding = project.standing, project.facts, project.onboarding
    phases = sorted(project.phases.all(), key=lambda phase: phase.position)
    yield "standing.go_live_on", row.go_live_on, project.goes_live_on
    yield "standing.phase", row.phase, current_of(phases)
    yield "facts.open_gate_phases", facts.open_gate_phases, [p.key for p in phases if p.gate and is_open(p)]
    yield "facts.uat_signed_version", facts.uat_signed_version, project.signed_version or ""
    yield "facts.primary_contact_count", facts.primary_contact_count, project.contacts
    ahead = project.moved_to and (project.moved_to - today_in(project.time_zone, project.moved_at)).days
    yield "facts.go_live_set_days_ahead", facts.go_live_set_days_ahead, ahead
    for name, true in known_of(onboarding).items():
        yield f"facts.{name}", getattr(facts, name), true
    yield "standing.has_fo", row.has_fo, Product.FINANCE_OPERATIONS in onboarding.products
    yield "standing.has_ce", row.has_ce, Product.CUSTOMER_ENGAGEMENT in onboarding.products


def current_of(phases: list[Phase]) -> str:
    return next((phase.key for phase in phases if is_open(phase)), phases[-1].key)


def is_open(phase: Phase) -> bool:
    return phase.state != PhaseState.COMPLETE


def false_beginnings() -> Iterator[str]:
    """A project whose checklist has not begun has answered and been asked nothing."""
    nothing: dict[str, object] = {"checklist_state": RoundState.DRAFT, "asked": 0, "answered": 0, "predicted_risk": 0}
    for project in Project.objects.filter(checklists=None).select_related("standing").iterator(chunk_size=CHUNK):
        yield from false_columns(project, nothing)


def false_reviews() -> Iterator[str]:
    """The newest review is the one that counts; without one there is nothing to say."""
    for project in Project.objects.select_related("standing").iterator(chunk_size=CHUNK):
        review = review_of(project)
        yield from false_columns(project, standing_of(review) if review else UNREVIEWED)


def false_columns(project: Project, truth: dict[str, object]) -> Iterator[str]:
    for name, true in truth.items():
        kept = getattr(project.standing, name)
        if kept != true:
            yield f"{project.key}: standing.{name} is {kept}, not {true}"
