"""Each milestone as the plan shows it: its day, its mark, how often it moved, and its colour with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.programme.queries import number
from projects.methodology.models.course import Phase
from projects.methodology.rules.catalogue import methodology
from projects.methodology.states import PhaseState, StepState
from projects.plan.content import MilestoneLine
from projects.plan.rules.milestones import MilestoneFacts, colour_of
from projects.plan.states import MilestoneColour
from projects.portfolio.models.milestones import MilestoneMove, RolloutMilestone
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import milestones_of
from projects.portfolio.states import REQUIRED_MILESTONES, Milestone

BADGES = {
    MilestoneColour.REACHED: ("good", "check"),
    MilestoneColour.GREEN: ("good", "ring"),
    MilestoneColour.AMBER: ("serious", "tri"),
    MilestoneColour.RED: ("critical", "stop"),
    MilestoneColour.NONE: ("mute", "ring"),
}


@dataclass(frozen=True)
class PhaseCount:
    complete: bool
    open_steps: int


def milestone_lines(
    project: Project,
    moves: list[MilestoneMove],
    today: date,
    *,
    rows: Mapping[str, RolloutMilestone] | None = None,
) -> list[MilestoneLine]:
    """Every milestone in order, those without a date too. Two queries, one with the rows in hand."""
    rows, phases = milestones_of(project) if rows is None else rows, _phases_of(project)
    facts = {key: _facts_of(key, rows.get(key), project, phases) for key in Milestone.values}
    return [_line(key, rows.get(key), facts[key], moves, today) for key in Milestone.values]


def _phases_of(project: Project) -> dict[str, PhaseCount]:
    undone = Count("steps", filter=Q(steps__required=True, steps__applies=True, steps__state=StepState.OPEN))
    rows = Phase.objects.filter(project=project).annotate(undone=undone).values_list("key", "state", "undone")
    return {key: PhaseCount(state == PhaseState.COMPLETE, undone) for key, state, undone in rows}


def _facts_of(
    key: str, row: RolloutMilestone | None, project: Project, phases: Mapping[str, PhaseCount]
) -> MilestoneFacts:
    """Milestones are the programme's and end the same phases in every methodology."""
    phase = phases.get(methodology().milestone(key).phase, PhaseCount(complete=False, open_steps=0))
    deployed = project.standing.request_state == "done"
    reached = deployed if key == Milestone.PRODUCTION_NEEDED else phase.complete
    return MilestoneFacts(day=row.day if row else None, reached=reached, open_steps=phase.open_steps)


def _line(
    key: str, row: RolloutMilestone | None, facts: MilestoneFacts, moves: list[MilestoneMove], today: date
) -> MilestoneLine:
    colour = colour_of(facts, today, near=int(number("milestone_near")))
    tone, icon = BADGES[colour]
    if colour == MilestoneColour.NONE and key in REQUIRED_MILESTONES:
        tone, icon = "notice", "dia"
    tentative = bool(row and row.tentative)
    return MilestoneLine(
        key=key,
        name=str(Milestone(key).label),
        required=key in REQUIRED_MILESTONES,
        day=facts.day,
        tentative=tentative,
        set_at=row.set_at if row else None,
        moved=_moved(key, moves),
        sub=_sub(facts, tentative, today),
        colour=colour,
        tone=tone,
        icon=icon,
        word=_word(key, colour, facts, today),
    )


def _sub(facts: MilestoneFacts, tentative: bool, today: date) -> str:
    """Behind the date: how far away it is, and that it is not firm."""
    left = (facts.day - today).days if facts.day else 0
    away = ngettext("in %(n)d day", "in %(n)d days", left) % {"n": left} if left > 0 else ""
    return ", ".join(part for part in (away, _("tentative") if tentative else "") if part)


def _word(key: str, colour: MilestoneColour, facts: MilestoneFacts, today: date) -> str:
    """The reason of the colour: a date that is near or past says what is still open."""
    production = key == Milestone.PRODUCTION_NEEDED
    if colour == MilestoneColour.REACHED and production:
        return _("Deployed")
    if facts.day is None or colour not in {MilestoneColour.AMBER, MilestoneColour.RED}:
        return str(colour.label)
    left = (facts.day - today).days
    when = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left} if left >= 0 else _("past")
    if production:
        return _("Not deployed, %(when)s") % {"when": when}
    if not facts.open_steps:
        return _("Past, not complete")
    open_words = ngettext("%(n)d step open, %(when)s", "%(n)d steps open, %(when)s", facts.open_steps)
    return open_words % {"n": facts.open_steps, "when": when}


def _moved(key: str, moves: list[MilestoneMove]) -> str:
    """How often a date moved, after it was first set."""
    days = [move.before for move in moves if move.milestone == key and move.before and move.before != move.after]
    if not days:
        return ""
    times = ngettext("once", "%(n)d times", len(days)) % {"n": len(days)}
    last = date_format(days[0], _("j M Y"))
    return _("%(times)s, last from %(day)s") % {"times": times, "day": last}
