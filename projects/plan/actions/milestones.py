"""Setting and moving dates."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from golive.outbox.actions import announce
from projects.methodology.actions.steps import tick
from projects.plan.queries.milestones import days_of
from projects.plan.rules.milestones import may_plan, missing_milestones
from projects.portfolio.actions.projects import lock, note
from projects.portfolio.models.milestones import MilestoneMove, RolloutMilestone
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.states import Milestone


@transaction.atomic
def set_milestones(
    project: Project,
    days: Mapping[str, date],
    *,
    by: User,
    at: datetime,
    because: str = "",
    tentative: frozenset[str] = frozenset(),
) -> None:
    """Sets or moves dates; what was, who moved it and why is kept, and others hear of each move."""
    project = lock(project)
    require(may_plan(onlooker(by, project), state=project.state, key=project.key), on=project)
    rollout = project.rollouts.get(number=1)
    known = {row.milestone: row for row in RolloutMilestone.objects.filter(rollout=rollout)}
    for key, day in sorted(days.items()):
        row = known.get(key) or RolloutMilestone(rollout=rollout, milestone=key)
        before, certain = row.day, row.tentative == (key in tentative)
        if before == day and certain:
            continue
        row.day, row.tentative, row.set_at, row.set_by = day, key in tentative, at, by
        row.save()
        if before != day:
            _tell(project, row, before, because=because, by=by, at=at)
    given = days_of(project)
    note(project, go_live_on=given.get(Milestone.GO_LIVE))
    if not missing_milestones(given):
        tick(project, "milestones.all_set", at=at)


def _tell(
    project: Project, row: RolloutMilestone, before: date | None, *, because: str, by: User, at: datetime
) -> None:
    move = MilestoneMove.objects.create(
        rollout=row.rollout, milestone=row.milestone, before=before, after=row.day, because=because, by=by, at=at
    )
    facts = {"milestone": row.milestone, "day": row.day, "tentative": row.tentative}
    audit = record(project.chain, by, "milestone.moved", move, at=at, before={"day": before}, after=facts)
    announce("milestone.moved", after=audit, project=project.key, milestone=row.milestone)
