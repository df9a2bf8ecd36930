"""One project at a glance: the answer, the nine stations, why Configure is locked, what to do now."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.portfolio.models.people import Membership
from projects.portfolio.states import Station
from tests.builders import client_of, make_user
from tests.builders_projects import make_project, onboard, plan_dates, submitted_project

pytestmark = pytest.mark.django_db


def page_of(cast, who="owner"):
    return client_of(getattr(cast, who)).get(f"/projects/{cast.key}/")


def stops(page):
    return [(stop.name, stop.state) for stop in page.context["stations"]]


@pytest.mark.parametrize("infrastructure", ["self_service", "microsoft_managed"])
def test_nine_stations_stand_in_order_with_the_present_one_marked(infrastructure):
    cast = make_project(infrastructure=infrastructure)
    plan_dates(cast)

    found = stops(page_of(cast))

    assert [name for name, _state in found] == [str(station.label) for station in Station]
    assert [state for _name, state in found] == ["done", "now", *["later"] * 6, "goal"]


def test_before_a_date_is_set_the_first_station_is_the_present_one():
    assert stops(page_of(make_project()))[0] == ("Date set", "now")


def test_a_submitted_checklist_stands_at_the_review_and_waits_for_fasttrack():
    page = page_of(submitted_project())

    assert stops(page)[2] == ("Review", "now")
    assert "Now, waits for FastTrack" in page.content.decode()


@pytest.mark.parametrize(
    ("infrastructure", "words"),
    [("self_service", "deployed in about 30 minutes"), ("microsoft_managed", "deployed within 48 hours")],
)
def test_the_numbers_of_the_programme_say_how_long_each_station_takes(infrastructure, words):
    cast = make_project(infrastructure=infrastructure)

    body = page_of(cast).content.decode()

    for each in ("2 to 3 months ahead", "first report in 3 business days", "5 h notice, 4 h window", words):
        assert each in body


def test_why_configure_is_locked_is_told_with_the_way_to_each_cure():
    page = page_of(make_project())
    body = page.content.decode()

    assert page.context["configure"].codes == [
        "not_onboarded",
        "phases_open",
        "no_active_estimate",
        "no_clearance",
    ]
    assert 'aria-disabled="true"' in body
    assert f'href="/projects/{page.context["project"].key}/onboarding/"' in body


@pytest.mark.parametrize(
    ("infrastructure", "stop"), [("self_service", "released"), ("microsoft_managed", "acceptance")]
)
def test_when_configure_opens_at_the_earliest_is_counted_from_the_plan(infrastructure, stop):
    cast = make_project(infrastructure=infrastructure)
    undated = page_of(cast)
    days = plan_dates(cast, go_live_in=90)

    page = page_of(cast)

    plan = client_of(cast.owner).get(f"/projects/{cast.key}/planner/").context["plan"]
    assert undated.context["opens_on"] is None
    assert page.context["opens_on"] == plan.line(stop).expected >= days["test_end"]
    assert "at the earliest" in page.content.decode()


def test_managed_infrastructure_does_not_wait_for_the_review_to_configure():
    page = page_of(make_project(infrastructure="microsoft_managed"))

    assert "no_clearance" not in page.context["configure"].codes


def test_what_now_leads_through_the_first_acts():
    cast = make_project()
    before = [one.text for one in page_of(cast).context["next"]]
    plan_dates(cast)
    onboard(cast)
    after = [one.text for one in page_of(cast).context["next"]]

    later = ["Complete Analysis", "Fill in the checklist", "Activate a subscription estimate"]
    assert before == ["Finish onboarding", *later]
    assert after == later


def test_a_viewer_is_told_who_may_and_sees_the_rest():
    page = page_of(make_project(), "viewer")

    assert page.context["configure"].codes[0] == "not_environment_manager"
    assert "Sigrid Aas" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 50])
def test_it_costs_the_same_with_one_person_and_with_fifty(rows):
    cast = make_project()
    plan_dates(cast)
    side = cast.owner.organisation
    people = [make_user(f"Person {number}", organisation=side, password=None) for number in range(rows)]
    Membership.objects.bulk_create(Membership(project=cast.project, user=one, side="customer") for one in people)
    client = client_of(cast.owner)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/projects/{cast.key}/")

    assert len(queries) == 11
    body = page.content.decode()
    assert all(f">Person {number}<" in body for number in range(rows))
