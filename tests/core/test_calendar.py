"""Business days: arrival counts from its business day, holidays do not count, the zone decides the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golive.core.calendar import (
    ZONES,
    DaysOff,
    add_business_days,
    business_days_after,
    business_days_before,
    business_days_until,
    holidays_of,
    is_business_day,
    midnight,
    today_in,
)

HERE = {"country": "GB", "zone": "Europe/London"}
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("arrival", "n", "due"),
    [
        (date(2026, 11, 16), 3, date(2026, 11, 19)),  # Monday, Thursday
        (date(2026, 11, 19), 3, date(2026, 11, 24)),  # over a week end
        (date(2026, 11, 21), 3, date(2026, 11, 26)),  # Saturday counts from Monday
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Christmas, its Saturday and the day given instead
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
    ],
)
def test_a_promise_ends_on_a_business_day(arrival, n, due):
    assert add_business_days(arrival, n, **HERE) == due


def test_the_zone_decides_on_which_day_something_arrives():
    late = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)

    assert add_business_days(late, 3, country="GB", zone="Europe/London") == date(2026, 11, 19)
    assert add_business_days(late, 3, country="GB", zone="Asia/Tokyo") == date(2026, 11, 20)
    assert today_in("America/Los_Angeles", datetime(2026, 11, 17, 7, tzinfo=UTC)) == date(2026, 11, 16)


@settings(max_examples=60)
@given(DAYS, st.integers(0, 30))
def test_adding_and_counting_agree(start, n):
    holidays = holidays_of("GB")
    first = add_business_days(start, 0, **HERE)

    due = add_business_days(start, n, **HERE)

    assert is_business_day(due, holidays)
    assert business_days_until(due, first, holidays) == n
    assert business_days_until(first, due, holidays) == -n


@settings(max_examples=60)
@given(DAYS, st.integers(0, 30))
def test_going_back_finds_the_latest_day_that_is_early_enough(day, n):
    holidays = holidays_of("GB")

    start = business_days_before(day, n, holidays)

    assert is_business_day(start, holidays)
    assert business_days_after(start, n, holidays) <= day
    assert business_days_after(start + timedelta(days=1), n, holidays) > day


def test_days_of_ones_own_do_not_count_either():
    own = frozenset({date(2026, 11, 23), date(2026, 11, 20)})  # a Monday, and the Friday before it
    days_off = DaysOff("GB", own)

    assert business_days_before(date(2026, 11, 24), 1, days_off) == date(2026, 11, 19)
    assert date(2026, 12, 25) in days_off
    assert date(2026, 11, 24) not in days_off


def test_days_of_another_country_count_otherwise():
    thanksgiving = date(2026, 11, 26)
    before = thanksgiving - timedelta(days=1)

    assert business_days_until(thanksgiving, before, holidays_of("US")) == 0
    assert business_days_until(thanksgiving, before, holidays_of("GB")) == 1


def test_only_places_are_zones():
    assert {"Europe/Oslo", "UTC", "America/Argentina/Buenos_Aires"} <= ZONES
    assert not ZONES & {"Etc/GMT+5", "EST", "posixrules", "US/Pacific", "localtime", "right/UTC"}


def test_a_moment_without_zone_and_an_unknown_country_are_refused():
    with pytest.raises(ValueError, match="without a zone"):
        today_in("UTC", datetime(2026, 1, 1))
    with pytest.raises(ValueError, match="ZZ"):
        holidays_of("ZZ")
    assert midnight(date(2026, 1, 2)) == datetime(2026, 1, 2, tzinfo=UTC)
