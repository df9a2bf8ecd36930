"""P4-1: when the checklist is asked for and best sent, and from which day on a missing one is amber or red."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from golive.core.calendar import business_days_until, holidays_of
from golive.programme.actions import set_number
from projects.checklist.queries.deadlines import deadlines_of
from projects.checklist.queries.waiting import waiting_for
from projects.checklist.rules.deadlines import Periods, checklist_deadlines, press_of
from projects.plan.actions.milestones import set_milestones
from tests.builders import client_of, make_user
from tests.builders_projects import fill_checklist, make_project, plan_dates, submit

PERIODS = Periods(shown=60, asked=56, opens=42, closes=28, amber=28, red=5)
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


@settings(max_examples=80, deadline=None)
@given(DAYS, st.none() | DAYS, st.integers(0, 20))
def test_red_begins_on_the_first_day_with_fewer_business_days_left(go_live, needed, red):
    periods = Periods(shown=60, asked=56, opens=42, closes=28, amber=28, red=red)
    last = needed or go_live

    first = checklist_deadlines(go_live, needed, periods, off=GB).red_on

    assert business_days_until(last, first, GB) < red or red == 0
    assert business_days_until(last, first - timedelta(days=1), GB) >= red


GO_LIVE = date(2027, 3, 1)
STANDS = [(61, "early"), (60, "shown"), (57, "shown"), (56, "asked"), (43, "asked"), (42, "best"), (28, "best"),
          (27, "amber"), (8, "amber"), (6, "red"), (-3, "red")]  # fmt: skip


@pytest.mark.req("S1-7", "S1-42", "S1-45")
@pytest.mark.parametrize(("ahead", "press"), STANDS)
def test_how_it_stands_by_the_days_that_are_left(ahead, press):
    found = checklist_deadlines(GO_LIVE, None, PERIODS, off=GB)

    assert press_of(found, GO_LIVE - timedelta(days=ahead)) == press


@pytest.mark.req("S1-7")
def test_it_is_red_as_soon_as_production_is_needed_too_soon_whatever_go_live_says():
    found = checklist_deadlines(GO_LIVE, date(2026, 12, 11), PERIODS, off=GB)

    assert press_of(found, found.red_on - timedelta(days=1)) == "early"
    assert press_of(found, found.red_on) == "red"


@pytest.mark.django_db
@pytest.mark.req("S1-42", "S1-45")
@pytest.mark.parametrize(
    ("ahead", "word"),
    [(61, ""), (60, "Time to begin"), (56, "Asked for"), (35, "Best time"), (20, "Late"), (2, "Too late")],
)
def test_it_is_put_before_people_where_they_look(ahead, word):
    cast, today = make_project(), timezone.localdate()
    set_milestones(cast.project, {"go_live": today + timedelta(days=ahead)}, by=cast.owner, at=timezone.now())
    client = client_of(cast.owner)

    lines = [line.detail for line in waiting_for(cast.owner, today, 9)]
    panel = client.get(reverse("checklist", kwargs={"key": cast.key})).content.decode()
    shown = client.get(reverse("api_checklist", kwargs={"key": cast.key})).json()["when"]
    acts = [one.detail for one in client.get(reverse("project", kwargs={"key": cast.key})).context["next"]]

    assert [line.startswith(word) for line in lines] == ([True] if word else [])
    assert (word or "Not asked for yet") in panel
    assert shown["asked_on"] == (today + timedelta(days=ahead - 56)).isoformat()
    assert any(detail.startswith(word) for detail in acts if word) == bool(word)


@pytest.mark.django_db
@pytest.mark.req("S1-7", "S1-45")
def test_filling_and_submitting_earlier_is_never_refused():
    cast = make_project()
    plan_dates(cast, go_live_in=200)
    fill_checklist(cast)

    assert submit(cast).round.number == 1
    assert waiting_for(cast.owner, timezone.localdate(), 9) == []


@pytest.mark.django_db
def test_all_numbers_are_the_programmes():
    by = make_user("Ada", is_administrator=True)
    set_number("checklist_shown", 90, by=by, because="Large projects.", at=timezone.now())

    found = deadlines_of({"go_live": GO_LIVE})

    assert found.shown_on == GO_LIVE - timedelta(days=90)
