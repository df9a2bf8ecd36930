"""The promise of a first report: how many of its business days are used."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.core.calendar import add_business_days, business_days_until, holidays_of, today_in


@dataclass(frozen=True)
class Promise:
    """As the clock draws it: a box a business day."""

    used: int
    promised: int
    strong: str
    text: str
    tone: str


def promise_of(
    submitted_at: datetime, due_on: date, *, delivered_at: datetime | None, at: datetime, country: str, zone: str
) -> Promise:
    """Counted from the checklist's arrival to the first report, by FastTrack's calendar; then it stands still."""
    holidays = holidays_of(country)
    start = add_business_days(
        submitted_at, 0, country=country, zone=zone
    )  # what comes on a Saturday counts from Monday
    end = today_in(zone, delivered_at or at)
    promised = max(business_days_until(due_on, start, holidays), 1)
    used = max(business_days_until(end, start, holidays), 0)
    if delivered_at:
        tone = "good" if end <= due_on else "serious"
        return Promise(used, promised, _("Report sent"), _("on day %(n)d of %(all)d") % _days(used, promised), tone)
    if end > due_on:
        over = max(business_days_until(end, due_on, holidays), 1)
        strong = ngettext("%(n)d day over", "%(n)d days over", over) % {"n": over}
        return Promise(used, promised, strong, _("was due %(day)s") % {"day": _day(due_on)}, "critical")
    tone = "notice" if promised - used <= 1 else "mute"
    strong = _("Day %(n)d of %(all)d") % _days(used, promised)
    return Promise(used, promised, strong, _("due %(day)s") % {"day": _day(due_on)}, tone)


def _days(used: int, promised: int) -> dict[str, int]:
    return {"n": used, "all": promised}


def _day(day: date) -> str:
    return date_format(day, "D j M")
