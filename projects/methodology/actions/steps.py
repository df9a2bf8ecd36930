"""Acts on steps, and what the system ticks by itself."""

from datetime import datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from projects.methodology.models.course import Step
from projects.methodology.models.proof import StepNote
from projects.methodology.queries.course import course_of
from projects.methodology.rules.steps import may_mark_step, may_undo_step
from projects.methodology.states import StepState
from projects.portfolio.actions.projects import know, lock, tell_of_facts
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker

ACCEPTANCE = "T15"  # signing it off certifies one version of the solution


@transaction.atomic
def mark_step(project: Project, key: str, *, by: User, at: datetime, note: str = "") -> Step:
    project = lock(project)
    course = course_of(project)
    step = course.step(key)
    require(may_mark_step(onlooker(by, project), course.facts_of_step(step)), on=project)
    step.mark_done(by=by, at=at, note=note)
    changed = key == ACCEPTANCE and _certify(step, project.facts.acceptance_version)
    step.save()
    row = record(project.chain, by, "step.done", f"step:{key}", at=at, after=_certified(step))
    tell_of_facts(project, changed, after=row)
    return step


@transaction.atomic
def undo_step(project: Project, key: str, *, by: User, at: datetime) -> Step:
    project = lock(project)
    course = course_of(project)
    step = course.step(key)
    require(may_undo_step(onlooker(by, project), course.facts_of_step(step)), on=project)
    _keep_note(step)
    step.undo()
    step.ceased_at = None
    changed = key == ACCEPTANCE and _certify(step, "")
    step.save()
    row = record(project.chain, by, "step.undone", f"step:{key}", at=at)
    tell_of_facts(project, changed, after=row)
    return step


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


def _keep_note(step: Step) -> None:
    """A note outlives its mark, under the name of who wrote it."""
    if step.note and step.done_by and step.done_at:
        StepNote.objects.create(step=step, text=step.note, by=step.done_by, at=step.done_at)


def _certify(step: Step, version: str) -> bool:
    step.version = version
    return know(step.project, uat_signed_version=version)


def _certified(step: Step) -> dict[str, str]:
    return {"version": step.version} if step.version else {}
