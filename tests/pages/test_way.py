"""The nine stations as a table, for both kinds of infrastructure, and who is meant by whom."""

import pytest
from django.db import IntegrityError, transaction

from golive.pages.way import actors
from projects.portfolio.models.project import Project
from projects.portfolio.states import Infrastructure
from tests.builders import client_of
from tests.builders_projects import call, make_project, plan_dates

pytestmark = pytest.mark.django_db


def way_of(cast):
    page = client_of(cast.member).get(f"/projects/{cast.key}/")
    return page.content.decode(), page.context["way"]


@pytest.mark.req("S1-3")
@pytest.mark.parametrize("infrastructure", ["self_service", "microsoft_managed"])
def test_each_station_has_number_action_kinds_who_time_notes_and_state(infrastructure):
    cast = make_project(infrastructure=infrastructure)
    plan_dates(cast)
    body, rows = way_of(cast)

    assert [row.number for row in rows] == list(range(1, 10))
    assert [row.state for row in rows] == ["done", "now", *["to come"] * 7]
    for row in rows:
        assert all((row.name, row.action, row.kinds, row.who, row.when or row.usual, row.notes)), row.number
        assert f'<th scope="row">{row.action}</th>' in body
        assert all(line.text in body.replace("&#x27;", "'") for line in (*row.usual, *row.notes))


@pytest.mark.req("S1-3")
def test_the_times_are_the_numbers_of_the_programme_and_the_dates_those_of_the_plan():
    cast = make_project()
    plan_dates(cast)
    _body, rows = way_of(cast)
    told = {row.number: " ".join([row.when, *(line.text for line in row.usual)]) for row in rows}

    assert told[1].strip() == "2 to 3 months ahead"
    assert "send from" in told[2]
    assert "4 to 6 weeks ahead" in told[2]
    assert "first report in 3 business days" in told[3]
    assert "at once after the review" in told[4]
    assert "5 h notice, 4 h window" in told[6]
    assert "5 h notice, 4 h window" in told[7]
    assert "in 60 days" in told[9]


@pytest.mark.req("S1-2")
def test_the_preparation_is_the_same_and_what_differs_is_told_for_both_kinds():
    cast = make_project(infrastructure="self_service")
    body, rows = way_of(cast)

    assert "The preparation is the same for both" in body
    assert [row.number for row in rows if row.kinds != "both"] == [4, 5]
    lines = [(line.kind, line.text, line.own) for line in rows[4].usual]
    assert lines == [
        ("Microsoft-managed", "deployed within 48 hours", False),
        ("Self-service", "deployed in about 30 minutes", True),
    ]
    for row in (rows[3], rows[4]):
        assert [line.kind for line in row.notes] == ["Microsoft-managed", "Self-service"]


@pytest.mark.req("S1-1")
@pytest.mark.parametrize("other", ["on_premises", "", "SELF_SERVICE"])
def test_there_are_two_kinds_of_infrastructure_and_no_third(other):
    cast = make_project()
    fields = {"name": "Third", "infrastructure": other, "time_zone": "UTC"}
    answered = call(cast.owner, "post", "projects/", fields)
    page = client_of(cast.owner).post("/projects/new/", fields)

    assert set(Infrastructure) == {"microsoft_managed", "self_service"}
    assert (answered.status_code, page.status_code) == (400, 422)
    assert "infrastructure" in answered.json()["errors"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.create(
            key="THIR-222", name="Third", customer=cast.project.customer, created_by=cast.owner, infrastructure=other
        )


@pytest.mark.req("S1-4")
def test_every_actor_is_explained():
    cast = make_project()
    body, _rows = way_of(cast)

    names = ["Customer", "Partner", "FastTrack", "Solution architect", "Service engineering"]
    assert [name for name, _words in actors()] == names
    assert all(f"<dt>{name}</dt><dd>{words}</dd>" in body for name, words in actors())
    assert "runs the workshop" in dict(actors())["Solution architect"]


@pytest.mark.req("S1-28")
@pytest.mark.parametrize("infrastructure", ["self_service", "microsoft_managed"])
def test_production_waits_for_the_methodology_and_the_page_says_why(infrastructure):
    cast = make_project(infrastructure=infrastructure)
    body, _rows = way_of(cast)
    asked = call(cast.owner, "post", f"projects/{cast.key}/production/configure/", {})

    assert "only when the project approaches Operate and the required steps of the methodology are done" in body
    assert "it is for live operation only" in body
    assert asked.status_code == 409
    assert "phases_open" in [reason["code"] for reason in asked.json()["reasons"]]
