"""The phases and steps of a project with their texts, and the facts that their rules take."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.accounts.models import User
from golive.core.decision import Cure
from golive.core.waiting import Waiting
from golive.programme.queries import role_words
from projects.methodology.content import PhaseSheet, StepLine
from projects.methodology.models import Phase, PhaseReopening, Step
from projects.methodology.rules.catalogue import Methodology, PhaseText, StepText, methodology
from projects.methodology.rules.steps import (
    PhaseFacts,
    StepFacts,
    may_complete_phase,
    may_mark_step,
    may_reopen_phase,
    may_undo_step,
)
from projects.methodology.states import PhaseState, StepState
from projects.portfolio.models import Membership, Project, RolloutMilestone
from projects.portfolio.rules import FILLERS, Onlooker
from projects.portfolio.states import Access, Job

NEAR = timedelta(days=14)  # as far ahead as the letters about the next phase go out (S0-28, S0-30)


@dataclass
class Course:
    """All phases and steps of one project, read in two queries; every question about them is answered from here."""

    project: Project
    phases: list[Phase]
    steps: list[Step]

    @cached_property
    def texts(self) -> Methodology:
        return methodology(self.phases[0].catalogue)

    def phase(self, key: str) -> Phase:
        return next(phase for phase in self.phases if phase.key == key)

    def step(self, key: str) -> Step:
        return next(step for step in self.steps if step.key == key)

    def steps_in(self, phase: Phase) -> list[Step]:
        return [step for step in self.steps if step.phase_id == phase.pk and step.applies]

    def text_of(self, phase: Phase) -> PhaseText:
        return self.texts.phase(phase.key)

    def step_text(self, step: Step) -> StepText:
        return self.texts.step(step.key)

    def open_gate_phases(self) -> list[str]:
        return [phase.key for phase in self.phases if phase.gate and phase.state != "complete"]

    def current_phase(self) -> str:
        """The first phase that is not complete; when all are, the last."""
        return next((phase.key for phase in self.phases if phase.state != "complete"), self.phases[-1].key)

    def facts_of_step(self, step: Step) -> StepFacts:
        phase = next(phase for phase in self.phases if phase.pk == step.phase_id)
        requires = self.step_text(step).requires
        waits = tuple(s.key for s in self.steps if s.key in requires and s.applies and s.state != "done")
        return StepFacts(
            key=step.key,
            state=step.state,
            phase_state=phase.state,
            phase_name=self.text_of(phase).name,
            auto=step.auto,
            waits_for=waits,
            project_state=self.project.state,
            project_key=self.project.key,
        )

    def facts_of_phase(self, phase: Phase) -> PhaseFacts:
        undone = [step for step in self.steps_in(phase) if step.state != "done"]
        earlier = [p for p in self.phases if p.position < phase.position and p.state != "complete"]
        return PhaseFacts(
            key=phase.key,
            name=self.text_of(phase).name,
            state=phase.state,
            open_required=tuple((s.key, self.step_text(s).name) for s in undone if s.required),
            open_optional=tuple(s.key for s in undone if not s.required),
            open_earlier=tuple(self.text_of(p).name for p in earlier),
            project_state=self.project.state,
            project_key=self.project.key,
        )


def course_of(project: Project) -> Course:
    phases = list(Phase.objects.filter(project=project).select_related("completed_by"))
    steps = list(Step.objects.filter(project=project).select_related("done_by"))
    return Course(project, phases, steps)


def reopenings_of(project: Project, *, size: int = 20) -> list[PhaseReopening]:
    rows = PhaseReopening.objects.filter(phase__project=project).select_related("phase", "by")
    return list(rows[:size])


def phase_sheets(course: Course, person: Onlooker, ends: dict[str, date]) -> list[PhaseSheet]:
    """Every phase in order with its steps, and for each act the decision of its rule."""
    current = course.current_phase()
    return [_phase_sheet(course, phase, person, ends.get(f"{phase.key}_end"), current) for phase in course.phases]


def _phase_sheet(course: Course, phase: Phase, person: Onlooker, ends_on: date | None, current: str) -> PhaseSheet:
    text, facts = course.text_of(phase), course.facts_of_phase(phase)
    return PhaseSheet(
        key=phase.key,
        name=text.name,
        aim=text.aim,
        ends_with=text.ends_with,
        gate=phase.gate,
        complete=phase.state == PhaseState.COMPLETE,
        current=phase.key == current,
        ends_on=ends_on,
        by=phase.completed_by.name if phase.completed_by else "",
        completed_at=phase.completed_at,
        steps=tuple(step_line(course, step, person) for step in course.steps_in(phase)),
        may_complete=may_complete_phase(person, facts),
        may_reopen=may_reopen_phase(person, facts),
    )


def step_line(course: Course, step: Step, person: Onlooker) -> StepLine:
    text, facts = course.step_text(step), course.facts_of_step(step)
    locked = step.state == StepState.OPEN and bool(facts.waits_for)
    ticks_when, cure = ticks_of(step.auto, course.project.key)
    return StepLine(
        key=step.key,
        name=text.name,
        required=step.required,
        state="locked" if locked else step.state,
        owner=str(role_words().get(text.owner, text.owner)),
        hint=text.hint,
        evidence=text.evidence,
        note=step.note,
        by=step.done_by.name if step.done_by else "",
        done_at=step.done_at,
        ceased_at=step.ceased_at,
        unlocks=facts.waits_for,
        ticks_when=ticks_when,
        cure=cure,
        mark=may_mark_step(person, facts),
        undo=may_undo_step(person, facts),
    )


def ticks_of(event: str, key: str) -> tuple[str, Cure | None]:
    """When the system ticks a step, and where people make that happen."""
    if not event:
        return "", None
    words = {
        "onboarding.completed": (_("onboarding is complete"), "onboarding"),
        "milestones.all_set": (_("every required milestone has a date"), "plan"),
        "estimate.activated": (_("a subscription estimate is active"), "production"),
        "checklist.submitted": (_("the checklist is submitted"), "checklist"),
        "clearance.granted": (_("the review is signed off"), "review"),
        "request.signed_off": (_("the production request is signed off"), "production"),
        "production.deployed": (_("production is deployed"), "production"),
    }
    text, page = words.get(event, (_("it happens"), "project"))
    return text, Cure(page, {"key": key})


def waiting_for(person: User, today: date, limit: int) -> list[Waiting]:
    """The gate phase in hand, when its end is near or past, for those who complete it: owners, project manager."""
    leads = Q(access=Access.OWNER) | Q(access__in=FILLERS, job=Job.PROJECT_MANAGER)
    mine = Membership.objects.filter(leads, user=person).values("project")
    end = RolloutMilestone.objects.filter(
        rollout__project=OuterRef("project"), rollout__number=1, milestone=Concat(OuterRef("key"), Value("_end"))
    )
    undone = Q(steps__required=True, steps__applies=True, steps__state=StepState.OPEN)
    phases = Phase.objects.filter(gate=True, state=PhaseState.OPEN, project__in=mine, project__state="active")
    phases = phases.annotate(ends_on=Subquery(end.values("day")[:1]), undone=Count("steps", filter=undone))
    earlier = Phase.objects.filter(
        project=OuterRef("project"), state=PhaseState.OPEN, position__lt=OuterRef("position")
    )
    near = phases.filter(~Exists(earlier), ends_on__lte=today + NEAR).select_related("project")
    return [_waiting_phase(phase) for phase in near.order_by("ends_on", "pk")[:limit]]


def _waiting_phase(phase: Any) -> Waiting:
    name = methodology(phase.catalogue).phase(phase.key).name
    left = ngettext("%(n)d required step is open", "%(n)d required steps are open", phase.undone) % {"n": phase.undone}
    return Waiting(
        text=_("Complete %(phase)s") % {"phase": name},
        url=f"{reverse('methodology', kwargs={'key': phase.project.key})}#{phase.key}",
        since=phase.project.created_at,
        due_on=phase.ends_on,
        whose="team",
        project=phase.project.name,
        detail=left if phase.undone else _("Every required step is done"),
    )
