"""Laying a course: the phases and steps of a project, and weighing them again when its facts changed."""

from datetime import datetime

from golive.audit.actions import record
from projects.methodology.models.course import Phase, Step
from projects.methodology.queries.course import Course, course_of
from projects.methodology.queries.versions import texts_of
from projects.methodology.rules.catalogue import LATEST, StepText
from projects.methodology.rules.course import KEPT, Bearing, Weighing
from projects.methodology.states import StepState
from projects.portfolio.actions.projects import know, note
from projects.portfolio.models.project import Project
from projects.portfolio.queries.facts import known_facts


def lay_course(project: Project, *, version: str = LATEST) -> None:
    """Gives a new project the phases and steps of a version, which it keeps."""
    texts, weighing = texts_of(version), Weighing(known_facts(project))
    for place, text in enumerate(texts.phases, start=1):
        phase = Phase.objects.create(project=project, catalogue=version, key=text.id, position=place, gate=text.gate)
        Step.objects.bulk_create(
            _laid(s, weighing.of(s), project=project, phase=phase, position=n)
            for n, s in enumerate(text.steps, start=1)
        )
    keep_facts(course_of(project))


def weigh_course(project: Project, *, at: datetime) -> None:
    """After facts changed: steps come into view and go, each with its mark; the caller holds the lock.

    A complete phase stays complete: what came into view in it is open there, and the page says so.
    """
    project.facts.refresh_from_db()
    course, weighing = course_of(project), Weighing(known_facts(project))
    changed = [
        (step, bearing) for step in course.steps if _differs(step, bearing := weighing.of(course.step_text(step)))
    ]
    if not changed:
        return
    came = sorted(step.key for step, bearing in changed if bearing.applies and not step.applies)
    went = sorted(step.key for step, bearing in changed if step.applies and not bearing.applies)
    other = sorted(step.key for step, bearing in changed if step.applies == bearing.applies)
    for step, bearing in changed:
        _follow(step, bearing, at=at)
    Step.objects.bulk_update([step for step, _bearing in changed], [*KEPT, "ceased_at"])
    after = {"came_into_view": came, "went_out_of_view": went, "weighed_anew": other}
    record(project.chain, None, "course.weighed", f"course:{project.key}", at=at, after=after)


def _laid(text: StepText, bearing: Bearing, **places: object) -> Step:
    return Step(key=text.id, applies=bearing.applies, required=bearing.required, auto=bearing.auto, **places)


def _differs(step: Step, bearing: Bearing) -> bool:
    return any(getattr(step, name) != getattr(bearing, name) for name in KEPT)


def _follow(step: Step, bearing: Bearing, *, at: datetime) -> None:
    """A step that is the system's again, and was marked by hand meanwhile, has no fact behind it until that is seen."""
    if bearing.auto and not step.auto and step.state == StepState.DONE and step.done_by_id is not None:
        step.ceased_at = at
    for name in KEPT:
        setattr(step, name, getattr(bearing, name))


def keep_facts(course: Course) -> None:
    know(course.project, open_gate_phases=course.open_gate_phases())
    note(course.project, phase=course.current_phase())
