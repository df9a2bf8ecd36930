"""What the plan page shows: each milestone, its history, its warnings."""

from datetime import date

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.accounts.models import User
from golive.core.calendar import today_in
from golive.core.decision import Decision
from projects.methodology.models.course import Phase
from projects.methodology.states import PhaseState
from projects.plan.content import MilestoneLine
from projects.plan.rules.milestones import may_plan, runs_backwards
from projects.portfolio.models.milestones import MilestoneMove, RolloutMilestone
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import milestones_of
from projects.portfolio.queries.people import onlooker
from projects.portfolio.states import REQUIRED_MILESTONES, Milestone


def days_of(project: Project) -> dict[str, date]:
    return {key: row.day for key, row in milestones_of(project).items()}


def newest_move(project: Project, milestone: str) -> MilestoneMove | None:
    """The one that set the present day; that a day became firm moved nothing."""
    moves = MilestoneMove.objects.filter(rollout__project=project, rollout__number=1, milestone=milestone)
    return moves.exclude(before=F("after")).order_by("-pk").first()


def days_ahead(move: MilestoneMove | None, project: Project) -> int | None:
    """How far ahead a date lay on the day it was set, in the project's zone."""
    return (move.after - today_in(project.time_zone, move.at)).days if move else None


def moves_of(project: Project, *, size: int = 50) -> list[MilestoneMove]:
    return list(MilestoneMove.objects.filter(rollout__project=project).select_related("by")[:size])


def milestone_lines(project: Project, moves: list[MilestoneMove], today: date) -> list[MilestoneLine]:
    """Every milestone in order, those without a date too."""
    rows = milestones_of(project)
    complete = set(Phase.objects.filter(project=project, state=PhaseState.COMPLETE).values_list("key", flat=True))
    return [_line(key, rows.get(key), moves, complete, today) for key in Milestone.values]


def _line(
    key: str, row: RolloutMilestone | None, moves: list[MilestoneMove], complete: set[str], today: date
) -> MilestoneLine:
    day, tentative = (row.day, row.tentative) if row else (None, False)
    tone, icon, word = _badge(key, day, tentative, complete, today)
    left = (day - today).days if day else 0
    return MilestoneLine(
        key=key,
        name=str(Milestone(key).label),
        required=key in REQUIRED_MILESTONES,
        day=day,
        tentative=tentative,
        moved=_moved(key, moves),
        sub=ngettext("in %(n)d day", "in %(n)d days", left) % {"n": left} if left > 0 else "",
        tone=tone,
        icon=icon,
        word=word,
    )


def _badge(key: str, day: date | None, tentative: bool, complete: set[str], today: date) -> tuple[str, str, str]:
    if key.removesuffix("_end") in complete:
        return "good", "check", _("Complete")
    if day is None:
        return ("notice", "dia", _("No date yet")) if key in REQUIRED_MILESTONES else ("mute", "ring", _("No date"))
    if day < today:
        return "serious", "tri", _("Past")
    if tentative:
        return "notice", "dia", _("Tentative")
    return ("accent" if key == Milestone.GO_LIVE else "mute"), "ring", _("Planned")


def _moved(key: str, moves: list[MilestoneMove]) -> str:
    """How often a date moved, after it was first set."""
    days = [move.before for move in moves if move.milestone == key and move.before]
    if not days:
        return ""
    times = ngettext("once", "%(n)d times", len(days)) % {"n": len(days)}
    last = date_format(days[0], _("j M Y"))
    return _("%(times)s, last from %(day)s") % {"times": times, "day": last}


def backwards_words(days: dict[str, date]) -> list[str]:
    """Which dates run backwards, as sentences: a warning, never a block."""
    text = _("%(first)s after %(second)s. Phases usually follow each other; move one of the two if this is not meant.")
    pairs = runs_backwards(days)
    return [text % {"first": Milestone(a).label, "second": Milestone(b).label} for a, b in pairs]


def plan_decision(user: User, project: Project) -> Decision:
    return may_plan(onlooker(user, project), state=project.state, key=project.key)
