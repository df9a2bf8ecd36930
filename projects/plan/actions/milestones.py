"""Setting and moving dates."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from golive.outbox.actions import announce
from projects.methodology.actions.steps import tick
from projects.plan.queries.milestones import days_ahead, days_of, newest_move
from projects.plan.rules.milestones import may_plan, missing_milestones
from projects.portfolio.actions.projects import know, lock, note
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
        was = (row.day, row.tentative)
        if was == (day, key in tentative):
            continue
        row.day, row.tentative, row.set_at, row.set_by = day, key in tentative, at, by
        row.save()
        _tell(project, row, *was, because=because, by=by, at=at)
    given = days_of(project)
    note(project, go_live_on=given.get(Milestone.GO_LIVE))
    know(project, go_live_set_days_ahead=days_ahead(newest_move(project, Milestone.GO_LIVE), project))
    if not missing_milestones(given):
        tick(project, "milestones.all_set", at=at)


def _tell(
    project: Project,
    row: RolloutMilestone,
    day: date | None,
    tentative: bool,
    *,
    because: str,
    by: User,
    at: datetime,
) -> None:
    """Keeps the move, and announces it where the day changed: that it became firm breaks nobody's deadline."""
    move = MilestoneMove.objects.create(
        rollout=row.rollout,
        milestone=row.milestone,
        before=day,
        after=row.day,
        was_tentative=tentative,
        tentative=row.tentative,
        because=because,
        by=by,
        at=at,
    )
    was, facts = {"day": day, "tentative": tentative}, {"day": row.day, "tentative": row.tentative}
    audit = record(
        project.chain, by, "milestone.moved", move, at=at, before=was, after={"milestone": row.milestone, **facts}
    )
    if day != row.day:
        announce("milestone.moved", after=audit, project=project.key, milestone=row.milestone)
