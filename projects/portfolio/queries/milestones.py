"""The dates of a project."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Func, JSONField

from projects.portfolio.models.milestones import RolloutMilestone
from projects.portfolio.models.project import Project
from projects.portfolio.states import Milestone


def milestones_of(project: Project, *, rollout: int = 1) -> dict[str, RolloutMilestone]:
    rows = RolloutMilestone.objects.filter(rollout__project=project, rollout__number=rollout)
    order = {key: place for place, key in enumerate(Milestone.values)}
    return {row.milestone: row for row in sorted(rows, key=lambda row: order[row.milestone])}


def days_of(project: Project) -> dict[str, date]:
    """The dates of the first rollout alone, for whoever asks nothing else of them."""
    rows = RolloutMilestone.objects.filter(rollout__project=project, rollout__number=1)
    return _in_order(dict(rows.values_list("milestone", "day")))


class DaysOfRollout(Func):
    """The same as a column of another query, by the id of the rollout, for whoever can spare no query of their own."""

    output_field = JSONField()
    function = "jsonb_object_agg"
    template = (
        '(SELECT %(function)s("milestone", "day") FROM "projects_rolloutmilestone" '
        'WHERE "rollout_id" = %(expressions)s)'
    )

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="json_group_object", **more)


def days_in(column: Mapping[str, str] | None) -> dict[str, date]:
    """What `DaysOfRollout` brought."""
    return _in_order({key: date.fromisoformat(day) for key, day in (column or {}).items()})


def _in_order(days: dict[str, date]) -> dict[str, date]:
    return {key: days[key] for key in Milestone.values if key in days}


def go_live_of(project: Project) -> date | None:
    return (
        RolloutMilestone.objects.filter(rollout__project=project, rollout__number=1, milestone=Milestone.GO_LIVE)
        .values_list("day", flat=True)
        .first()
    )
