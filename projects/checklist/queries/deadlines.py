"""The deadlines of a checklist by the programme's numbers, and how one stands that was not sent."""

from collections.abc import Mapping
from datetime import date

from golive.programme.queries import number
from projects.checklist.rules.deadlines import ChecklistDeadlines, Periods, checklist_deadlines
from projects.plan.queries.backward import days_off
from projects.portfolio.states import Milestone

NAMES = {
    "shown": "shown",
    "asked": "asked",
    "opens": "window_opens",
    "closes": "window_closes",
    "amber": "amber",
    "red": "red",
}


def periods_now() -> Periods:
    return Periods(**{name: int(number(f"checklist_{key}")) for name, key in NAMES.items()})


def deadlines_of(days: Mapping[str, date | None], periods: Periods | None = None) -> ChecklistDeadlines | None:
    """None without a go-live date. `periods`: where many are asked for at once."""
    go_live = days.get(Milestone.GO_LIVE)
    if go_live is None:
        return None
    periods = periods or periods_now()
    return checklist_deadlines(go_live, days.get(Milestone.PRODUCTION_NEEDED), periods, off=days_off())
