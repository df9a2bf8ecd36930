"""A project as lists show it: one line in words, from the row of its standing alone."""

from dataclasses import dataclass
from datetime import date

from projects.portfolio.models.project import Project
from projects.portfolio.rules.listing import Listing
from projects.portfolio.states import ProjectState, Risk, Station, WaitsFor

# Shape and colour of a risk beside its word: the same on every page.
RISK_BADGES = {
    Risk.NONE: ("good", "check"),
    Risk.LOW: ("mute", "low"),
    Risk.MEDIUM: ("notice", "dia"),
    Risk.HIGH: ("serious", "tri"),
    Risk.CRITICAL: ("critical", "stop"),
}
FEW, MANY = 3, 10  # projects of a month from which its cell of the heat map is darker


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


@dataclass(frozen=True)
class HeatCell:
    """How many go live in a month, how strong its ink is (1 to 3), and the filter that lists them."""

    month: int
    count: int
    weight: int
    query: str


@dataclass(frozen=True)
class HeatRow:
    risk: int
    badge: Badge
    cells: tuple[HeatCell, ...]

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)


def heat_row(risk: int, counts: list[tuple[int, int]]) -> HeatRow:
    cells = (
        HeatCell(month, count, weight_of(count), Listing(month=str(month), risk=str(risk)).query)
        for month, count in counts
    )
    return HeatRow(risk, risk_badge(risk), tuple(cells))


def weight_of(count: int) -> int:
    """The ink of a cell in three steps, so that one critical project is seen beside forty that are on track."""
    if count == 0:
        return 0
    return 1 if count < FEW else 2 if count < MANY else 3
