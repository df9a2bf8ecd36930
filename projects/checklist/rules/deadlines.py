"""When the checklist is put before people and asked for, when it is best sent, and from when on it presses."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from golive.core.calendar import DAY, business_days_before


class Press(StrEnum):
    """How a checklist that is not sent stands. It may be filled in and sent in each of them."""

    EARLY = "early"
    SHOWN = "shown"
    ASKED = "asked"
    BEST = "best"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class Periods:
    """The programme's numbers: days before go-live; `red` in business days before production is needed."""

    shown: int
    asked: int
    opens: int
    closes: int
    amber: int
    red: int


@dataclass(frozen=True)
class ChecklistDeadlines:
    """`amber_on`, `red_on`: the first day on which a checklist that is not sent has this colour."""

    shown_on: date
    asked_on: date
    opens_on: date
    closes_on: date
    amber_on: date
    red_on: date


def checklist_deadlines(
    go_live: date, production_needed: date | None, periods: Periods, *, off: Container[date]
) -> ChecklistDeadlines:
    """Amber under 28 days before go-live, red under 5 business days before production is needed, else go-live."""
    needed = production_needed or go_live
    return ChecklistDeadlines(
        shown_on=go_live - DAY * periods.shown,
        asked_on=go_live - DAY * periods.asked,
        opens_on=go_live - DAY * periods.opens,
        closes_on=go_live - DAY * periods.closes,
        amber_on=go_live - DAY * (periods.amber - 1),
        red_on=business_days_before(needed, periods.red - 1, off) if periods.red else needed + DAY,
    )


def press_of(deadlines: ChecklistDeadlines, today: date) -> Press:
    """Red before amber: what is needed soon may be needed before the best time to send the checklist is over."""
    reached = [
        (deadlines.red_on, Press.RED),
        (deadlines.amber_on, Press.AMBER),
        (deadlines.opens_on, Press.BEST),
        (deadlines.asked_on, Press.ASKED),
        (deadlines.shown_on, Press.SHOWN),
    ]
    return next((press for day, press in reached if day <= today), Press.EARLY)
