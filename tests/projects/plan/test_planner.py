"""The backward planner, by page and by API: as saved or as tried, around days off, with the least slack named."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.plan.actions.onboarding import save_onboarding
from projects.plan.states import PlanStop
from projects.portfolio.actions.projects import know
from projects.portfolio.models.milestones import MilestoneMove
from tests.builders import client_of
from tests.builders_projects import call, make_project, plan_dates, submitted_project

pytestmark = pytest.mark.django_db


def page_of(cast, who="viewer", **query):
    return client_of(getattr(cast, who)).get(f"/projects/{cast.key}/planner/", query)


def planned(cast, **query):
    return call(cast.viewer, "get", f"projects/{cast.key}/planner/?" + "&".join(f"{k}={v}" for k, v in query.items()))


def stops_of(answer):
    return {stop["stop"]: stop for stop in answer.json()["stops"]}


def test_the_way_back_is_shown_with_what_is_expected_and_the_least_slack_named():
    cast = make_project()
    days = plan_dates(cast, go_live_in=80)

    page, api = page_of(cast), planned(cast)

    plan = page.context["plan"]
    assert [line.stop for line in plan.lines] == [stop.value for stop in reversed(PlanStop)]
    assert (api.json()["go_live"], api.json()["saved"]) == (days["go_live"].isoformat(),) * 2
    assert api.json()["decides"] == plan.decides.stop == "acceptance"
    assert stops_of(api)["acceptance"]["expected"] == days["test_end"].isoformat()
    assert plan.line("checklist").latest <= days["go_live"] - timedelta(days=28)
    body = page.content.decode()
    assert all(
        words in body for words in ("5 h notice, 4 h window", "3 business days", "48 h cutover", "5 business days")
    )
    assert "End of acceptance testing comes too late by" in body  # a fortnight before go-live instead of four weeks


def test_another_day_is_tried_without_saving_anything():
    cast = make_project()
    days = plan_dates(cast)
    later = days["go_live"] + timedelta(days=30)

    page, api = page_of(cast, go_live=later.isoformat()), planned(cast, go_live=later.isoformat())

    assert page.context["plan"].go_live == later
    assert "nothing is saved" in page.content.decode()
    assert (api.json()["go_live"], api.json()["saved"]) == (later.isoformat(), days["go_live"].isoformat())
    assert MilestoneMove.objects.count() == len(days)


def test_days_off_of_ones_own_move_days_back():
    cast = make_project()
    plan_dates(cast, go_live_in=80)
    free = stops_of(planned(cast))
    ready = free["ready"]["latest"]

    rest = stops_of(planned(cast, off=ready))
    page = page_of(cast, off=f"{ready}, {free['packages']['latest']}/{ready}")

    assert rest["ready"]["latest"] < ready
    assert "Days off of your own:" in page.content.decode()


def test_what_is_behind_is_done_and_what_follows_is_counted_from_now():
    stops = stops_of(planned(submitted_project()))

    assert [stop for stop, line in stops.items() if line["done"]] == ["checklist", "acceptance"]
    assert stops["checklist"]["slack"] is None
    assert stops["report"]["expected"] < stops["mitigation"]["expected"]


def test_stops_that_a_project_does_not_have_are_left_out():
    cast = make_project()
    plan_dates(cast)
    know(cast.project, has_database_copy=False)
    without_copy = set(stops_of(planned(cast)))
    save_onboarding(cast.project, by=cast.owner, at=timezone.now(), products=["ce"])

    without_production = set(stops_of(planned(cast)))

    assert set(PlanStop.values) - without_copy == {"database_copy"}
    assert without_production == {"acceptance", "checklist", "report", "mitigation", "ready", "live"}


def test_without_a_go_live_date_there_is_nothing_to_count_back_from():
    cast = make_project()

    assert planned(cast).json()["stops"] == []
    assert "There is no go-live date yet." in page_of(cast).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"go_live": "0001-01-01"},
        {"go_live": "9999-12-31"},
        {"go_live": "2027-02-29"},
        {"off": "tomorrow"},
        {"off": "2026-W52-4"},
        {"off": "9999-12-30/9999-12-31"},
        {"off": "2027-01-02/2026-12-24"},
        {"off": "2026-01-01/2027-12-31"},
        {"off": "2026-12-24/"},
    ],
)
def test_days_that_are_none_are_refused_by_both_doors(query):
    cast = make_project()

    assert (page_of(cast, **query).status_code, planned(cast, **query).status_code) == (422, 400)


def test_the_planner_costs_what_the_head_of_a_project_costs():
    cast = make_project()
    plan_dates(cast)
    client = client_of(cast.viewer)

    with CaptureQueriesContext(connection) as queries:
        client.get(f"/projects/{cast.key}/planner/")

    assert len(queries) == 5
