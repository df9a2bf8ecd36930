"""The dates of a project."""

from datetime import date

from projects.portfolio.models.milestones import RolloutMilestone
from projects.portfolio.models.project import Project
from projects.portfolio.states import Milestone


def milestones_of(project: Project, *, rollout: int = 1) -> dict[str, RolloutMilestone]:
    rows = RolloutMilestone.objects.filter(rollout__project=project, rollout__number=rollout)
    order = {key: place for place, key in enumerate(Milestone.values)}
    return {row.milestone: row for row in sorted(rows, key=lambda row: order[row.milestone])}


def go_live_of(project: Project) -> date | None:
    return (
        RolloutMilestone.objects.filter(rollout__project=project, rollout__number=1, milestone=Milestone.GO_LIVE)
        .values_list("day", flat=True)
        .first()
    )
