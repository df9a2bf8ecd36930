"""A project as lists show it: one line in words, from the row of its standing alone."""

from dataclasses import dataclass
from datetime import date

from projects.portfolio.models.project import Project
from projects.portfolio.states import ProjectState, Risk, Station, WaitsFor

# Shape and colour of a risk beside its word: the same on every page.
RISK_BADGES = {
    Risk.NONE: ("good", "check"),
    Risk.LOW: ("mute", "low"),
    Risk.MEDIUM: ("notice", "dia"),
    Risk.HIGH: ("serious", "tri"),
    Risk.CRITICAL: ("critical", "stop"),
}


@dataclass(frozen=True)
class Badge:
    tone: str
    icon: str
    word: str


@dataclass(frozen=True)
class ProjectLine:
    project: Project
    go_live_on: date | None
    answered: int
    asked: int
    risk: Badge | None
    station: str
    turn: str


def risk_badge(risk: int) -> Badge:
    tone, icon = RISK_BADGES[Risk(risk)]
    return Badge(tone, icon, str(Risk(risk).label))


def turn_words(waits_for: str) -> str:
    """Whose turn it is, as lists say it."""
    known = waits_for if waits_for in WaitsFor.values else WaitsFor.NOBODY
    return str(WaitsFor(known).label)


def line_of(project: Project) -> ProjectLine:
    """Before anything is answered there is no risk to speak of: a blank is no good news."""
    row = project.standing
    known = row.answered or row.review_state
    rests = project.state != ProjectState.ACTIVE
    return ProjectLine(
        project=project,
        go_live_on=row.go_live_on,
        answered=row.answered,
        asked=row.asked,
        risk=risk_badge(row.worst_risk) if known else None,
        station=str(Station(row.station).label),
        turn=str(ProjectState(project.state).label) if rests else turn_words(row.waits_for),
    )
