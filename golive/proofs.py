"""What is kept for lists and rules, proved against the rows that it sums up. For `manage.py verify`."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Subquery

from projects.checklist import queries as checklist
from projects.checklist.states import RoundState
from projects.methodology.models import Phase
from projects.methodology.states import PhaseState
from projects.portfolio.models.milestones import RolloutMilestone
from projects.portfolio.models.project import Project
from projects.portfolio.queries.standing import false_derived
from projects.portfolio.states import Milestone, Risk
from projects.production import queries as production
from reviews.assessment.queries import review_of, standing_of

CHUNK = 500
UNREVIEWED = {"review_state": "", "review_due_on": None, "turn": "", "found_risk": Risk.NONE, "open_critical": 0}
Kept = tuple[str, Any, Any]  # the column, what it says, what it should say


def false_standing() -> Iterator[str]:
    """Each column that does not say what its rows say; streams, so that many projects take no more memory than few."""
    go_live = RolloutMilestone.objects.filter(
        rollout__project=OuterRef("pk"), rollout__number=1, milestone=Milestone.GO_LIVE
    )
    projects = Project.objects.select_related("standing", "facts", "onboarding").prefetch_related("phases")
    for project in projects.annotate(goes_live_on=Subquery(go_live.values("day")[:1])).iterator(chunk_size=CHUNK):
        wrong = ((name, kept, true) for name, kept, true in kept_of(project) if kept != true)
        yield from (f"{project.key}: {name} is {kept}, not {true}" for name, kept, true in wrong)
        yield from false_derived([project])
    yield from false_beginnings()
    yield from checklist.false_counters()
    yield from production.false_standing()
    yield from false_reviews()


def kept_of(project: Any) -> Iterator[Kept]:
    """The columns of plan and of methodology."""
    row, facts, onboarding = project.standing, project.facts, project.onboarding
    phases = sorted(project.phases.all(), key=lambda phase: phase.position)
    yield "standing.go_live_on", row.go_live_on, project.goes_live_on
    yield "standing.phase", row.phase, current_of(phases)
    yield "facts.open_gate_phases", facts.open_gate_phases, [p.key for p in phases if p.gate and is_open(p)]
    yield "facts.onboarded", facts.onboarded, onboarding.completed_at is not None
    yield "facts.products", facts.products, onboarding.products
    yield "facts.user_count", facts.user_count, onboarding.user_count


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
