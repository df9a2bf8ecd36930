"""Laying a course: the phases and steps of a project."""

from projects.methodology.models.course import Phase, Step
from projects.methodology.queries.course import Course, course_of
from projects.methodology.queries.versions import texts_of
from projects.methodology.rules.catalogue import LATEST
from projects.portfolio.actions.projects import know, note
from projects.portfolio.models.project import Project


def lay_course(project: Project, *, version: str = LATEST) -> None:
    """Gives a new project the phases and steps of a version, which it keeps."""
    texts = texts_of(version)
    for place, text in enumerate(texts.phases, start=1):
        phase = Phase.objects.create(project=project, catalogue=version, key=text.id, position=place, gate=text.gate)
        Step.objects.bulk_create(
            Step(project=project, phase=phase, key=s.id, position=n, required=s.required, auto=s.auto)
            for n, s in enumerate(text.steps, start=1)
        )
    keep_facts(course_of(project))


def keep_facts(course: Course) -> None:
    know(course.project, open_gate_phases=course.open_gate_phases())
    note(course.project, phase=course.current_phase())
