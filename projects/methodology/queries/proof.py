"""What is kept of steps, proved against the facts and the version of their project. For `manage.py verify`."""

from collections.abc import Iterator

from projects.methodology.queries.versions import texts_of
from projects.methodology.rules.course import KEPT, Weighing
from projects.portfolio.models.project import Project
from projects.portfolio.queries.facts import known_facts

CHUNK = 500


def false_bearings() -> Iterator[str]:
    """Each step that is asked, required or ticked by the system otherwise than its project's facts say."""
    projects = Project.objects.select_related("facts").prefetch_related("steps__phase")
    for project in projects.iterator(chunk_size=CHUNK):
        weighing = Weighing(known_facts(project))
        for step in project.steps.all():
            bearing = weighing.of(texts_of(step.phase.catalogue).step(step.key))
            for name in KEPT:
                kept, true = getattr(step, name), getattr(bearing, name)
                if kept != true:
                    yield f"{project.key}: step {step.key}.{name} is {kept}, not {true}"
