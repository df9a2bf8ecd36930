"""P4-1: when the checklist is asked for and best sent, and from which day on a missing one is amber or red."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from golive.core.calendar import business_days_until, holidays_of
from projects.checklist.rules.deadlines import Periods, checklist_deadlines

PERIODS = Periods(asked=56, opens=42, closes=28, amber=28, red=5)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
GB = holidays_of("GB")


def test_the_deadlines_of_a_go_live_in_january():
    found = checklist_deadlines(date(2027, 1, 11), date(2026, 12, 14), PERIODS, off=GB)

    assert (found.asked_on, found.opens_on, found.closes_on) == (
        date(2026, 11, 16),
        date(2026, 11, 30),
        date(2026, 12, 14),
    )
    assert (found.amber_on, found.red_on) == (date(2026, 12, 15), date(2026, 12, 8))


@settings(max_examples=80)
@given(DAYS, st.none() | DAYS, st.integers(0, 20))
def test_red_begins_on_the_first_day_with_fewer_business_days_left(go_live, needed, red):
    periods = Periods(asked=56, opens=42, closes=28, amber=28, red=red)
    last = needed or go_live

    first = checklist_deadlines(go_live, needed, periods, off=GB).red_on

    assert business_days_until(last, first, GB) < red or red == 0
    assert business_days_until(last, first - timedelta(days=1), GB) >= red
