"""The plan page as plain values: each milestone with its day in words, its history and its state."""

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
