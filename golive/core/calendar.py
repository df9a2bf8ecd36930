"""Business days, holidays and time zones. Nothing here knows the time: the moment comes in as an argument."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from holidays import HolidayBase, country_holidays, list_supported_countries

COUNTRIES = frozenset(list_supported_countries())
# Zones that people live in: no offsets in disguise, no copies for other systems, no old three-letter names.
ZONES = frozenset(
    name
    for name in available_timezones()
    if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/", "US/"))
) | {"UTC"}
DAY = timedelta(days=1)
WEEKEND = (
    5  # Saturday and Sunday rest even where a country's own week differs: the promise is made for Monday to Friday
)


def zone_choices() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in sorted(ZONES)]


@cache
def holidays_of(country: str) -> HolidayBase:
    """The public holidays of a country, grown year by year as asked for; an unknown country is a ValueError."""
    if country not in COUNTRIES:
        raise ValueError(f"{country!r} is not a country with known holidays")
    return country_holidays(country)


@dataclass(frozen=True)
class DaysOff:
    """The public holidays of a country, and days of one's own on which nobody works."""

    country: str
    own: frozenset[date] = frozenset()

    def __contains__(self, day: object) -> bool:
        return day in self.own or day in holidays_of(self.country)


def today_in(zone: str, at: datetime) -> date:
    """The calendar day in a zone at a moment."""
    if at.tzinfo is None:
        raise ValueError("a moment without a zone has no day")
    return at.astimezone(ZoneInfo(zone)).date()


def midnight(day: date) -> datetime:
    """A day as the moment that expressions compare."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def is_business_day(day: date, holidays: Container[date]) -> bool:
    return day.weekday() < WEEKEND and day not in holidays


def add_business_days(at: datetime | date, n: int, *, country: str, zone: str) -> date:
    """The day on which a promise of n business days ends.

    What arrives on a business day counts from that day, what arrives on another from the next one:
    three business days from a Monday end on Thursday.
    """
    return business_days_after(today_in(zone, at) if isinstance(at, datetime) else at, n, holidays_of(country))


def business_days_after(day: date, n: int, holidays: Container[date]) -> date:
    """The n-th business day after a day; a day that is none counts as the next one that is."""
    return _walk(day, n, holidays, DAY)


def business_days_before(day: date, n: int, holidays: Container[date]) -> date:
    """The latest day from which n business days still end by this day."""
    return _walk(day, n, holidays, -DAY)


def _walk(day: date, n: int, holidays: Container[date], step: timedelta) -> date:
    day = _nearest(day, holidays, step)
    for _ in range(n):
        day = _nearest(day + step, holidays, step)
    return day


def _nearest(day: date, holidays: Container[date], step: timedelta) -> date:
    while not is_business_day(day, holidays):
        day += step
    return day


def business_days_until(day: date, start: date, holidays: Container[date]) -> int:
    """How many business days lie after start up to and with day; negative when day lies before start."""
    if day < start:
        return -business_days_until(start, day, holidays)
    following = (start + timedelta(days=n) for n in range(1, (day - start).days + 1))
    return sum(is_business_day(one, holidays) for one in following)
