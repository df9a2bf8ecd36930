"""Setting and moving dates."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import Stale, require
from golive.outbox.actions import announce
from projects.methodology.actions.steps import tick
from projects.plan.queries.milestones import days_ahead, moves_since, newest_move, revision_of
from projects.plan.rules.milestones import may_plan, missing_milestones
from projects.portfolio.actions.projects import know, lock, note
from projects.portfolio.models.milestones import MilestoneMove, RolloutMilestone
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import days_of
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
    seen: int | None = None,
) -> None:
    """Sets or moves dates; what was, who moved it and why is kept, and others hear of each move.

    `seen`: the revision of the plan that somebody looked at; what moved since is not overwritten unseen.
    """
    project = lock(project)
    require(may_plan(onlooker(by, project), state=project.state, key=project.key), on=project)
    rollout = project.rollouts.get(number=1)
    known = {row.milestone: row for row in RolloutMilestone.objects.filter(rollout=rollout)}
    changed = _changed(days, tentative, known)
    if seen is not None:
        _refuse_unseen(project, changed, tentative, seen)
    for key, day in changed.items():
        row = known.get(key) or RolloutMilestone(rollout=rollout, milestone=key)
        was = (row.day, row.tentative)
        row.day, row.tentative, row.set_at, row.set_by = day, key in tentative, at, by
        row.save()
        _tell(project, row, *was, because=because, by=by, at=at)
    given = days_of(project)
    note(project, go_live_on=given.get(Milestone.GO_LIVE))
    know(project, go_live_set_days_ahead=days_ahead(newest_move(project, Milestone.GO_LIVE), project))
    if not missing_milestones(given):
        tick(project, "milestones.all_set", at=at)


def _changed(
    days: Mapping[str, date], tentative: frozenset[str], known: Mapping[str, RolloutMilestone]
) -> dict[str, date]:
    """What is another day, or has another mark, than what stands."""
    standing = {key: (row.day, row.tentative) for key, row in known.items()}
    return {key: day for key, day in sorted(days.items()) if standing.get(key) != (day, key in tentative)}


def _refuse_unseen(project: Project, changed: Mapping[str, date], tentative: frozenset[str], seen: int) -> None:
    theirs = {key: move for key, move in moves_since(project, seen).items() if key in changed}
    if not theirs:
        return
    newest = max(theirs.values(), key=lambda move: move.pk)
    raise Stale(
        theirs={key: _told(move.after, move.tentative) for key, move in theirs.items()},
        mine={key: _told(changed[key], key in tentative) for key in theirs},
        revision=revision_of(project),
        by=newest.by.name,
    )


def _told(day: date, tentative: bool) -> dict[str, Any]:
    return {"day": day.isoformat(), "tentative": tentative}


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
