"""When FastTrack asks for the checklist, when it is best sent, and from when on a missing one presses."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from golive.core.calendar import DAY, business_days_before


@dataclass(frozen=True)
class Periods:
    """The programme's numbers: days before go-live; `red` in business days before production is needed."""

    asked: int
    opens: int
    closes: int
    amber: int
    red: int


@dataclass(frozen=True)
class ChecklistDeadlines:
    """`amber_on`, `red_on`: the first day on which a checklist that is not sent has this colour."""

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
        asked_on=go_live - DAY * periods.asked,
        opens_on=go_live - DAY * periods.opens,
        closes_on=go_live - DAY * periods.closes,
        amber_on=go_live - DAY * (periods.amber - 1),
        red_on=business_days_before(needed, periods.red - 1, off) if periods.red else needed + DAY,
    )
