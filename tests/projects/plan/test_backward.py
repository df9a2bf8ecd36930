"""The way back from go-live: business days where people must work, in order, and never later for a holiday."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golive.core.calendar import DaysOff, is_business_day
from projects.plan.rules.backward import (
    Leg,
    Progress,
    business_days_of,
    expected_days,
    latest_days,
    least_slack,
    slack_of,
)
from projects.plan.states import PlanStop

GB = DaysOff("GB")
# The prototype's plan: self-service, production needed on 14 December, live on Monday 11 January 2027.
NEEDED, GO_LIVE = date(2026, 12, 14), date(2027, 1, 11)


def legs(*, needed=None, window=None, deployment=0, mitigation=5):
    return (
        Leg(PlanStop.ACCEPTANCE),
        Leg(PlanStop.CHECKLIST, 1, by=window),
        Leg(PlanStop.REPORT, 3),
        Leg(PlanStop.MITIGATION, mitigation),
        Leg(PlanStop.RELEASED),
        Leg(PlanStop.REQUEST),
        Leg(PlanStop.DEPLOYMENT, deployment, by=needed),
        Leg(PlanStop.PACKAGES, 1),
        Leg(PlanStop.DATABASE_COPY, 1),
        Leg(PlanStop.READY, 1),
    )


def back(go_live, way, off=GB, cutover=48):
    return latest_days(go_live, way, cutover_hours=cutover, off=off)


DAYS = st.dates(date(2025, 1, 1), date(2031, 12, 31))
OWN = st.frozensets(DAYS, max_size=40)
WAYS = st.builds(
    legs,
    needed=st.none() | DAYS,
    window=st.none() | DAYS,
    deployment=st.integers(0, 10),
    mitigation=st.integers(0, 60),
)


def test_the_way_of_the_prototype():
    latest = back(GO_LIVE, legs(needed=NEEDED))

    assert latest == {
        "live": date(2027, 1, 11),
        "ready": date(2027, 1, 8),
        "database_copy": date(2027, 1, 7),
        "packages": date(2027, 1, 6),
        "deployment": NEEDED,
        "request": NEEDED,
        "released": NEEDED,
        "mitigation": NEEDED,
        "report": date(2026, 12, 7),
        "checklist": date(2026, 12, 2),
        "acceptance": date(2026, 12, 1),
    }


def test_the_best_time_to_send_and_a_slow_deployment_pull_days_forward():
    window = date(2026, 11, 29)  # a Sunday

    latest = back(GO_LIVE, legs(window=window, deployment=2))

    assert (latest["deployment"], latest["request"]) == (date(2027, 1, 5), date(2026, 12, 31))
    assert (latest["checklist"], latest["acceptance"]) == (date(2026, 11, 27), date(2026, 11, 26))


@pytest.mark.parametrize(("hours", "days"), [(0, 0), (0.5, 0), (8, 0), (9, 1), (24, 1), (25, 2), (48, 2)])
def test_hours_become_business_days(hours, days):
    assert business_days_of(hours) == days


@settings(max_examples=80)
@given(DAYS, WAYS, OWN)
def test_every_day_but_go_live_is_a_business_day_and_the_order_never_runs_backwards(go_live, way, own):
    off = DaysOff("GB", own)

    latest = back(go_live, way, off)

    assert all(is_business_day(day, off) for stop, day in latest.items() if stop != "live")
    days = [latest[leg.stop] for leg in way] + [go_live]
    assert days == sorted(days)


@settings(max_examples=80)
@given(DAYS, st.integers(0, 400), WAYS, OWN)
def test_a_later_go_live_makes_no_latest_day_earlier(go_live, later, way, own):
    off = DaysOff("GB", own)

    before, after = back(go_live, way, off), back(go_live + timedelta(days=later), way, off)

    assert all(after[stop] >= day for stop, day in before.items())


@settings(max_examples=80)
@given(DAYS, WAYS, OWN, OWN)
def test_days_off_only_move_days_back(go_live, way, own, more):
    free, fuller = back(go_live, way, DaysOff("GB", own)), back(go_live, way, DaysOff("GB", own | more))

    assert all(fuller[stop] <= day for stop, day in free.items())


@settings(max_examples=80)
@given(
    DAYS, WAYS, st.dictionaries(st.sampled_from(PlanStop.values), DAYS), st.frozensets(st.sampled_from(PlanStop.values))
)
def test_what_is_expected_follows_in_order_and_never_lies_in_the_past(today, way, days, done):
    expected = expected_days(way, Progress(done, days), today=today, off=GB)

    found = [expected[leg.stop] for leg in way if leg.stop in expected]
    assert found == sorted(found)
    assert all(day >= today for day in found)
    assert not expected.keys() & done


def test_what_is_expected_is_counted_from_what_is_set_or_promised():
    today = date(2026, 11, 23)
    planned = Progress(days={"acceptance": date(2026, 11, 26)})
    sent = Progress(frozenset({"acceptance", "checklist"}), {"report": date(2026, 11, 24)})

    by_plan = expected_days(legs(), planned, today=today, off=GB)
    by_promise = expected_days(legs(), sent, today=today, off=GB)

    assert (by_plan["checklist"], by_plan["report"], by_plan["released"]) == (
        date(2026, 11, 27),
        date(2026, 12, 2),
        date(2026, 12, 9),
    )
    assert (by_promise["report"], by_promise["released"]) == (date(2026, 11, 24), date(2026, 12, 1))
    assert expected_days(legs(), Progress(), today=today, off=GB) == {}


def test_slack_is_counted_in_business_days_and_the_least_decides():
    today, monday = date(2026, 11, 20), date(2026, 11, 23)

    assert slack_of(date(2026, 11, 27), monday, today=today, off=GB) == 4
    assert slack_of(monday, date(2026, 11, 25), today=today, off=GB) == -2
    assert slack_of(monday, None, today=today, off=GB) is None
    assert slack_of(date(2026, 11, 18), None, today=today, off=GB) == -2
    assert least_slack({"checklist": 4, "report": None, "request": 2, "packages": 2}) == "request"
    assert least_slack({"report": None}) is None
