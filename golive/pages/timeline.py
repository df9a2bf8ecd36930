"""Milestones on a line of days: where each diamond and label stands, so that no two labels cover each other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from django.utils.formats import date_format
from django.utils.translation import gettext as _

WIDTH, EDGE = 1180, 12
SIGN = 7  # about how wide one sign of a label is, in the drawing's units
ROW, TOP, MOST_ROWS = 16, 36, 4
MOST_MONTHS = 12
FILLS = {"good": "f-good", "accent": "f-accent", "serious": "f-serious", "critical": "f-critical"}


@dataclass(frozen=True)
class Milestone:
    """A day with a name; `sub` follows its date in words, and tone, icon and word make its badge."""

    name: str
    day: date
    sub: str = ""
    tone: str = "mute"
    icon: str = "ring"
    word: str = ""


@dataclass(frozen=True)
class Mark:
    x: int
    anchor: str
    label: str
    fill: str
    row: int = 0
    y: int = 0

    @property
    def reach(self) -> tuple[int, int]:
        """From where to where the label runs."""
        width = len(self.label) * SIGN
        start = {"start": self.x, "middle": self.x - width // 2, "end": self.x - width}[self.anchor]
        return start, start + width


@dataclass(frozen=True)
class Timeline:
    months: tuple[tuple[int, str], ...]
    marks: tuple[Mark, ...]
    today_x: int
    today_label: str
    today_anchor: str
    milestones: tuple[Milestone, ...]
    base: int

    @property
    def height(self) -> int:
        return self.base + 44


def timeline_of(milestones: Sequence[Milestone], today: date) -> Timeline:
    known = tuple(sorted((m for m in milestones if m.day), key=lambda m: m.day))
    first, last = span_of([m.day for m in known] + [today])
    place = placer(first, last)
    marks = in_rows([mark_of(m, place(m.day)) for m in known])
    base = TOP + ROW * (1 + max((mark.row for mark in marks), default=0))
    marks = [replace(mark, y=base - ROW - ROW * mark.row) for mark in marks]
    label = _("Today, %(day)s") % {"day": date_format(today, "j M")}
    anchor = "end" if place(today) > WIDTH // 2 else "start"
    return Timeline(tuple(months_of(first, last, place)), tuple(marks), place(today), label, anchor, known, base)


def span_of(days: Sequence[date]) -> tuple[date, date]:
    """Whole months, with a little room after the last day."""
    first = min(days).replace(day=1)
    last = max(days) + timedelta(days=14)
    return first, max(last, first + timedelta(days=60))


def placer(first: date, last: date) -> Callable[[date], int]:
    days = (last - first).days
    return lambda day: EDGE + round((WIDTH - 2 * EDGE) * (day - first).days / days)


def months_of(first: date, last: date, place: Callable[[date], int]) -> Iterator[tuple[int, str]]:
    """The first of each month; of a long plan, of every second or third one. The year where it starts."""
    every = ceil((last - first).days / 30.4 / MOST_MONTHS)
    month, number = first, 0
    while month <= last:
        if number % every == 0:
            yield place(month), date_format(month, "M Y" if number == 0 or month.month <= every else "M")
        month, number = (month + timedelta(days=32)).replace(day=1), number + 1


def mark_of(milestone: Milestone, x: int) -> Mark:
    half = len(milestone.name) * SIGN // 2
    anchor = "start" if x < half else "end" if x > WIDTH - half else "middle"
    return Mark(x, anchor, milestone.name, FILLS.get(milestone.tone, "f-open"))


def in_rows(marks: Sequence[Mark]) -> list[Mark]:
    """Each label on the lowest row where it is free; the last row takes what is left."""
    ends = [-EDGE * 2] * MOST_ROWS
    placed = []
    for mark in marks:
        start, end = mark.reach
        row = next((n for n, taken in enumerate(ends) if taken + SIGN < start), MOST_ROWS - 1)
        ends[row] = end
        placed.append(replace(mark, row=row))
    return placed
