"""From go-live back to the latest safe day of everything before it, and from today forward to when it is expected."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from golive.core.calendar import DAY, business_days_after, business_days_before, business_days_until
from projects.plan.states import PlanStop

WORKING_DAY, WHOLE_DAY = 8, 24  # hours


@dataclass(frozen=True)
class Leg:
    """One stop and how many business days lie between the stop before it and this one.

    `by`: a day that it must not pass whatever follows: production is needed, the best time to send is over.
    """

    stop: PlanStop
    days: int = 0
    by: date | None = None


@dataclass(frozen=True)
class Progress:
    """How far a project is: which stops are behind it, and the days that are set or promised for others."""

    done: frozenset[str] = frozenset()
    days: Mapping[str, date] = field(default_factory=dict)


def business_days_of(hours: float) -> int:
    """What takes no longer than a working day ends on the day it begins; longer work runs around the clock."""
    return 0 if hours <= WORKING_DAY else ceil(hours / WHOLE_DAY)


def latest_days(go_live: date, legs: Sequence[Leg], *, cutover_hours: float, off: Container[date]) -> dict[str, date]:
    """The latest business day on which each stop is still reached in time; go-live itself may be any day."""
    day, found = go_live - DAY * ceil(cutover_hours / WHOLE_DAY), {PlanStop.LIVE.value: go_live}
    for leg in reversed(legs):
        found[leg.stop.value] = day = business_days_before(min(day, leg.by or day), 0, off)
        day = business_days_before(day, leg.days, off)
    return found


def expected_days(legs: Sequence[Leg], progress: Progress, *, today: date, off: Container[date]) -> dict[str, date]:
    """When each stop that is not behind is expected: on its set day, else as soon as what comes before it allows.

    Nothing is expected before the next business day. A stop whose beginning nobody knows is not there.
    """
    found: dict[str, date] = {}
    soonest = business_days_after(today, 0, off)
    before: date | None = None  # when the stop before was, or is expected to be, reached
    for leg in legs:
        if leg.stop in progress.done:
            before = before or soonest
            continue
        after = business_days_after(before, leg.days, off) if before else None
        if day := progress.days.get(leg.stop, after):
            found[leg.stop.value] = before = max(day, before or soonest, soonest)
    return found


def slack_of(latest: date, expected: date | None, *, today: date, off: Container[date]) -> int | None:
    """Business days between the expected and the latest day, negative when it comes too late.

    What nobody expects yet has no slack, but is late once its latest day has passed.
    """
    if expected is None and latest >= today:
        return None
    return business_days_until(latest, expected or today, off)


def least_slack(slacks: Mapping[str, int | None]) -> str | None:
    """The stop that decides: the first of those with the least slack."""
    known = {stop: slack for stop, slack in slacks.items() if slack is not None}
    return min(known, key=lambda stop: known[stop]) if known else None
