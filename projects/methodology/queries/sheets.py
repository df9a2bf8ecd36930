"""The methodology page: each phase with its steps, and for each act the decision of its rule."""

from datetime import date

from django.utils.translation import gettext as _

from golive.core.decision import Cure
from golive.programme.queries import role_words
from projects.methodology.content import PhaseSheet, StepLine
from projects.methodology.models.course import Phase, Step
from projects.methodology.queries.course import Course
from projects.methodology.rules.steps import (
    may_complete_phase,
    may_mark_step,
    may_reopen_phase,
    may_undo_step,
)
from projects.methodology.states import PhaseState, StepState
from projects.portfolio.rules.onlooker import Onlooker


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
