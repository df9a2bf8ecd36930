"""The dates of a plan, how they moved, and who may move them."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.calendar import today_in
from golive.core.decision import Decision
from projects.plan.content import MoveEntry
from projects.plan.rules.milestones import may_plan
from projects.portfolio.models.milestones import MilestoneMove
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.states import Milestone


def plan_decision(user: User, project: Project) -> Decision:
    return may_plan(onlooker(user, project), state=project.state, key=project.key)


def plan_moves(project: Project) -> QuerySet[MilestoneMove]:
    """Of the first rollout, oldest first: as many as there are is the revision of the plan."""
    return MilestoneMove.objects.filter(rollout__project=project, rollout__number=1).order_by("pk")


def revision_of(project: Project) -> int:
    return plan_moves(project).count()


def moves_since(project: Project, revision: int) -> dict[str, MilestoneMove]:
    """The newest move of each milestone that moved after somebody looked."""
    return {move.milestone: move for move in plan_moves(project).select_related("by")[revision:]}


def newest_move(project: Project, milestone: str) -> MilestoneMove | None:
    """The one that set the present day; that a day became firm moved nothing."""
    return plan_moves(project).filter(milestone=milestone).exclude(before=F("after")).last()


def days_ahead(move: MilestoneMove | None, project: Project) -> int | None:
    """How far ahead a date lay on the day it was set, in the project's zone."""
    return (move.after - today_in(project.time_zone, move.at)).days if move else None


def moves_of(project: Project, *, size: int = 50) -> list[MilestoneMove]:
    return list(MilestoneMove.objects.filter(rollout__project=project).select_related("by")[:size])


def move_entry(move: MilestoneMove) -> MoveEntry:
    name, moved = Milestone(move.milestone).label, move.before != move.after
    if not move.before:
        act = _("set %(name)s")
    elif moved:
        act = _("moved %(name)s")
    else:
        act = _("made %(name)s tentative") if move.tentative else _("made %(name)s firm")
    before, after = (move.before, move.after) if moved else (None, None)
    return MoveEntry(move.by.name, move.at, act % {"name": name}, before, after, move.because)
