"""The methodology page: each phase with its steps, and for each act the decision of its rule."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.decision import Cure, Reason
from golive.programme.queries import number, role_words
from projects.methodology.content import PhaseSheet, StepLine
from projects.methodology.models.course import Phase, Step
from projects.methodology.queries.course import Course
from projects.methodology.rules.advice import click_through, follows_reopening, phase_warnings, step_warnings
from projects.methodology.rules.steps import (
    PhaseFacts,
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
        warnings=phase_warnings(facts),
        follows=_follows(course, phase, facts) if phase.state == PhaseState.COMPLETE else (),
        steps=tuple(step_line(course, step, person) for step in course.steps_in(phase)),
        may_complete=may_complete_phase(person, facts),
        may_reopen=may_reopen_phase(person, facts),
    )


def _follows(course: Course, phase: Phase, facts: PhaseFacts) -> tuple[Reason, ...]:
    later = [p for p in course.phases if p.position > phase.position and p.state == PhaseState.COMPLETE]
    return follows_reopening(
        facts,
        gate=phase.gate and not course.without_gate,
        request_state=course.project.standing.request_state,
        later=[course.text_of(p).name for p in later],
    )


def advice_for(course: Course, user: User, now: datetime) -> Reason | None:
    """For whoever marked more steps just now than work can be done in."""
    marks = [step.done_at for step in course.steps if step.done_at and step.done_by_id == user.pk]
    if not marks:
        return None
    return click_through(marks, now, most=number("click_through_steps"), minutes=number("click_through_minutes"))


def step_line(course: Course, step: Step, person: Onlooker) -> StepLine:
    text, facts = course.step_text(step), course.facts_of_step(step)
    state = step.state
    if state == StepState.OPEN:
        state = "done" if facts.elsewhere else "locked" if facts.waits_for else state
    ticks_when, cure = ticks_of(step.auto, course.project.key)
    return StepLine(
        key=step.key,
        name=text.name,
        required=step.required,
        state=state,
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
        warnings=step_warnings(facts),
        elsewhere=facts.elsewhere,
    )


def ticks_of(event: str, key: str) -> tuple[str, Cure | None]:
    """When the system ticks a step, and where people make that happen."""
    if not event:
        return "", None
    words = {
        "onboarding.completed": (_("onboarding is complete"), "onboarding"),
        "milestones.all_set": (_("every required milestone has a date"), "plan"),
        "sandbox.registered": (_("an acceptance sandbox of tier 2 or higher is registered"), "production"),
        "estimate.activated": (_("a subscription estimate is active"), "production"),
        "checklist.submitted": (_("the checklist is submitted"), "checklist"),
        "clearance.granted": (_("the review is signed off"), "review"),
        "request.signed_off": (_("the production request is signed off"), "production"),
        "production.deployed": (_("production is deployed"), "production"),
        "production.package_installed": (_("the package is installed in production"), "production"),
        "project.live": (_("go-live is confirmed"), "project"),
        "project.graduated": (_("FastTrack graduates the project"), "project"),
    }
    text, page = words.get(event, (_("it happens"), "project"))
    return text, Cure(page, {"key": key})
