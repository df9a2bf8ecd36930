"""Acts on steps and phases, and what the system ticks by itself."""

from datetime import datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from golive.outbox.actions import announce
from projects.methodology.models import Phase, PhaseReopening, Step
from projects.methodology.queries import Course, course_of
from projects.methodology.rules.catalogue import LATEST, methodology
from projects.methodology.rules.steps import may_complete_phase, may_mark_step, may_reopen_phase, may_undo_step
from projects.methodology.states import StepState
from projects.portfolio.actions import know, lock, note
from projects.portfolio.models import Project
from projects.portfolio.queries import onlooker


def lay_course(project: Project, *, version: str = LATEST) -> None:
    """Gives a new project the phases and steps of a version, which it keeps."""
    texts = methodology(version)
    for place, text in enumerate(texts.phases, start=1):
        phase = Phase.objects.create(project=project, catalogue=version, key=text.id, position=place, gate=text.gate)
        Step.objects.bulk_create(
            Step(project=project, phase=phase, key=s.id, position=n, required=s.required, auto=s.auto)
            for n, s in enumerate(text.steps, start=1)
        )
    _keep_facts(course_of(project))


@transaction.atomic
def mark_step(project: Project, key: str, *, by: User, at: datetime, note: str = "") -> Step:
    project = lock(project)
    course = course_of(project)
    step = course.step(key)
    require(may_mark_step(onlooker(by, project), course.facts_of_step(step)), on=project)
    step.mark_done(by=by, at=at, note=note)
    step.save()
    record(project.chain, by, "step.done", f"step:{key}", at=at)
    return step


@transaction.atomic
def undo_step(project: Project, key: str, *, by: User, at: datetime) -> Step:
    project = lock(project)
    course = course_of(project)
    step = course.step(key)
    require(may_undo_step(onlooker(by, project), course.facts_of_step(step)), on=project)
    step.undo()
    step.save()
    record(project.chain, by, "step.undone", f"step:{key}", at=at)
    return step


@transaction.atomic
def complete_phase(project: Project, key: str, *, by: User, at: datetime) -> Phase:
    project = lock(project)
    course = course_of(project)
    phase = course.phase(key)
    require(may_complete_phase(onlooker(by, project), course.facts_of_phase(phase)), on=project)
    phase.complete(by=by, at=at)
    phase.save()
    _keep_facts(course)
    row = record(project.chain, by, "phase.completed", f"phase:{key}", at=at)
    announce("phase.completed", after=row, project=project.key, phase=key)
    return phase


@transaction.atomic
def reopen_phase(project: Project, key: str, *, by: User, because: str, at: datetime) -> Phase:
    """Later phases stay complete; what the gate makes of it, it computes itself."""
    project = lock(project)
    course = course_of(project)
    phase = course.phase(key)
    require(may_reopen_phase(onlooker(by, project), course.facts_of_phase(phase)), on=project)
    phase.reopen()
    phase.save()
    PhaseReopening.objects.create(phase=phase, because=because, by=by, at=at)
    _keep_facts(course)
    row = record(project.chain, by, "phase.reopened", f"phase:{key}", at=at)
    announce("phase.reopened", after=row, project=project.key, phase=key)
    return phase


def tick(project: Project, event: str, *, at: datetime) -> None:
    """The fact decides: the system ticks the steps of an event, also locked ones and in a complete phase."""
    for step in Step.objects.filter(project=project, auto=event):
        if step.state == StepState.DONE and step.ceased_at is None:
            continue
        if step.state == StepState.OPEN:
            step.mark_done(by=None, at=at)
        step.ceased_at = None
        step.save()
        record(project.chain, None, "step.ticked", f"step:{step.key}", at=at, after={"event": event})


def cease(project: Project, event: str, *, at: datetime) -> None:
    """The system never unticks: a step whose fact has ended says when."""
    for step in Step.objects.filter(project=project, auto=event, state=StepState.DONE, ceased_at=None):
        step.ceased_at = at
        step.save(update_fields=["ceased_at"])
        record(project.chain, None, "step.ceased", f"step:{step.key}", at=at, after={"event": event})


def _keep_facts(course: Course) -> None:
    know(course.project, open_gate_phases=course.open_gate_phases())
    note(course.project, phase=course.current_phase())
