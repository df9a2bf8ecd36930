"""The pages of the plan as plain values: milestones with their days in words, steps of onboarding, stops."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class MilestoneLine:
    """`tone`, `icon`, `word` say its colour as a badge, and colour its diamond on the line of days."""

    key: str
    name: str
    required: bool
    day: date | None
    tentative: bool
    set_at: datetime | None
    moved: str
    sub: str
    colour: str
    tone: str
    icon: str
    word: str


@dataclass(frozen=True)
class MoveEntry:
    """One line of the history of the dates; without `before` and `after` only its mark changed."""

    by: str
    at: datetime
    act: str
    before: date | None
    after: date | None
    because: str


@dataclass(frozen=True)
class WizardStep:
    """One step of onboarding, with a sentence for each thing it lacks."""

    key: str
    name: str
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class TeamSide:
    """The people of one side, as numbers."""

    name: str
    people: int
    contacts: int


@dataclass(frozen=True)
class PlannerLine:
    """One stop on the way back from go-live: what it takes, by when at the latest, when it is expected, what is left.

    `set_day`: the expected day is set or promised, else it is a forecast. `tone`, `icon`, `word` say its slack.
    """

    stop: str
    name: str
    takes: str
    latest: date
    expected: date | None
    set_day: bool
    done: bool
    slack: int | None
    tone: str
    icon: str
    word: str


@dataclass(frozen=True)
class BackwardPlan:
    """The whole way, go-live first. `decides`: the line with the least slack."""

    go_live: date
    lines: tuple[PlannerLine, ...]
    decides: PlannerLine | None

    def line(self, stop: str) -> PlannerLine | None:
        return next((line for line in self.lines if line.stop == stop), None)
