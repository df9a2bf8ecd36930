"""What a move of dates is, and one thing that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from projects.portfolio.models.project import Project


@dataclass(frozen=True)
class Case:
    """A plan as it stands, and as it would be."""

    project: Project
    before: Mapping[str, date]
    after: Mapping[str, date]
    today: date

    def moves(self, milestone: str) -> bool:
        return self.before.get(milestone) != self.after.get(milestone)


@dataclass(frozen=True)
class Consequence:
    """One thing as it is and as it would be. `tone`: "" it only moves, good it mends, else it breaks or clashes."""

    group: str  # deadlines, slack or gate
    code: str
    text: str
    was: date | str | None = None
    then: date | str | None = None
    detail: str = ""
    tone: str = ""


def moved(code: str, text: str, was: date | None, then: date) -> Consequence:
    return Consequence("deadlines", code, text, was=was, then=then)
